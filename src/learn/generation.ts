/** Samples from a trained model, chunk after chunk. */
import * as tf from '@tensorflow/tfjs';
import type { Denoiser, Generator } from '../core/families.ts';
import type { ParamValues } from '../core/params.ts';
import { NUMBERS_PER_BLOCK, RandomStream } from '../core/random.ts';
import { networkDenoiser, tensorAlgebra } from './denoiser.ts';
import type { Architecture } from './network.ts';
import type { ReadBack } from './training.ts';

/** A short fixed set: a graphics backend keeps buffers of every size that it ever used. */
const CHUNKS = [250, 500, 1000, 2000] as const;
const FIRST_CHUNK = 500;

export interface GenerationSettings {
  readonly seed: number;
  readonly count: number;
  readonly generator: Generator;
  readonly params: ParamValues;
  /** Standardised slow variable of a conditional model, or null. */
  readonly cv: number | null;
}

export class Generation {
  generated = 0;
  networkEvaluations = 0;
  private readonly parameters: tf.Tensor1D;
  private readonly stream: RandomStream;
  private sampleMs = Number.POSITIVE_INFINITY;

  /** Keeps the parameters as they are now, even if the training goes on. */
  constructor(
    parameters: tf.Tensor1D,
    private readonly architecture: Architecture,
    private readonly settings: GenerationSettings,
    private readonly read: ReadBack,
  ) {
    this.parameters = tf.clone(parameters);
    this.stream = new RandomStream(settings.seed, 'generation');
  }

  get done(): boolean {
    return this.generated >= this.settings.count;
  }

  /**
   * Standardised states, row by row: as many chunks as should fit into `budgetMs`, at least one. The first answer is
   * one small chunk, so that a picture follows at once.
   */
  async advance(budgetMs: number): Promise<Float32Array> {
    if (this.generated === 0) return this.chunk(FIRST_CHUNK);
    const deadline = performance.now() + budgetMs;
    const parts: Float32Array[] = [];
    do {
      if (this.done) break;
      parts.push(await this.chunk(this.chunkSize(deadline - performance.now())));
    } while (performance.now() + CHUNKS[0] * this.sampleMs < deadline);
    return joined(parts);
  }

  dispose(): void {
    this.parameters.dispose();
  }

  private chunkSize(leftMs: number): number {
    const enough =
      CHUNKS.find((size) => size >= this.settings.count - this.generated) ?? CHUNKS[CHUNKS.length - 1];
    const fitting = CHUNKS.findLast((size) => size * this.sampleMs <= leftMs) ?? CHUNKS[0];
    return Math.min(enough, fitting);
  }

  private async chunk(size: number): Promise<Float32Array> {
    const begin = performance.now();
    const samples = tf.tidy(() => this.flow(this.initialNoise(size)));
    const values = await this.read(samples).finally(() => tf.dispose(samples));
    const kept = Math.min(size, this.settings.count - this.generated);
    this.sampleMs = (performance.now() - begin) / size;
    this.generated += kept;
    return values.slice(0, kept * this.architecture.outputs);
  }

  private flow(x: tf.Tensor2D): tf.Tensor2D {
    const { generator, params, cv } = this.settings;
    const denoiser = networkDenoiser(this.parameters, this.architecture, cv);
    const counted: Denoiser<tf.Tensor2D> = (state, sigma) => {
      this.networkEvaluations += x.shape[0];
      return denoiser(state, sigma);
    };
    const iterator = generator.generate(x, counted, tensorAlgebra, params);
    for (;;) {
      const { done, value } = iterator.next();
      if (done) return value;
    }
  }

  /** Noise of the samples from number `generated` on: the same for any chunks and for any value of the slow variable. */
  private initialNoise(size: number): tf.Tensor2D {
    const dimension = this.architecture.outputs;
    const sigma = this.settings.generator.initialSigma(this.settings.params);
    const values = new Float32Array(size * dimension);
    const block = new Float64Array(NUMBERS_PER_BLOCK);
    for (let i = 0; i < values.length; i++) {
      const d = i % dimension;
      const lane = d % NUMBERS_PER_BLOCK;
      const sample = this.generated + Math.floor(i / dimension);
      if (lane === 0) this.stream.normals(sample, Math.floor(d / NUMBERS_PER_BLOCK), block);
      values[i] = sigma * block[lane];
    }
    return tf.tensor2d(values, [size, dimension]);
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
