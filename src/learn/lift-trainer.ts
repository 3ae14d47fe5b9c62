/** The network that lifts: states given the slow variable, trained once, generated at once. */

import * as tf from '@tensorflow/tfjs';
import type { LiftData, LiftTrainer, LiftTrainerMaker } from '../core/coarse/lifting/model-lift.ts';
import { QUANTILE_FLOW } from '../core/coupling/network-flow.ts';
import type { Denoiser, Path } from '../core/generative/contract.ts';
import { Problem } from '../core/message.ts';
import type { Standardisation } from '../core/numerics/results.ts';
import type { Families } from '../core/settings/families.ts';
import { readBack } from './backends.ts';
import { networkDenoiser, tensorAlgebra } from './denoiser.ts';
import { flatSampler } from './minibatch.ts';
import { BATCH, LEARNING_RATE, NETWORK, PIECE_MS } from './small-network.ts';
import { standardisationOf, standardise, unstandardise } from './standardise.ts';
import { Training } from './training.ts';

/** On the backend that is active; it must answer synchronously, as WebAssembly does. */
export class NetworkLiftTrainer implements LiftTrainer {
  networkEvaluations = 0;
  private training: Training | null = null;
  private scale: Standardisation | null = null;
  private toldScale: Standardisation | null = null;

  /** @param path how states are noised in training */
  constructor(
    private readonly seed: number,
    private readonly path: Path,
  ) {}

  begin(data: LiftData, steps: number): void {
    this.dispose();
    const sampler = flatSampler(Float32Array.from(data.along));
    this.scale = standardisationOf(data.states, sampler.probabilities);
    const { dimension, values } = standardise(data.states, this.scale);
    const told = rows(data.conditions);
    this.toldScale = standardisationOf(told, sampler.probabilities);
    const all = standardise(told, this.toldScale).values;
    const conditions = data.conditions.map((of, c) =>
      Float32Array.from(of, (_, i) => all[i * told.dimension + c]),
    );
    this.training = new Training(
      { dimension, states: values, conditions, dropCondition: 0, sampler, path: this.path, weighting: 'edm' },
      {
        ...NETWORK,
        seed: this.seed,
        steps,
        batch: BATCH,
        learningRate: LEARNING_RATE,
        objective: 'denoising',
      },
      readBack,
    );
  }

  async advance(): Promise<number> {
    const { training } = this.ready();
    const before = training.step;
    const { divergence } = await training.advance(PIECE_MS);
    if (divergence) throw new Problem(divergence);
    this.networkEvaluations += (training.step - before) * BATCH;
    return training.step;
  }

  generate(condition: readonly number[], noise: Float64Array): Float32Array {
    const { training, scale, toldScale } = this.ready();
    const dimension = training.architecture.outputs;
    const count = noise.length / dimension;
    const told = standardise(
      { dimension: condition.length, values: Float32Array.from(condition) },
      toldScale,
    );
    const network = networkDenoiser(training.parameters, training.architecture, {
      condition: [...told.values],
    });
    const denoiser: Denoiser<tf.Tensor2D> = (y, ratio) => {
      this.networkEvaluations += count;
      return network(y, ratio);
    };
    const values = tf.tidy(() => {
      const start = tf.mul<tf.Tensor2D>(
        tf.tensor2d(Float32Array.from(noise), [count, dimension]),
        QUANTILE_FLOW.sigmaMax,
      );
      return QUANTILE_FLOW.flow(start, { denoiser, algebra: tensorAlgebra }).dataSync<'float32'>();
    });
    return unstandardise({ dimension, values }, scale).values;
  }

  dispose(): void {
    this.training?.dispose();
    this.training = null;
  }

  private ready(): { training: Training; scale: Standardisation; toldScale: Standardisation } {
    const { training, scale, toldScale } = this;
    if (!training || !scale || !toldScale) throw new Error('no data yet');
    return { training, scale, toldScale };
  }
}

function rows(conditions: readonly Float64Array[]) {
  const dimension = conditions.length;
  const values = Float32Array.from(
    { length: dimension * conditions[0].length },
    (_, i) => conditions[i % dimension][Math.floor(i / dimension)],
  );
  return { dimension, values };
}

/** Makes networks that learn under the noise of Karras et al., with its default settings. */
export function liftTrainer(families: Families): LiftTrainerMaker {
  const { path, params } = families.schedules.edm;
  const defaults = Object.fromEntries(Object.entries(params).map(([name, spec]) => [name, spec.default]));
  return (seed) => new NetworkLiftTrainer(seed, path(defaults));
}
