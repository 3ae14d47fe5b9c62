/** A diffusion coordinate as a slow variable: a function of the state that every engine runs. */

import type { SplineAxis } from '../../expression/spline.ts';
import { linspace } from '../../numerics/results.ts';
import { type Experiment, group } from '../../params/experiment.ts';
import type { SamplingFamilies } from '../../sampling/method.ts';
import { type LearnedCoordinate, learnedValue } from '../../systems/learned-cv.ts';
import { systemOf } from '../../systems/model.ts';
import { closeSettingsOf } from '../settings.ts';
import { diffusionMapSteps, type MapMade, type MapStage, mapExperiment } from './map-run.ts';
import { splineFit, straightOn } from './spline-fit.ts';

/** Cells of the table along each coordinate. */
const CELLS = 88;
/** Share of what is plotted by which the table goes on at each end: walkers under springs seldom get so far. */
const MARGIN = 0.4;
/** Nodes of the table from which its extrapolation starts: every second one along each coordinate. */
const NODES = CELLS / 2 + 1;
/** Coordinates that are remembered. */
const MOST_KNOWN = 8;

/** Text that changes when the learned coordinate of an experiment does. */
export function learnedKey(families: SamplingFamilies, experiment: Experiment): string {
  const asked = mapExperiment(families, experiment);
  const { system, kT, start, seed, time } = asked;
  const { map, points, alpha, scale } = closeSettingsOf(asked);
  return JSON.stringify([system, group(asked, 'system'), kT, start, seed, time, map, points, alpha, scale]);
}

/** Makes the learned coordinate of an experiment, with pauses. @throws Error as `diffusionMapRun` */
export function* learnedSteps(
  families: SamplingFamilies,
  experiment: Experiment,
): Generator<MapStage, LearnedCoordinate, void> {
  const map = yield* diffusionMapSteps(families, experiment, Number.MAX_SAFE_INTEGER);
  yield { stage: 'table', share: 0.55 };
  return tabulated(map, systemOf(experiment, families).domain);
}

/**
 * The first coordinate of a map as a spline over the plane, straight on beyond it: a fit to the coordinate at the states and to
 * Nystrom's extension at nodes of a grid. It runs from 0 to 1 over them, and grows with the system's first slow variable.
 */
export function tabulated(
  { result, extend }: MapMade,
  domain: readonly (readonly [number, number])[],
): LearnedCoordinate {
  const { states, coordinates, correlation, forceEvaluations } = result;
  const [low, high] = extent(coordinates[0]);
  const sign = correlation < 0 ? -1 : 1;
  const scaled = (phi: Float64Array) => phi.map((v) => (sign > 0 ? v - low : high - v) / (high - low));
  const values = scaled(coordinates[0]);
  const axes = [axisOf(states.values, 0, domain[0]), axisOf(states.values, 1, domain[1])] as const;
  const nodes = nodesAlong(axes);
  const coefficients = splineFit(
    axes,
    Float64Array.of(...states.values, ...nodes),
    Float64Array.of(...values, ...scaled(extend(nodes))),
  );
  const table = straightOn(axes, coefficients);
  const plain = { ...table, states, correlation: sign * correlation, forceEvaluations, misfit: 0 };
  const squares = values.reduce(
    (sum, v, n) => sum + (learnedValue(plain, states.values[2 * n], states.values[2 * n + 1]) - v) ** 2,
    0,
  );
  return { ...plain, misfit: Math.sqrt(squares / values.length) };
}

function nodesAlong(axes: readonly [SplineAxis, SplineAxis]): Float64Array {
  const [xs, ys] = axes.map(({ range: [low, high] }) => linspace(low, high, NODES));
  return Float64Array.from({ length: 2 * NODES * NODES }, (_, i) =>
    i % 2 === 0 ? xs[(i >> 1) % NODES] : ys[Math.floor((i >> 1) / NODES)],
  );
}

/** All that is plotted and more, and all states. */
function axisOf(rows: Float32Array, d: number, [low, high]: readonly [number, number]): SplineAxis {
  const [least, most] = extent(rows.filter((_, i) => i % 2 === d));
  const margin = MARGIN * (high - low);
  return {
    range: [Math.min(low - margin, least), Math.max(high + margin, most)],
    cells: CELLS,
    periodic: false,
  };
}

function extent(values: Float64Array | Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

/** Learned coordinates by the settings that they follow from: each is made once. */
export class LearnedCoordinates {
  private readonly known = new Map<string, LearnedCoordinate>();

  /** All that are known, by their keys. */
  get entries(): readonly (readonly [string, LearnedCoordinate])[] {
    return [...this.known];
  }

  /** Null if it has not been made yet. */
  find(families: SamplingFamilies, experiment: Experiment): LearnedCoordinate | null {
    return this.known.get(learnedKey(families, experiment)) ?? null;
  }

  /** Made now, for seconds, if it is not known. */
  of(families: SamplingFamilies, experiment: Experiment): LearnedCoordinate {
    const known = this.find(families, experiment);
    if (known) return known;
    const steps = learnedSteps(families, experiment);
    for (;;) {
      const { done, value } = steps.next();
      if (!done) continue;
      this.add(learnedKey(families, experiment), value);
      return value;
    }
  }

  /** Takes over one that was made elsewhere. */
  add(key: string, coordinate: LearnedCoordinate): void {
    this.known.set(key, coordinate);
    for (const oldest of this.known.keys()) if (this.known.size > MOST_KNOWN) this.known.delete(oldest);
  }
}
