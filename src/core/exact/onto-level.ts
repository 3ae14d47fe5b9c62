import { periodOf, shortest } from '../dynamics/bias-term.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { SystemModel } from '../systems/model.ts';

const NEWTON_STEPS = 6;

/**
 * Moves states onto levels of a collective variable along its gradient, by Newton's method, in place.
 * @param q `q[coordinate * count + state]`  @param at the level of each state
 */
export function ontoLevel(
  model: SystemModel,
  cv: CollectiveVariable,
  q: Float64Array,
  at: (state: number) => number,
): void {
  const { dimension } = model;
  const count = q.length / dimension;
  const program = model.withGradient(cv.value);
  const out = new Float64Array((dimension + 1) * count);
  const period = periodOf(cv);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    program.evaluate(q, count, out);
    for (let n = 0; n < count; n++) {
      let square = 0;
      for (let d = 1; d <= dimension; d++) square += out[d * count + n] ** 2;
      const move = shortest(out[n] - at(n), period) / square;
      if (!Number.isFinite(move)) continue;
      for (let d = 0; d < dimension; d++) q[d * count + n] -= move * out[(d + 1) * count + n];
    }
  }
}
