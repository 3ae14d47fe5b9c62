/** States on their way from noise to sample, seen at each noise level of a generator. */

import { RandomStream } from '../numerics/random.ts';
import { type Experiment, group } from '../params/experiment.ts';
import type { ParamValues } from '../params/params.ts';
import type { SystemFamilies } from '../systems/contract.ts';
import { settingOf } from '../systems/model.ts';
import { arrayAlgebra, NormalDraws } from './array-batch.ts';
import type { BatchAlgebra, Denoiser, GenerativeFamilies, Generator, Path } from './contract.ts';
import { pathOf } from './diffusion.ts';

/** Standardised states y = x / alpha, frame after frame. */
export interface SamplePath {
  /** Noise sigma / alpha of each frame: falling, and 0 at last. */
  readonly ratios: Float64Array;
  readonly dimension: number;
  readonly count: number;
  /** `count * dimension` numbers for each frame, row by row. */
  readonly states: Float32Array;
  /** Single states passed through a denoiser. */
  readonly evaluations: number;
}

/** Two calls of a denoiser at noise levels this close are at the same level. */
const SAME = 1 + 1e-9;

/**
 * Notes the batch before each evaluation of a denoiser. Of those at one noise level the last one stays: corrections replace
 * predictions, and where noise is added what was below it is forgotten.
 */
export class PathRecorder<B> {
  readonly frames: { readonly ratio: number; readonly batch: B }[] = [];

  /** @param free what becomes of a batch that is not kept */
  constructor(private readonly free: (batch: B) => void = () => {}) {}

  note(batch: B, ratio: number): void {
    for (let last = this.frames.at(-1); last && last.ratio <= ratio * SAME; last = this.frames.at(-1)) {
      this.free(last.batch);
      this.frames.pop();
    }
    this.frames.push({ ratio, batch });
  }

  /** At most `most` of the frames, the first and the last among them; the others are freed. */
  thinned(most: number): readonly { readonly ratio: number; readonly batch: B }[] {
    const { length } = this.frames;
    const kept = new Set(
      Array.from({ length: Math.min(most, length) }, (_, i) =>
        Math.round((i * (length - 1)) / Math.max(1, Math.min(most, length) - 1)),
      ),
    );
    for (const [i, { batch }] of this.frames.entries()) if (!kept.has(i)) this.free(batch);
    return this.frames.filter((_, i) => kept.has(i));
  }
}

export interface PathSettings {
  readonly seed: number;
  readonly count: number;
  readonly dimension: number;
  readonly generator: Generator;
  readonly params: ParamValues;
  readonly path: Path;
  /** So many frames are kept at most. */
  readonly most: number;
}

/** What an experiment says of it; models of an experiment generate with its seed. */
export function pathSettings(
  experiment: Experiment,
  families: SystemFamilies & GenerativeFamilies,
  { count, most }: Pick<PathSettings, 'count' | 'most'>,
): PathSettings {
  return {
    seed: experiment.seed,
    count,
    most,
    dimension: settingOf(experiment, families).model.dimension,
    generator: families.generators[experiment.generator],
    params: group(experiment, 'generator'),
    path: pathOf(experiment, families),
  };
}

/** Where the samples arrive, standardised, row by row. */
export function samples(denoiser: Denoiser<Float64Array>, settings: PathSettings): Float32Array {
  const iterator = beginPath(
    denoiser,
    arrayAlgebra,
    (values) => values,
    settings,
    centerOf(denoiser, settings),
  );
  let next = iterator.next();
  while (!next.done) next = iterator.next();
  return Float32Array.from(next.value);
}

/** The way of `count` samples on plain arrays; the same samples as a generation with this seed makes. */
export function samplePath(denoiser: Denoiser<Float64Array>, settings: PathSettings): SamplePath {
  const { dimension, count, most } = settings;
  const recorder = new PathRecorder<Float64Array>();
  let evaluations = 0;
  const noting: Denoiser<Float64Array> = (y, ratio) => {
    recorder.note(y, ratio);
    evaluations += count;
    return denoiser(y, ratio);
  };
  const center = centerOf(denoiser, settings);
  const iterator = beginPath(noting, arrayAlgebra, (values) => values, settings, center);
  let next = iterator.next();
  while (!next.done) next = iterator.next();
  recorder.note(next.value, 0);
  const frames = recorder.thinned(most);
  const states = new Float32Array(frames.length * count * dimension);
  for (const [i, { batch }] of frames.entries()) states.set(batch, i * count * dimension);
  return { ratios: Float64Array.from(frames, ({ ratio }) => ratio), dimension, count, states, evaluations };
}

function centerOf(denoiser: Denoiser<Float64Array>, { dimension, generator, params, path }: PathSettings) {
  return denoiser(new Float64Array(dimension), generator.initialSigma(params, path));
}

/**
 * Starts a generator as generations do: draw 0 of each sample is its first state, the next ones are its noise.
 * @param center mean of the first states: what the denoiser makes of 0 at the largest noise
 */
export function beginPath<B>(
  denoiser: Denoiser<B>,
  algebra: BatchAlgebra<B>,
  make: (values: Float64Array) => B,
  { seed, count, dimension, generator, params, path }: PathSettings,
  center: ArrayLike<number>,
): Iterator<B, B, void> {
  const stream = new RandomStream(seed, 'generation');
  const draws = new NormalDraws(stream, { first: 0, count, dimension });
  const deviation = generator.initialSigma(params, path);
  const start = make(draws.next().map((z, i) => center[i % dimension] + deviation * z));
  return generator.generate(start, { denoiser, algebra, path, noise: () => make(draws.next()) }, params);
}

/** Where the samples are at a noise between the frames: on straight lines, as a step of Euler's method goes. */
export function statesAt({ ratios, count, dimension, states }: SamplePath, ratio: number): Float32Array {
  const size = count * dimension;
  const frame = (i: number) => states.subarray(i * size, (i + 1) * size);
  const after = ratios.findIndex((level) => level <= ratio);
  if (after < 0) return frame(ratios.length - 1);
  if (after === 0) return frame(0);
  const share = (ratios[after - 1] - ratio) / (ratios[after - 1] - ratios[after]);
  const [a, b] = [frame(after - 1), frame(after)];
  return a.map((value, k) => value + share * (b[k] - value));
}
