/** Samples from a trained model, chunk after chunk. */
import * as tf from '@tensorflow/tfjs';
import { NormalDraws } from '../core/array-batch.ts';
import type { BatchAlgebra, Denoiser, Generator, Path } from '../core/families.ts';
import type { ParamValues } from '../core/params.ts';
import { RandomStream } from '../core/random.ts';
import type { Architecture } from './architecture.ts';
import { type Asked, networkDenoiser, tensorAlgebra } from './denoiser.ts';
import type { ReadBack } from './training.ts';

/** A short fixed set: a graphics backend keeps buffers of every size that it ever used. */
const CHUNKS = [250, 500, 1000, 2000] as const;
const FIRST_CHUNK = 500;

export interface GenerationSettings {
  readonly seed: number;
  readonly count: number;
  readonly generator: Generator;
  readonly params: ParamValues;
  readonly path: Path;
  readonly asked: Asked;
  /** Number of the first sample, 0 when absent: those before it have been generated elsewhere. */
  readonly first?: number;
}

/** A chunk under way. */
interface Chunk {
  readonly size: number;
  readonly iterator: Iterator<tf.Tensor2D, tf.Tensor2D, void>;
  readonly batches: Batches;
  ms: number;
}

export class Generation {
  generated: number;
  networkEvaluations = 0;
  private readonly parameters: tf.Tensor1D;
  private readonly stream: RandomStream;
  private sampleMs = Number.POSITIVE_INFINITY;
  private current: Chunk | null = null;

  /** Keeps the parameters as they are now, even if the training goes on. */
  constructor(
    parameters: tf.Tensor1D,
    private readonly architecture: Architecture,
    private readonly settings: GenerationSettings,
    private readonly read: ReadBack,
  ) {
    this.generated = settings.first ?? 0;
    this.parameters = tf.clone(parameters);
    this.stream = new RandomStream(settings.seed, 'generation');
  }

  get done(): boolean {
    return this.generated >= this.settings.count;
  }

  /**
   * Goes on for `budgetMs` or so, by one evaluation at least, and answers the standardised states that were finished, row
   * by row; none when a chunk takes longer. The first answer with states is one small chunk, so that a picture follows soon.
   */
  async advance(budgetMs: number): Promise<Float32Array> {
    const deadline = performance.now() + budgetMs;
    const parts: Float32Array[] = [];
    while (!this.done) {
      this.current ??= this.begin(this.chunkSize(deadline - performance.now()));
      const samples = evaluate(this.current, deadline);
      if (!samples) break;
      const isFirst = this.generated === 0;
      parts.push(await this.finish(this.current, samples));
      if (isFirst || performance.now() + CHUNKS[0] * this.sampleMs >= deadline) break;
    }
    return joined(parts);
  }

  dispose(): void {
    this.current?.batches.dispose();
    this.current = null;
    this.parameters.dispose();
  }

  private chunkSize(leftMs: number): number {
    if (this.generated === 0) return FIRST_CHUNK;
    const enough =
      CHUNKS.find((size) => size >= this.settings.count - this.generated) ?? CHUNKS[CHUNKS.length - 1];
    const fitting = CHUNKS.findLast((size) => size * this.sampleMs <= leftMs) ?? CHUNKS[0];
    return Math.min(enough, fitting);
  }

  /** The noise of a sample is the same for any chunks and for any value of the slow variable. */
  private begin(size: number): Chunk {
    const { generator, params, path, asked } = this.settings;
    const dimension = this.architecture.outputs;
    const draws = new NormalDraws(this.stream, { first: this.generated, count: size, dimension });
    const normals = (deviation: number) =>
      tf.tensor2d(
        Float32Array.from(draws.next(), (z) => deviation * z),
        [size, dimension],
      );
    const network = networkDenoiser(this.parameters, this.architecture, asked);
    const batches = new Batches();
    const denoiser: Denoiser<tf.Tensor2D> = (y, ratio) => {
      this.networkEvaluations += size;
      return batches.own(network(y, ratio));
    };
    const algebra: BatchAlgebra<tf.Tensor2D> = {
      combine: (terms) => batches.own(tensorAlgebra.combine(terms)),
    };
    const diffusion = { denoiser, algebra, path, noise: () => batches.own(normals(1)) };
    const start = batches.own(normals(generator.initialSigma(params, path)));
    return { size, iterator: generator.generate(start, diffusion, params), batches, ms: 0 };
  }

  private async finish({ size, batches, ms }: Chunk, samples: tf.Tensor2D): Promise<Float32Array> {
    const begin = performance.now();
    this.current = null;
    const values = await this.read(samples).finally(() => batches.dispose());
    const kept = Math.min(size, this.settings.count - this.generated);
    this.sampleMs = (ms + performance.now() - begin) / size;
    this.generated += kept;
    return values.slice(0, kept * this.architecture.outputs);
  }
}

/** Evaluates the denoiser until the chunk is finished or time is up, once at least; null when it is not finished. */
function evaluate(chunk: Chunk, deadline: number): tf.Tensor2D | null {
  const begin = performance.now();
  for (;;) {
    const { done, value } = chunk.iterator.next();
    chunk.batches.age();
    const now = performance.now();
    if (!done && now < deadline) continue;
    chunk.ms += now - begin;
    return done ? value : null;
  }
}

/** Tensors of a chunk, freed when the generator has no more use for them (see `Generator.generate`). */
class Batches {
  private recent: tf.Tensor[][] = [[]];

  own<T extends tf.Tensor>(tensor: T): T {
    this.recent[0].push(tensor);
    return tensor;
  }

  /** An evaluation is over. */
  age(): void {
    this.recent.unshift([]);
    if (this.recent.length > 3) tf.dispose(this.recent.pop() as tf.Tensor[]);
  }

  dispose(): void {
    tf.dispose(this.recent.flat());
    this.recent = [[]];
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
