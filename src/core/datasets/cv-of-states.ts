import type { Points } from '../channels.ts';
import { valuesOf } from '../conditioning/level.ts';
import type { Setting } from '../model.ts';

/** Slow variable of each state. */
export function cvOfStates(points: Points, { model, cv }: Setting): Float32Array {
  return Float32Array.from(valuesOf(model, cv.value, points));
}
