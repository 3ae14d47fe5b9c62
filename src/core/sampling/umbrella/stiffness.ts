/**
 * What springs a time step carries. An overdamped step moves the cv by -k M|grad cv|^2 dt times its distance from the
 * centre: above 1 it overshoots the centre, above 2 the walker is thrown out.
 */

import { isOverdamped, STEP_SHARES } from '../../dynamics/stability.ts';
import type { Warning } from '../../estimators/finding.ts';
import type { Window } from '../../estimators/window-samples.ts';
import type { Interpreter } from '../../expression/interpret.ts';
import { cvMobility } from '../../systems/cv-mobility.ts';
import type { Lab } from '../lab.ts';
import { message } from '../messages.ts';

/** A time step so many times shorter is not worth having: the spring is to blame. */
const MUCH_SHORTER = 50;

export class Springs {
  /** Spring constant of each window; those that were chosen here soften where walkers tell that they must. */
  readonly constants: Float64Array;
  private readonly mobility: Interpreter;
  private readonly checked: boolean;

  constructor(
    private readonly lab: Lab,
    private readonly windows: readonly Window[],
    private readonly automatic: boolean,
  ) {
    this.constants = Float64Array.from(windows, ({ springConstant }) => springConstant);
    this.mobility = cvMobility(lab.model, lab.cv.value);
    this.checked = isOverdamped(lab.integrator);
  }

  /** Share of a distance that a step undoes with a spring constant of 1, the largest among walkers. */
  rate(states: Float64Array, walkers: number): number {
    return this.rates(states, walkers).reduce((most, rate) => (rate > most ? rate : most), 0);
  }

  /** The same for each walker. */
  private rates(states: Float64Array, walkers: number): Float64Array {
    const mobilities = new Float64Array(walkers);
    this.mobility.evaluate(states, walkers, mobilities);
    return mobilities.map((mobility) => this.lab.dt * mobility);
  }

  /** Settles every window by its own walkers. @param of window of each walker */
  settleAll(states: Float64Array, of: ArrayLike<number>): Warning | null {
    const highest = new Float64Array(this.windows.length);
    this.rates(states, of.length).forEach((rate, w) => {
      if (rate > highest[of[w]]) highest[of[w]] = rate;
    });
    for (const [window, rate] of highest.entries()) {
      const problem = this.settle(window, rate);
      if (problem) return problem;
    }
    return null;
  }

  /** Softens a chosen spring to what the step carries where walkers are, or says that a given one is too stiff. */
  settle(window: number, rate: number): Warning | null {
    if (!this.checked) return null;
    if (this.automatic) {
      this.constants[window] = Math.min(this.constants[window], STEP_SHARES.chosen / rate);
      return null;
    }
    return this.constants[window] * rate > STEP_SHARES.overshoots ? this.tooStiff(window, rate) : null;
  }

  /** Steps in which a window forgets where the cv was, if nothing but its spring acts; null if that is not so simple. */
  memory(window: number, rate: number): number | null {
    return this.checked ? 1 / (this.constants[window] * rate) : null;
  }

  private tooStiff(window: number, rate: number): Warning {
    const { dt, cv } = this.lab;
    const spring = this.constants[window];
    const safe = Number(((STEP_SHARES.offered * dt) / (spring * rate)).toPrecision(1));
    const { center } = this.windows[window];
    const values = { spring, window, center, cv: cv.label, dt, safe, softest: STEP_SHARES.overshoots / rate };
    return {
      id: 'diverged',
      message: message('spring-too-stiff', values),
      offer:
        dt > MUCH_SHORTER * safe
          ? { label: message('offer-automatic-springs', {}), changes: { 'method.springConstants': [] } }
          : { label: message('offer-time-step', { dt: safe }), changes: { 'integrator.dt': safe } },
    };
  }
}
