/** Restriction: how far lifted states are from the value of the slow variable that was asked for. */

import { periodOf, shortest } from '../../dynamics/bias-term.ts';
import { ontoLevel } from '../../exact/onto-level.ts';
import type { Context } from '../context.ts';
import type { Restriction } from '../frame.ts';
import type { Lifted } from './lifts.ts';

/** States of each value; averages over lifted states are taken of them too. */
const RESTRICTED = 400;

/** States of every value as the source gives them, and moved onto the level: the source is asked once for both. */
export function* lifted({
  micro: { lab },
  sources,
  values,
}: Context): Generator<void, [Lifted, Lifted], void> {
  const count = values.length * RESTRICTED;
  const given = new Float64Array(lab.model.dimension * count);
  for (let v = 0; v < values.length; v++) {
    const part = sources.lift.lift(values[v], RESTRICTED, lab.random(`restriction ${v}`));
    for (let d = 0; d < lab.model.dimension; d++)
      given.set(part.subarray(d * RESTRICTED, (d + 1) * RESTRICTED), d * count + v * RESTRICTED);
    yield;
  }
  const moved = given.slice();
  ontoLevel(lab.model, lab.cv, moved, (n) => values[Math.floor(n / RESTRICTED)]);
  return [
    { q: given, each: RESTRICTED },
    { q: moved, each: RESTRICTED },
  ];
}

export function restrictionOf(
  { micro: { lab }, sources, values }: Context,
  given: Lifted,
  moved: Lifted,
): Restriction {
  const program = lab.model.observable(lab.cv.value);
  const far = ({ q, each }: Lifted) => {
    const cv = new Float64Array(q.length / lab.model.dimension);
    program.evaluate(q, cv.length, cv);
    const distances = cv
      .map((value, n) => Math.abs(shortest(value - values[Math.floor(n / each)], periodOf(lab.cv))))
      .sort();
    const mean = distances.reduce((a, b) => a + b, 0) / distances.length;
    return { mean, high: distances[Math.floor(0.95 * (distances.length - 1))] };
  };
  return { full: far(given), orthogonal: far(moved), source: sources.lift.title };
}
