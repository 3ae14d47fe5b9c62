/** Which windows come next, and where a model of them is asked. */
import { linspace } from '../numerics/results.ts';
import type { CouplePlan } from './plan.ts';

/** Nodes about each new window, over this many of its widths on either side; over all windows. */
const NODES_OF_WINDOW = 9;
const REACH = 3;
const NODES = 49;

/** Windows whose centres lie where the data are; the nearest one if there are none. */
export function windowsWithin({ windows }: CouplePlan, [low, high]: readonly [number, number]): number[] {
  const inside = [...windows.keys()].filter((k) => windows[k].center >= low && windows[k].center <= high);
  if (inside.length > 0) return inside;
  const away = (k: number) => Math.abs(windows[k].center - (low + high) / 2);
  return [[...windows.keys()].reduce((a, b) => (away(b) < away(a) ? b : a))];
}

/** The next window on each side of those that are filled. */
export function windowsBeside(filled: readonly boolean[]): number[] {
  const sides = [filled.indexOf(true) - 1, filled.lastIndexOf(true) + 1];
  return sides.filter((k) => k >= 0 && k < filled.length);
}

/** Values of the cv about these windows, ascending. */
export function nodesAbout({ windows, width }: CouplePlan, fresh: readonly number[]): Float64Array {
  const about = fresh.flatMap((k) => {
    const { center } = windows[k];
    return [...linspace(center - REACH * width, center + REACH * width, NODES_OF_WINDOW)];
  });
  return Float64Array.from(about).sort();
}

/** Values of the cv over all windows. */
export function nodesOverAll({ windows, width }: CouplePlan): Float64Array {
  const [first, last] = [windows[0], windows[windows.length - 1]];
  return linspace(first.center - 2 * width, last.center + 2 * width, NODES);
}
