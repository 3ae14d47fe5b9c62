/** Where a model puts the walkers of windows. */
import type { Draws } from './draws.ts';
import type { ConditionalModel } from './model.ts';
import { extended, placesIn } from './places.ts';
import type { CouplePlan } from './plan.ts';
import type { Recorder } from './recorder.ts';

/** F is carried on along the slope over so many spacings. */
const FITTED = 1.5;

export interface Generated {
  readonly plan: CouplePlan;
  readonly kT: number;
  /** What is known of F. */
  readonly recorder: Recorder;
  readonly model: ConditionalModel;
  readonly draws: Draws;
}

/**
 * cv from exp(-F - bias), the remaining coordinate from the model and within its plotted range: states of `each` walkers for each of
 * these windows, `[coordinate * walkers + walker]`.
 * @throws Error if nothing is known of F
 */
export function generatedStates(
  windows: readonly number[],
  each: number,
  { plan, kT, recorder, model, draws }: Generated,
): Float64Array {
  const F = recorder.freeEnergy();
  if (!F)
    throw new Error('The budget is too small: the trapped start has left no samples. Raise the budget.');
  const course = extended(F, recorder.byBin(), FITTED * plan.spacing);
  const count = windows.length * each;
  const out = new Float64Array(2 * count);
  const [low, high] = plan.restRange;
  windows.forEach((k, i) => {
    const cv = placesIn(plan.windows[k], course, kT, draws.stratified(each));
    const levels = draws.stratified(each);
    cv.forEach((z, j) => {
      const w = i * each + j;
      out[plan.cvCoordinate * count + w] = z;
      out[plan.rest * count + w] = Math.min(high, Math.max(low, model.quantile(z, levels[j])));
    });
  });
  return out;
}
