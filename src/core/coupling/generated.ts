/** Where a model puts the walkers of windows. */

import { Problem } from '../message.ts';
import type { Draws } from '../numerics/draws.ts';
import { message } from './messages.ts';
import { extended, placesIn } from './places.ts';
import type { CouplePlan } from './plan.ts';
import type { Proposer } from './proposer.ts';
import type { Recorder } from './recorder.ts';

/** F is carried on along the slope over so many spacings. */
const FITTED = 1.5;

export interface Generated {
  readonly plan: CouplePlan;
  readonly kT: number;
  /** What is known of F. */
  readonly recorder: Recorder;
  readonly model: Proposer;
  readonly draws: Draws;
}

/**
 * cv from exp(-F - bias), the remaining coordinates from the model and within their plotted ranges: states of `each` walkers for each of
 * these windows, `[coordinate * walkers + walker]`.
 * @throws Error if nothing is known of F
 */
export async function generatedStates(
  windows: readonly number[],
  each: number,
  { plan, kT, recorder, model, draws }: Generated,
): Promise<Float64Array> {
  const F = recorder.freeEnergy();
  if (!F) throw new Problem(message('start-left-no-samples', {}));
  const course = extended(F, recorder.byBin(), FITTED * plan.spacing);
  const count = windows.length * each;
  const out = new Float64Array((1 + plan.rests.length) * count);
  for (const [i, k] of windows.entries()) {
    const cv = placesIn(plan.windows[k], course, kT, draws.stratified(each));
    out.set(cv, plan.cvCoordinate * count + i * each);
    const rest = await model.generate(cv, draws);
    plan.rests.forEach((coordinate, d) => {
      const [low, high] = plan.restRanges[d];
      const values = rest.subarray(d * each, (d + 1) * each);
      out.set(
        values.map((value) => Math.min(high, Math.max(low, value))),
        coordinate * count + i * each,
      );
    });
  }
  return out;
}
