/** The distribution of a system of two coordinates given two collective variables: weighted points, where their level sets cross. */

import { type Asked, Level } from '../generative/conditioning/level.ts';
import type { WeightedStates } from '../generative/conditioning/states-denoiser.ts';
import { Problem } from '../message.ts';
import type { Standardisation } from '../numerics/results.ts';
import { linspace } from '../numerics/results.ts';
import type { Setting } from '../systems/model.ts';
import { message } from './messages.ts';

/** Newton's method starts at so many places along each coordinate of the domain. */
const STARTS = 41;
const ROUNDS = 40;
/** In standard deviations: crossings nearer than this are one, and its hundredth is how well a state must lie on both. */
const SAME = 1e-5;

/**
 * The distribution delta(cv1 - at1) delta(cv2 - at2) exp(-U / kT): at each crossing exp(-U / kT) / |det|, det of the gradients of the
 * two. In standardised coordinates.
 * @throws Error unless there are two coordinates, or where no state of the domain has both values
 */
export function crossings(
  { model, kT }: Pick<Setting, 'model' | 'kT'>,
  asked: readonly Asked[],
  scale: Standardisation,
): WeightedStates {
  if (model.dimension !== 2 || asked.length !== 2)
    throw new RangeError('two collective variables in a plane');
  const levels = asked.map((one) => new Level(model, one, scale));
  const rows = starts(model.system.domain, scale);
  let found = solved(rows, levels);
  for (let round = 0; round < ROUNDS; round++) {
    const { steps } = found;
    rows.forEach((_, i) => {
      rows[i] -= steps[i];
    });
    found = solved(rows, levels);
  }
  const places = distinct(rows, found, model.system.domain, scale);
  if (places.length === 0)
    throw new Problem(
      message('no-state-at-value', { at: asked.map(({ cv, at }) => ({ cv: cv.label, value: at })) }),
    );
  const values = Float64Array.from(places.flatMap((n) => [rows[2 * n], rows[2 * n + 1]]));
  const energies = energiesAt(model, values, scale);
  const lowest = Math.min(...energies);
  const weights = energies.map(
    (u, k) => Math.exp((lowest - u) / kT) / Math.abs(found.determinants[places[k]]),
  );
  return { dimension: 2, values, weights };
}

type Range = readonly [number, number];

function starts(domain: readonly Range[], { mean, deviation }: Standardisation): Float64Array {
  const [xs, ys] = domain.map(([low, high], d) =>
    linspace((low - mean[d]) / deviation[d], (high - mean[d]) / deviation[d], STARTS),
  );
  return Float64Array.from([...ys].flatMap((y) => [...xs].flatMap((x) => [x, y])));
}

interface Solved {
  /** Newton's step of each state, row by row. */
  readonly steps: Float64Array;
  readonly determinants: Float64Array;
}

function solved(rows: Float64Array, levels: readonly Level[]): Solved {
  const [a, b] = levels.map((level) => level.misses(rows));
  const determinants = a.miss.map(
    (_, n) => a.slope[2 * n] * b.slope[2 * n + 1] - a.slope[2 * n + 1] * b.slope[2 * n],
  );
  const steps = rows.map((_, i) => {
    const n = i >> 1;
    const [u, v] = [a.miss[n], b.miss[n]];
    const numerator =
      i % 2 === 0 ? u * b.slope[2 * n + 1] - v * a.slope[2 * n + 1] : v * a.slope[2 * n] - u * b.slope[2 * n];
    return numerator / determinants[n];
  });
  return { steps, determinants };
}

/** Rows that have come to rest within the domain, one of each place. */
function distinct(
  rows: Float64Array,
  { steps }: Solved,
  domain: readonly Range[],
  { mean, deviation }: Standardisation,
): number[] {
  const places: number[] = [];
  for (let n = 0; n < rows.length / 2; n++) {
    const own = [rows[2 * n], rows[2 * n + 1]];
    const still = Math.max(Math.abs(steps[2 * n]), Math.abs(steps[2 * n + 1])) < SAME / 100;
    const inside = own.every((v, d) => {
      const at = mean[d] + deviation[d] * v;
      return at >= domain[d][0] && at <= domain[d][1];
    });
    const known = places.some((m) => own.every((v, d) => Math.abs(v - rows[2 * m + d]) < SAME));
    if (still && inside && !known) places.push(n);
  }
  return places;
}

function energiesAt(model: Setting['model'], values: Float64Array, scale: Standardisation): Float64Array {
  const count = values.length / 2;
  const q = Float64Array.from({ length: values.length }, (_, i) => {
    const d = Math.floor(i / count);
    return scale.mean[d] + scale.deviation[d] * values[2 * (i % count) + d];
  });
  const energies = new Float64Array(count);
  model.energy(q, count, energies);
  return energies;
}
