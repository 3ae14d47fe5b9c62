/** Forward noising with noise that stays: x(t) = alpha(t) (x0 + ratio(t) z), and the noise levels at which it is looked at. */

import { RandomStream } from '../numerics/random.ts';
import type { Points, Standardisation } from '../numerics/results.ts';
import type { Domain } from '../systems/contract.ts';
import { NormalDraws } from './array-batch.ts';
import type { Path } from './contract.ts';
import { ratioAt } from './diffusion.ts';
import { type LevelParams, levelsOf } from './noise-levels.ts';

/** Rising noise, in units of the data: none at first, then the levels of a generator from its smallest to its largest. */
export function noiseScale(params: LevelParams, path: Path): Float64Array {
  return Float64Array.of(0, ...levelsOf(params, path).ratios.reverse());
}

/** Noise at a place of the scale from 0 to 1: every level has the same length, and within one the noise grows evenly in its logarithm. */
export function ratioAtPlace(scale: Float64Array, place: number): number {
  const at = Math.min(1, Math.max(0, place)) * (scale.length - 1);
  const below = Math.min(scale.length - 2, Math.floor(at));
  const [low, high] = [scale[below], scale[below + 1]];
  const share = at - below;
  if (share === 0) return low;
  return low === 0 ? share * high : low * (high / low) ** share;
}

/** The place of a noise on the scale; the inverse of `ratioAtPlace`. */
export function placeOfRatio(scale: Float64Array, ratio: number): number {
  const last = scale.length - 1;
  const above = scale.findIndex((level) => level >= ratio);
  if (above < 0) return 1;
  if (above === 0) return 0;
  const [low, high] = [scale[above - 1], scale[above]];
  const share = low === 0 ? ratio / high : Math.log(ratio / low) / Math.log(high / low);
  return (above - 1 + share) / last;
}

/** Factor alpha of the data at a noise; 1 where the schedule has not begun. */
export function shrinkage(path: Path, ratio: number): number {
  return ratio <= ratioAt(path, path.range[0]) ? 1 : path.alpha(path.time(ratio));
}

/** One standard normal for each coordinate of each state, always the same. */
export function fixedNoise(seed: number, count: number, dimension: number): Float32Array {
  const stream = new RandomStream(seed, 'forward noise');
  return Float32Array.from(new NormalDraws(stream, { first: 0, count, dimension }).next());
}

/** Standardised states y = x0 + ratio z of states in the units of the coordinates. */
export function noised(
  data: Points,
  noise: Float32Array,
  ratio: number,
  scale: Standardisation,
): Float32Array {
  const { dimension, values } = data;
  return values.map((value, i) => {
    const d = i % dimension;
    return (value - scale.mean[d]) / scale.deviation[d] + ratio * noise[i];
  });
}

/** x = mean + deviation * alpha * y: where a standardised state is seen, in the units of the coordinates. */
export function inUnits(y: Float32Array, alpha: number, { mean, deviation }: Standardisation): Points {
  const dimension = mean.length;
  return { dimension, values: y.map((v, i) => mean[i % dimension] + deviation[i % dimension] * alpha * v) };
}

/** Standard deviations of the noise that a picture has room for. */
const ROOM = 2.6;
/** A picture grows by this factor at a time. */
const ZOOM = 1.5;

/** Ranges that hold the data of a domain at a noise: the domain, or larger by a power of 1.5. */
export function windowFor(
  domain: Domain,
  { mean, deviation }: Standardisation,
  { ratio, alpha }: { readonly ratio: number; readonly alpha: number },
): Domain {
  const needed = domain.map(([low, high], d) => {
    const centre = (low + high) / 2;
    const reach = (bound: number) =>
      Math.abs(mean[d] + alpha * (bound - mean[d]) - centre) + ROOM * alpha * ratio * deviation[d];
    return Math.max(reach(low), reach(high)) / ((high - low) / 2);
  });
  // The domain itself has room for a little noise.
  const steps = Math.max(0, Math.ceil(Math.log(Math.max(...needed) / ZOOM) / Math.log(ZOOM)));
  return domain.map(([low, high]) => {
    const [centre, half] = [(low + high) / 2, ((high - low) / 2) * ZOOM ** steps];
    return [centre - half, centre + half];
  });
}

/** Where a schedule is: sigma / alpha, and alpha. */
export interface NoiseLevel {
  readonly ratio: number;
  readonly alpha: number;
}
