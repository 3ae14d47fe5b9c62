/** Whether the samples of windows are what they should be: stationary, of one distribution, enough of them, and inside the range. */

import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { normalQuantile } from '../numerics/normal.ts';
import { binCenters } from '../numerics/results.ts';
import { equilibration, walkersAgree } from './equilibration.ts';
import type { Warning } from './finding.ts';
import { message, type Stretch, type WindowsAlong } from './messages.ts';
import type { Places } from './window-places.ts';
import { seriesOf, type Visit, type WindowMoments, type WindowSamples } from './window-samples.ts';

/** Independent samples below which a window's errors are not to be believed. */
const FEWEST_EFFECTIVE = 20;
/** Share of all samples outside the range of the cv that goes without a word. */
const OUTSIDE = 0.05;
/** Chance of a false alarm in one analysis, all windows, coordinates and tests together. */
const FALSE_ALARM = 0.01;
/** A beginning shorter than this share of the series spoils nothing. */
const SHORTEST_START = 0.1;
/** Starts that `equilibration` chooses from make its difference look larger than that of a given one. */
const CHOICES = 15;

/** What is wrong in one window. */
interface Suspicion {
  readonly window: number;
  readonly kind: 'drift' | 'walkers' | 'sides';
  /** What it was seen in. */
  readonly of: string;
}

interface Watched {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** The cv and every coordinate that is not the cv itself; periodic ones as a point on a circle. */
function watchedOf({ setting, states }: WindowSamples, cv: Float64Array): Watched[] {
  const { cv: variable, model } = setting;
  const out: Watched[] = [{ name: variable.label, values: cv }];
  for (let d = 0; d < states.dimension; d++) {
    const name = model?.system.coordinates[d] ?? `x${d + 1}`;
    if (name === variable.value || (!model && states.dimension === 1)) continue;
    const values = Float64Array.from(cv, (_, n) => states.values[n * states.dimension + d]);
    if (!model?.system.periodic.includes(name)) out.push({ name, values });
    else {
      const [low, high] = model.system.domain[d];
      const angle = values.map((value) => (2 * Math.PI * (value - low)) / (high - low));
      out.push({ name, values: angle.map(Math.cos) }, { name, values: angle.map(Math.sin) });
    }
  }
  return out;
}

/** Everything in the windows that chance does not explain. */
function suspicionsOf(
  samples: WindowSamples,
  visits: readonly (readonly Visit[])[],
  cv: Float64Array,
): Suspicion[] {
  const watched = watchedOf(samples, cv);
  const limit = -normalQuantile(FALSE_ALARM / (3 * visits.length * watched.length));
  const out: Suspicion[] = [];
  visits.forEach((list, window) => {
    for (const { name, values } of watched) {
      const { series, walkers, of } = seriesOf(list, values);
      if (walkers === 0) continue;
      const found = (kind: Suspicion['kind']) => out.push({ window, kind, of: name });
      if (drifts(series, walkers, limit)) found('drift');
      const agreement = walkersAgree(
        series,
        walkers,
        of.map((walker) => samples.backward[walker] ?? 0),
      );
      if (!agreement) continue;
      if (agreement.sides > limit && agreement.sidesShare > 0.5) found('sides');
      else if (agreement.score > limit) found('walkers');
    }
  });
  return out;
}

/** Whether the beginning of the series is another distribution than the rest. */
function drifts(series: Float64Array, walkers: number, limit: number): boolean {
  const frames = series.length / walkers;
  const { start, statisticalInefficiency: g } = equilibration(series, walkers);
  if (start < SHORTEST_START * frames) return false;
  const [before, after] = [part(series, walkers, 0, start), part(series, walkers, start, frames)];
  const noise = after.variance * g * (1 / before.count + 1 / after.count);
  const least = Math.sqrt(limit ** 2 + 2 * Math.log(CHOICES));
  // Few independent samples know their own spread badly.
  const effective = after.count / g;
  const doubt = 1 + (least ** 2 + 1) / (4 * effective);
  return Math.abs(before.mean - after.mean) > least * doubt * Math.sqrt(noise);
}

function part(series: Float64Array, walkers: number, from: number, to: number) {
  const frames = series.length / walkers;
  const count = walkers * (to - from);
  let [sum, squares] = [0, 0];
  for (let w = 0; w < walkers; w++) for (let t = from; t < to; t++) sum += series[w * frames + t] / count;
  for (let w = 0; w < walkers; w++)
    for (let t = from; t < to; t++) squares += (series[w * frames + t] - sum) ** 2 / count;
  return { mean: sum, variance: squares, count };
}

export interface Quality {
  readonly warnings: readonly Warning[];
  /** For each window. */
  readonly equilibrated: readonly boolean[];
}

/** Tests that take time: drift, and walkers that disagree. */
export function testsOf(
  samples: WindowSamples,
  visits: readonly (readonly Visit[])[],
  cv: Float64Array,
): Quality {
  const suspicions = suspicionsOf(samples, visits, cv);
  const of = (...kinds: Suspicion['kind'][]) => suspicions.filter(({ kind }) => kinds.includes(kind));
  const warnings: Warning[] = [];
  const unsettled = of('drift', 'walkers');
  if (unsettled.length > 0) {
    const values = {
      windows: alongCv(samples, unsettled),
      drifting: names(of('drift')),
      disagreeing: names(of('walkers')),
    };
    warnings.push({ id: 'not-equilibrated', message: message('windows-not-equilibrated', values) });
  }
  const sides = of('sides');
  if (sides.length > 0) {
    const values = { windows: alongCv(samples, sides), coordinates: names(sides) };
    warnings.push({ id: 'hysteresis', message: message('windows-hysteresis', values) });
  }
  return {
    warnings,
    equilibrated: visits.map((_, k) => suspicions.every(({ window }) => window !== k)),
  };
}

function names(suspicions: readonly Suspicion[]): string[] {
  return [...new Set(suspicions.map(({ of }) => of))];
}

function alongCv(
  { windows, setting }: WindowSamples,
  suspicions: readonly { readonly window: number }[],
): WindowsAlong {
  const centers = [...new Set(suspicions.map(({ window }) => windows[window].center))];
  const [low, high] = [Math.min(...centers), Math.max(...centers)];
  return { count: centers.length, low, high, cv: setting.cv.label };
}

/** What can be told at once. */
export function countsSay(
  samples: WindowSamples,
  moments: readonly WindowMoments[],
  places: Places,
): Warning[] {
  return [...fewSamples(samples, moments), ...outsideRange(samples, places), ...uncovered(samples, places)];
}

function fewSamples(samples: WindowSamples, moments: readonly WindowMoments[]): Warning[] {
  const few = moments.flatMap((moment, window) => {
    const effective = moment.samples / moment.statisticalInefficiency;
    return effective < FEWEST_EFFECTIVE ? [{ window, effective }] : [];
  });
  if (few.length === 0) return [];
  const least = Math.min(...few.map(({ effective }) => effective));
  const values = { windows: alongCv(samples, few), least, needed: FEWEST_EFFECTIVE };
  return [{ id: 'few-samples', message: message('few-independent-samples', values) }];
}

function outsideRange({ setting }: WindowSamples, { bin, of, cv }: Places): Warning[] {
  const { range, label, periodic } = setting.cv;
  if (periodic) return [];
  let [below, above] = [0, 0];
  for (const place of of) {
    if (bin[place] >= 0) continue;
    if (cv[place] < range[0]) below++;
    else above++;
  }
  const share = (below + above) / of.length;
  if (share <= OUTSIDE) return [];
  const [side, end] = below > above ? (['below', range[0]] as const) : (['above', range[1]] as const);
  const values = { share, cv: label, side, end };
  return [{ id: 'outside-range', message: message('samples-outside-range', values) }];
}

function uncovered({ setting }: WindowSamples, { bin }: Places): Warning[] {
  const reached = new Set(bin);
  const { range, label } = setting.cv;
  const centers = binCenters(...range, FREE_ENERGY_BINS);
  const half = (range[1] - range[0]) / FREE_ENERGY_BINS / 2;
  const stretches: Stretch[] = [];
  centers.forEach((center, i) => {
    if (reached.has(i)) return;
    const last = stretches[stretches.length - 1];
    if (i > 0 && !reached.has(i - 1) && last)
      stretches[stretches.length - 1] = { low: last.low, high: center + half };
    else stretches.push({ low: center - half, high: center + half });
  });
  if (stretches.length === 0) return [];
  return [{ id: 'uncovered', message: message('range-not-covered', { cv: label, stretches }) }];
}
