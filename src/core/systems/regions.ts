/** Where walkers start and what counts as arrival. */
import type { Experiment } from '../params/experiment.ts';
import { placeOf } from './place.ts';

import type { ResolvedSystem } from './resolved.ts';

export interface Regions {
  readonly start: Region;
  readonly target: Region;
}

/** Share of the distance between start and target that a ball takes when the system states no radius. */
const RADIUS_SHARE = 0.1;

/** Coordinates at which all walkers start. */
export function startOf(experiment: Experiment, system: ResolvedSystem): readonly number[] {
  return placeOf(experiment.start, system);
}

/** Start and target as regions, or null when there is nothing to arrive at. */
export function regionsOf(experiment: Experiment, system: ResolvedSystem): Regions | null {
  const from = startOf(experiment, system);
  const to = targetOf(experiment, system, from);
  if (!to) return null;
  const distance = Math.hypot(...to.map((value, d) => value - from[d]));
  if (distance === 0) return null;
  const radius = system.coordinates.length === 1 ? 0 : (system.arrival?.radius ?? RADIUS_SHARE * distance);
  return {
    start: { center: from, radius, from: to },
    target: { center: to, radius, from },
  };
}

/** The stated target; else the system's; else the deepest other minimum. */
function targetOf(
  experiment: Experiment,
  system: ResolvedSystem,
  from: readonly number[],
): readonly number[] | null {
  const { minima } = system.facts;
  if (experiment.target) {
    const to = placeOf(experiment.target, system);
    if (String(to) !== String(from)) return to;
  }
  const others = minima.filter(({ at }) => String(at) !== String(from));
  const deepest = others.reduce<(typeof others)[number] | null>(
    (best, next) => (best && best.energy <= next.energy ? best : next),
    null,
  );
  return deepest?.at ?? null;
}

/** A region that walkers may enter: a ball, or in one dimension everything beyond a point. */
export interface Region {
  readonly center: readonly number[];
  readonly radius: number;
  /** In one dimension: the side from which it is reached. */
  readonly from: readonly number[];
}
