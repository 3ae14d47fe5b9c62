/** Samples from a denoiser, chunk after chunk. */
import { NormalDraws } from '../core/generative/array-batch.ts';
import type { BatchAlgebra, Denoiser, Generator, Path } from '../core/generative/contract.ts';
import { RandomStream } from '../core/numerics/random.ts';
import type { ParamValues } from '../core/params/params.ts';

/** A short fixed set: a graphics backend keeps buffers of every size that it ever used. */
const CHUNKS = [250, 500, 1000, 2000] as const;
const FIRST_CHUNK = 500;

/** A run that answers standardised states. */
export interface SampleRun {
  readonly generated: number;
  /** Single states passed through a network. */
  readonly networkEvaluations: number;
  readonly done: boolean;
  /**
   * Goes on for `budgetMs` or so, by one evaluation at least, and answers the standardised states that were finished, row
   * by row; none when a chunk takes longer. The first answer with states is one small chunk, so that a picture follows soon.
   */
  advance(budgetMs: number): Promise<Float32Array>;
  dispose(): void;
}

/** Where batches live, and the denoiser there. */
export interface Host<B> {
  readonly dimension: number;
  readonly denoiser: Denoiser<B>;
  readonly algebra: BatchAlgebra<B>;
  /** Passes of each state through a network in one call of the denoiser. */
  readonly evaluations: number;
  /** A batch of `rows` states from their numbers, row by row. */
  make(values: Float64Array, rows: number): B;
  read(batch: B): Promise<Float32Array>;
  free(batches: readonly B[]): void;
  dispose(): void;
}

export interface GenerationSettings {
  readonly seed: number;
  readonly count: number;
  readonly generator: Generator;
  readonly params: ParamValues;
  readonly path: Path;
  /** Number of the first sample, 0 when absent: those before it have been generated elsewhere. */
  readonly first?: number;
}

/** A chunk under way. */
interface Chunk<B> {
  readonly size: number;
  readonly iterator: Iterator<B, B, void>;
  readonly batches: Batches<B>;
  ms: number;
}

export class Generation<B> implements SampleRun {
  generated: number;
  networkEvaluations = 0;
  private readonly stream: RandomStream;
  private sampleMs = Number.POSITIVE_INFINITY;
  private current: Chunk<B> | null = null;
  /** Mean of the first noisy states. */
  private center: Float32Array | null = null;

  /** The host belongs to the generation. */
  constructor(
    private readonly host: Host<B>,
    private readonly settings: GenerationSettings,
  ) {
    this.generated = settings.first ?? 0;
    this.stream = new RandomStream(settings.seed, 'generation');
  }

  get done(): boolean {
    return this.generated >= this.settings.count;
  }

  async advance(budgetMs: number): Promise<Float32Array> {
    const deadline = performance.now() + budgetMs;
    const parts: Float32Array[] = [];
    this.center ??= await this.largestNoiseMean();
    while (!this.done) {
      this.current ??= this.begin(this.center, this.chunkSize(deadline - performance.now()));
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
    this.host.dispose();
  }

  private chunkSize(leftMs: number): number {
    const enough =
      CHUNKS.find((size) => size >= this.settings.count - this.generated) ?? CHUNKS[CHUNKS.length - 1];
    if (this.generated === 0) return Math.min(FIRST_CHUNK, enough);
    const fitting = CHUNKS.findLast((size) => size * this.sampleMs <= leftMs) ?? CHUNKS[0];
    return Math.min(enough, fitting);
  }

  /** At the largest noise the mean of the noisy states is that of the clean ones, which is not 0 for a conditional distribution. */
  private async largestNoiseMean(): Promise<Float32Array> {
    const { generator, params, path } = this.settings;
    const { host } = this;
    const origin = host.make(new Float64Array(host.dimension), 1);
    const mean = host.denoiser(origin, generator.initialSigma(params, path));
    return host.read(mean).finally(() => host.free([origin, mean]));
  }

  /** The noise of a sample is the same for any chunks and for any value of the slow variable. */
  private begin(center: Float32Array, size: number): Chunk<B> {
    const { generator, params, path } = this.settings;
    const { host } = this;
    const { dimension } = host;
    const draws = new NormalDraws(this.stream, { first: this.generated, count: size, dimension });
    const batches = new Batches<B>(host);
    const denoiser: Denoiser<B> = (y, ratio) => {
      this.networkEvaluations += host.evaluations * size;
      return batches.own(host.denoiser(y, ratio));
    };
    const algebra: BatchAlgebra<B> = { combine: (terms) => batches.own(host.algebra.combine(terms)) };
    const noise = () => batches.own(host.make(draws.next(), size));
    const deviation = generator.initialSigma(params, path);
    const first = draws.next().map((z, i) => center[i % dimension] + deviation * z);
    const start = batches.own(host.make(first, size));
    const iterator = generator.generate(start, { denoiser, algebra, path, noise }, params);
    return { size, iterator, batches, ms: 0 };
  }

  private async finish({ size, batches, ms }: Chunk<B>, samples: B): Promise<Float32Array> {
    const begin = performance.now();
    this.current = null;
    const values = await this.host.read(samples).finally(() => batches.dispose());
    const kept = Math.min(size, this.settings.count - this.generated);
    this.sampleMs = (ms + performance.now() - begin) / size;
    this.generated += kept;
    return values.slice(0, kept * this.host.dimension);
  }
}

/** Evaluates the denoiser until the chunk is finished or time is up, once at least; null when it is not finished. */
function evaluate<B>(chunk: Chunk<B>, deadline: number): B | null {
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

/** Batches of a chunk, freed when the generator has no more use for them (see `Generator.generate`). */
class Batches<B> {
  private recent: B[][] = [[]];

  constructor(private readonly host: Host<B>) {}

  own(batch: B): B {
    this.recent[0].push(batch);
    return batch;
  }

  /** An evaluation is over. */
  age(): void {
    this.recent.unshift([]);
    if (this.recent.length > 3) this.host.free(this.recent.pop() as B[]);
  }

  dispose(): void {
    this.host.free(this.recent.flat());
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
