/** Umbrella windows as settings: what a change of one window makes of the lists in the link. */
import { type Experiment, settingValue } from '../../core/params/experiment.ts';
import type { ListSpec, ParamSpecs, ParamValue } from '../../core/params/params.ts';

export const CENTERS = 'method.centers';
export const SPRINGS = 'method.springConstants';

export interface WindowSettings {
  readonly centers: readonly number[];
  /** As in the link: none (chosen by the method), one for all, or one for each window. */
  readonly springs: readonly number[];
  /** Between them hands may put a window: the range that is drawn. */
  readonly limits: readonly [number, number];
  readonly most: number;
}

/**
 * @param range of the collective variable  @param shown centres that the method has chosen, where the settings leave that to it
 * @returns null if the method has no such list
 */
export function windowSettings(
  experiment: Experiment,
  specs: ParamSpecs,
  range: readonly [number, number],
  shown: readonly number[],
): WindowSettings | null {
  const spec = specs[CENTERS];
  if (spec?.kind !== 'list') return null;
  const { maxLength } = spec as ListSpec;
  const stated = listOf(settingValue(experiment, CENTERS));
  return {
    centers: stated.length > 0 ? stated : shown.slice(0, maxLength).map(rounded),
    springs: listOf(settingValue(experiment, SPRINGS)),
    limits: range,
    most: maxLength,
  };
}

/** Changes that put the centre of a window elsewhere. */
export function moved(windows: WindowSettings, index: number, to: number): Record<string, ParamValue> {
  const centers = windows.centers.map((center, i) => (i === index ? within(windows, to) : center));
  return { [CENTERS]: centers };
}

/** A window more, with the spring of its nearest neighbour where each has its own. */
export function added(windows: WindowSettings, at: number): Record<string, ParamValue> {
  const { centers, springs } = windows;
  const center = within(windows, at);
  const index = centers.filter((other) => other <= center).length;
  const near = nearest(centers, center);
  return {
    [CENTERS]: centers.toSpliced(index, 0, center),
    ...(hasOwnSprings(windows) ? { [SPRINGS]: springs.toSpliced(index, 0, springs[near]) } : {}),
  };
}

/** One window less. */
export function removed(windows: WindowSettings, index: number): Record<string, ParamValue> {
  return {
    [CENTERS]: windows.centers.toSpliced(index, 1),
    ...(hasOwnSprings(windows) ? { [SPRINGS]: windows.springs.toSpliced(index, 1) } : {}),
  };
}

/** The middle of the widest gap between neighbours, where one more window helps most. */
export function widestGap({ centers, limits }: WindowSettings): number {
  const places = [limits[0], ...centers.toSorted((a, b) => a - b), limits[1]];
  let best = { at: (limits[0] + limits[1]) / 2, width: 0 };
  for (let i = 1; i < places.length; i++) {
    const width = places[i] - places[i - 1];
    if (width > best.width) best = { at: (places[i] + places[i - 1]) / 2, width };
  }
  return best.at;
}

function hasOwnSprings({ centers, springs }: WindowSettings): boolean {
  return springs.length > 1 && springs.length === centers.length;
}

function nearest(centers: readonly number[], at: number): number {
  let best = 0;
  centers.forEach((center, i) => {
    if (Math.abs(center - at) < Math.abs(centers[best] - at)) best = i;
  });
  return best;
}

function within({ limits: [low, high] }: WindowSettings, value: number): number {
  return rounded(Math.min(high, Math.max(low, value)));
}

/** Short in a link. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}

function listOf(value: ParamValue | undefined): readonly number[] {
  return Array.isArray(value) ? (value as readonly number[]) : [];
}
