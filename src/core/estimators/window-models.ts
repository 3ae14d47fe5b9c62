/** Restrained windows whose samples are drawn exactly, for tests: correlated, and with every free energy known. */
import { RandomStream } from '../random.ts';
import type { WindowSamples } from './window-samples.ts';

export interface HarmonicModel {
  /** Curvature of the base, base/2 cv^2. */
  readonly base: number;
  readonly spring: number;
  readonly centers: readonly number[];
  readonly kT?: number;
  readonly walkers?: number;
  readonly frames?: number;
  /** Correlation of neighbouring frames. */
  readonly memory?: number;
  readonly range?: readonly [number, number];
}

/** Normals of a first-order autoregressive series, stationary from the first. */
export function correlated(
  stream: RandomStream,
  walker: number,
  frames: number,
  memory: number,
): Float64Array {
  const noise = new Float64Array(4 * Math.ceil(frames / 4));
  for (let i = 0; i < noise.length; i += 4) stream.normals(walker, i / 4, noise, i);
  const out = noise.slice(0, frames);
  for (let t = 1; t < frames; t++) out[t] = memory * out[t - 1] + Math.sqrt(1 - memory ** 2) * noise[t];
  return out;
}

/** Harmonic windows on a harmonic base: Gaussian, with mean c spring / (base + spring) and variance kT / (base + spring). */
export function harmonicWindows(model: HarmonicModel, seed: number): WindowSamples {
  const { base, spring, centers, kT = 1, walkers = 4, frames = 500, memory = 0, range = [-1, 1] } = model;
  const stream = new RandomStream(seed, 'harmonic windows');
  const all = centers.length * walkers;
  const cv = new Float64Array(all * frames);
  const [window, walker] = [new Int32Array(cv.length), new Int32Array(cv.length)];
  for (let w = 0; w < all; w++) {
    const k = Math.floor(w / walkers);
    const series = correlated(stream, w, frames, memory);
    for (let t = 0; t < frames; t++) {
      const row = t * all + w;
      cv[row] = (centers[k] * spring) / (base + spring) + Math.sqrt(kT / (base + spring)) * series[t];
      window[row] = k;
      walker[row] = w;
    }
  }
  return {
    setting: { kT, cv: { id: 'x', label: 'x', value: 'x', range } },
    windows: centers.map((center) => ({ center, springConstant: spring })),
    cv,
    window,
    walker,
    backward: Uint8Array.from({ length: all }, (_, w) => w % 2),
    states: { dimension: 1, values: Float32Array.from(cv) },
  };
}
