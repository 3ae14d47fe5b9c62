/**
 * Umbrella windows from a short run: springs as stiff as the curvature of the free energy asks for and as soft as the time
 * step does, and as many windows as it takes for neighbours to overlap.
 */

import { periodOf } from '../../dynamics/bias-term.ts';
import { STEP_SHARES } from '../../dynamics/stability.ts';
import { type Experiment, group } from '../../params/experiment.ts';
import { settingOf } from '../../systems/model.ts';
import type { WindowDesign } from '../frames.ts';
import type { SamplingFamilies } from '../method.ts';
import { layOut, type Terrain } from './layout.ts';
import { type Measurement, measureProfile } from './measure.ts';
import { powerOfStep } from './probes.ts';
import { reasonsFor } from './reasons.ts';

/** Share of a run's budget that a design takes, and the least that is worth while. */
const SHARE = 0.1;
const LEAST = 200_000;
/** Springs are rounded, which is no reason for another time step. */
const ROUNDING = 0.01;

/** Force evaluations for the design of windows for a run with this budget. */
export function designEvaluations({ budget }: Experiment): number {
  return Math.max(LEAST, Math.round(SHARE * budget));
}

/**
 * Umbrella windows along the cv of an experiment, of any system with a potential.
 * @param evaluations force evaluations that it may take; more of them make curvatures more certain
 * @throws Problem without a potential, with too few evaluations, or if walkers are lost
 */
export function designWindows(
  families: SamplingFamilies,
  experiment: Experiment,
  evaluations: number,
): WindowDesign {
  const { cv, kT, model } = settingOf(experiment, families);
  const dt = group(experiment, 'integrator').dt as number;
  const power = powerOfStep(families.integrators[experiment.integrator]);
  const measured = measureProfile(families, experiment, evaluations);
  const terrain: Terrain = {
    profile: measured.profile,
    hidden: measured.hidden,
    kT,
    range: cv.range,
    period: periodOf(cv),
    carried: measured.rate.map((rate) => STEP_SHARES.window / rate),
  };
  const layout = layOut(terrain);
  const { centers, springConstants } = layout;
  const share = layout.peaks.reduce(
    (most, peak, k) => Math.max(most, strain(measured, peak, springConstants[k])),
    0,
  );
  const limit = share > 1 + ROUNDING ? roundedDown(dt * share ** (-1 / power)) : null;
  return {
    centers,
    springConstants,
    expectedOverlap: layout.overlap,
    reasons: reasonsFor({
      measured,
      layout,
      terrain,
      label: cv.label,
      dimension: model.dimension,
      dt,
      limit,
    }),
    forceEvaluations: measured.forceEvaluations,
    timeStepLimit: limit,
    changes: {
      method: 'umbrella',
      'method.centers': centers,
      'method.springConstants': springConstants,
      ...(limit === null ? {} : { 'integrator.dt': limit }),
    },
  };
}

/** How far a window is beyond what a step of the experiment carries: 1 if just not. */
function strain({ profile, rate }: Measurement, peak: number, springConstant: number): number {
  const { at, curvature } = profile;
  const node = Math.round((peak - at[0]) / (at[1] - at[0])) % at.length;
  const all = springConstant + Math.max(0, curvature[node]);
  return rate[node] * Math.max(springConstant / STEP_SHARES.window, all / STEP_SHARES.overshoots);
}

/** To one digit. */
function roundedDown(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Number((Math.floor(value / unit) * unit).toPrecision(1));
}
