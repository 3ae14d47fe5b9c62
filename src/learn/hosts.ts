/** Where generation runs: networks on the device, exact and training-free denoisers on plain arrays, neighbours nowhere. */
import * as tf from '@tensorflow/tfjs';
import { arrayAlgebra } from '../core/generative/array-batch.ts';
import { type Guide, guidedDenoiser, guidedEvaluations } from '../core/generative/conditioning/guidance.ts';
import type { Neighbours } from '../core/generative/conditioning/near-data.ts';
import type { Denoiser } from '../core/generative/contract.ts';
import { RandomStream } from '../core/numerics/random.ts';
import type { Architecture } from './architecture.ts';
import { type Asked, networkDenoiser, tensorAlgebra } from './denoiser.ts';
import type { Host, SampleRun } from './generation.ts';
import type { ReadBack } from './training.ts';

export interface NetworkUse {
  readonly asked: Asked;
  /** Guidance by collective variables, and its weight. */
  readonly guide?: { readonly by: Guide<tf.Tensor2D>; readonly weight: number };
}

/** Keeps the parameters as they are now, even if the training goes on. */
export function networkHost(
  parameters: tf.Tensor1D,
  architecture: Architecture,
  { asked, guide }: NetworkUse,
  read: ReadBack,
): Host<tf.Tensor2D> {
  const { nullable, outputs: dimension } = architecture;
  const own = tf.clone(parameters);
  const network = networkDenoiser(own, architecture, asked);
  const guided = guide && guidedDenoiser(network, guide.by, guide.weight);
  const twice = nullable && (asked.weight ?? 1) !== 1;
  return {
    dimension,
    denoiser: guided ? (y, ratio) => tf.tidy(() => guided(y, ratio)) : network,
    algebra: tensorAlgebra,
    evaluations: guide ? guidedEvaluations(guide.by) : twice ? 2 : 1,
    make: (values, rows) => tf.tensor2d(Float32Array.from(values), [rows, dimension]),
    read,
    free: (batches) => tf.dispose([...batches]),
    dispose: () => own.dispose(),
  };
}

export function arrayHost(denoiser: Denoiser<Float64Array>, dimension: number): Host<Float64Array> {
  return {
    dimension,
    denoiser,
    algebra: arrayAlgebra,
    evaluations: 0,
    make: (values) => values,
    read: async (batch) => Float32Array.from(batch),
    free: () => {},
    dispose: () => {},
  };
}

/** Draws from the neighbours: no noise, no network. */
export class Resampling implements SampleRun {
  readonly networkEvaluations = 0;
  generated = 0;
  private readonly stream: RandomStream;

  constructor(
    private readonly neighbours: Neighbours,
    private readonly count: number,
    seed: number,
  ) {
    this.stream = new RandomStream(seed, 'generation');
  }

  get done(): boolean {
    return this.generated >= this.count;
  }

  async advance(): Promise<Float32Array> {
    const first = this.generated;
    this.generated = this.count;
    return Float32Array.from(this.neighbours.draw(first, this.count - first, this.stream));
  }

  dispose(): void {}
}
