import { valuesOf } from '../generative/conditioning/level.ts';
import type { Points } from '../numerics/results.ts';
import type { Setting } from '../systems/model.ts';

/** Slow variable of each state. */
export function cvOfStates(points: Points, { model, cv }: Setting): Float32Array {
  return Float32Array.from(valuesOf(model, cv.value, points));
}
