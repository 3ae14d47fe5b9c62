/** Restrained windows whose samples are drawn exactly, for tests: correlated, and with every free energy known. */
import { harmonicEnergy, periodOf } from '../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { normalDistribution } from '../numerics/normal.ts';
import { RandomStream } from '../numerics/random.ts';
import { binCenters } from '../numerics/results.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { Window, WindowSamples } from './window-samples.ts';

export interface WindowModel {
  /** Without bias. */
  readonly energy: (cv: number) => number;
  readonly windows: readonly Window[];
  readonly range: readonly [number, number];
  readonly kT?: number;
  readonly periodic?: boolean;
  /** Of each window. */
  readonly walkers?: number;
  readonly frames?: number;
  /** Correlation of neighbouring frames of the normal series behind the samples. */
  readonly memory?: number;
  /** Added to the cv of a walker at a frame, for samples that are not what they should be. */
  readonly disturb?: (walker: number, frame: number) => number;
}

const NODES = 3000;
/** Points of a bin's quadrature. */
const POINTS = 20;

/** Windows of one spring. */
export function windowsAt(centers: readonly number[], springConstant: number): Window[] {
  return centers.map((center) => ({ center, springConstant }));
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

/** Samples of windows by their inverse distribution functions, driven by correlated normals. */
export function drawWindows(model: WindowModel, seed: number): WindowSamples {
  const { windows, range, kT = 1, periodic, walkers = 4, frames = 500, memory = 0, disturb } = model;
  const variable: CollectiveVariable = { id: 'x', label: 'x', value: 'x', range, periodic };
  const stream = new RandomStream(seed, 'model of windows');
  const all = windows.length * walkers;
  const cv = new Float64Array(all * frames);
  const [window, walker] = [new Int32Array(cv.length), new Int32Array(cv.length)];
  windows.forEach((one, k) => {
    const place = inverse(model, one, periodOf(variable));
    for (let w = k * walkers; w < (k + 1) * walkers; w++) {
      const series = correlated(stream, w, frames, memory);
      for (let t = 0; t < frames; t++) {
        const row = t * all + w;
        cv[row] = place(normalDistribution(series[t])) + (disturb?.(w, t) ?? 0);
        window[row] = k;
        walker[row] = w;
      }
    }
  });
  return {
    setting: { kT, cv: variable },
    windows,
    cv,
    window,
    walker,
    backward: Uint8Array.from({ length: all }, (_, w) => w % 2),
    states: { dimension: 1, values: Float32Array.from(cv) },
  };
}

/** Quantiles of a window, about its centre. */
function inverse(
  { energy, kT = 1, range }: WindowModel,
  { center, springConstant }: Window,
  period?: number,
) {
  const half = period === undefined ? 2 * (range[1] - range[0]) : period / 2;
  const step = (2 * half) / NODES;
  const at = (i: number) => center - half + i * step;
  const exponents = Float64Array.from(
    { length: NODES },
    (_, i) => -(energy(at(i + 0.5)) + harmonicEnergy(at(i + 0.5), center, springConstant, period)) / kT,
  );
  const largest = exponents.reduce((a, b) => Math.max(a, b));
  const sums = new Float64Array(NODES + 1);
  exponents.forEach((value, i) => {
    sums[i + 1] = sums[i] + Math.exp(value - largest);
  });
  return (share: number) => {
    const wanted = share * sums[NODES];
    let [low, high] = [0, NODES];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (sums[middle] <= wanted) low = middle;
      else high = middle;
    }
    return at(low + (wanted - sums[low]) / (sums[high] - sums[low]));
  };
}

/** -log(share of the bin) without bias, by quadrature. */
export function exactBins({ energy, range, kT = 1 }: WindowModel): Float64Array {
  const points = binCenters(...range, FREE_ENERGY_BINS * POINTS);
  const shares = new Float64Array(FREE_ENERGY_BINS);
  points.forEach((z, i) => {
    shares[Math.floor(i / POINTS)] += Math.exp(-energy(z) / kT);
  });
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => -Math.log(share / sum));
}
