/** The short run of a design: scouts find out how stiff the pulling spring has to be, the rest measures. */

import { periodOf, shortest } from '../../dynamics/bias-term.ts';
import type { Integrator } from '../../dynamics/contract.ts';
import { STEP_SHARES } from '../../dynamics/stability.ts';
import { isDrivenRing } from '../../exact/steady-state.ts';
import { Problem } from '../../message.ts';
import type { Experiment } from '../../params/experiment.ts';
import { Lab } from '../lab.ts';
import { message } from '../messages.ts';
import type { SamplingFamilies } from '../method.ts';
import { leastEvaluations, powerOfStep, type Sweep, stopSpacing, sweep } from './probes.ts';
import { type Profile, profileOf } from './profile.ts';

/** Free energy along the cv as a short run found it, and what it cost. */
export interface Measurement {
  readonly profile: Profile;
  /** At each place of the profile: share of a distance that a step of the experiment undoes with a spring constant of 1. */
  readonly rate: Float64Array;
  /** At each place: downward curvature that walkers on either way would not show, see `hiddenCurvature`. Not negative. */
  readonly hidden: Float64Array;
  readonly sweep: Sweep;
  /** Work lost between the ways up and down, and its standard error. */
  readonly hysteresis: { readonly work: number; readonly error: number };
  /** Whether the pulling spring was stiffer than every downward curvature. */
  readonly resolved: boolean;
  readonly forceEvaluations: number;
}

/** Share of the evaluations of each scout, and how many there may be. */
const SCOUT_SHARE = 0.1;
const MOST_SCOUTS = 4;
const STIFFER = 4;
/** A spring does not see downward curvatures beyond its own constant: above this share of it a stiffer one has to look. */
const RESOLVED = 0.6;
/** Where F is higher than this many kT at the ends no window has to be. */
const CEILING = 12;
const FEWEST_NODES = 10;
/** Slopes that differ by fewer standard errors are taken as equal. */
const NOTED_ERRORS = 3;
/** Its widths in a harmonic well are exact at any time step, where Euler-Maruyama's are too large. */
const EXACT_WIDTHS = 'leimkuhler-matthews';

/** @throws Problem without a potential, with too few evaluations, or if walkers are lost */
export function measureProfile(
  families: SamplingFamilies,
  experiment: Experiment,
  evaluations: number,
): Measurement {
  const { model, kT, cv, integrator, dt } = new Lab(families, experiment);
  if (model.energyNode === null || isDrivenRing(model))
    throw new Problem(message('design-needs-potential', { system: model.system.id }));
  const pulled = { ...experiment, integrator: pullingIntegrator(families, experiment.integrator) };
  const least = Math.ceil(leastEvaluations(families.integrators[pulled.integrator].forces) / SCOUT_SHARE);
  if (evaluations < least) throw new Problem(message('design-needs-budget', { least, given: evaluations }));
  const [spacing, period, power] = [stopSpacing(cv.range), periodOf(cv), powerOfStep(integrator)];
  let [spring, step, spent, resolved] = [kT / spacing ** 2, dt, 0, false];
  const pull = (share: number) => {
    const own = new Lab(families, { ...pulled, budget: Math.floor(share), 'integrator.dt': step });
    const swept = sweep(own, spring);
    spent += own.spent;
    return swept;
  };
  const profileFrom = ({ probes }: Sweep) =>
    withoutWalls(profileOf(probes, cv.range, spacing, period), CEILING * kT, period !== undefined);
  for (let scout = 0; scout < MOST_SCOUTS && !resolved; scout++) {
    const scouted = pull(SCOUT_SHARE * evaluations);
    if (scouted.problem) {
      step /= STIFFER;
      continue;
    }
    const softest = Math.min(...scouted.probes.map(({ springConstant }) => springConstant));
    resolved = steepest(profileFrom(scouted)) < RESOLVED * softest;
    // One that the time step had softened may be stiff enough as it was meant.
    if (!resolved && softest === spring) spring *= STIFFER;
    const share = spring * Math.max(...scouted.rates);
    if (share > STEP_SHARES.chosen) step *= (STEP_SHARES.chosen / share) ** (1 / power);
  }
  const swept = pull(evaluations - spent);
  if (swept.problem) throw new Problem(swept.problem);
  const profile = profileFrom(swept);
  const scale = (dt / step) ** power;
  return {
    profile,
    rate: profile.at.map((z) => scale * rateNear(swept, z, spacing, period)),
    hidden: profile.at.map((z) => hiddenCurvature(swept, z, { spacing, kT, period })),
    sweep: swept,
    hysteresis: hysteresisOf(swept, spacing),
    resolved,
    forceEvaluations: spent,
  };
}

function pullingIntegrator(families: SamplingFamilies, id: string): string {
  const integrator: Integrator = families.integrators[id];
  const plain = powerOfStep(integrator) === 1 && integrator.order !== null;
  return plain && EXACT_WIDTHS in families.integrators ? EXACT_WIDTHS : id;
}

/** A profile without what is higher than `ceiling` at its ends; barriers between them stay. */
function withoutWalls(profile: Profile, ceiling: number, ring: boolean): Profile {
  const low = profile.F.findIndex((F) => F <= ceiling);
  const high = profile.F.findLastIndex((F) => F <= ceiling) + 1;
  if (ring || high - low < FEWEST_NODES) return profile;
  const { at, F, slope, curvature, curvatureError } = profile;
  const kept = (values: Float64Array) => values.slice(low, high);
  return {
    at: kept(at),
    F: kept(F),
    slope: kept(slope),
    curvature: kept(curvature),
    curvatureError: kept(curvatureError),
  };
}

/** Largest downward curvature that is beyond its error. */
function steepest({ curvature, curvatureError }: Profile): number {
  return curvature.reduce((most, value, i) => Math.max(most, -value - curvatureError[i]), 0);
}

function rateNear({ probes, rates }: Sweep, z: number, spacing: number, period?: number): number {
  const away = probes.map(({ at }) => Math.abs(shortest(at - z, period)));
  const reach = Math.max(1.5 * spacing, Math.min(...away));
  return rates.reduce((most, rate, n) => (away[n] <= reach ? Math.max(most, rate) : most), 0);
}

/**
 * Where two channels run side by side and walkers do not change over in time, F'' = <F_i''> - var(F_i')/kT, the second term by
 * the shares p and 1 - p of the channels: at most (difference of the slopes)^2 / (4 kT). The ways up and down stand for the
 * channels, where their slopes differ by more than their errors.
 */
function hiddenCurvature(
  { probes }: Sweep,
  z: number,
  {
    spacing,
    kT,
    period,
  }: { readonly spacing: number; readonly kT: number; readonly period: number | undefined },
): number {
  const mean = (way: boolean) => {
    let [weights, sum] = [0, 0];
    for (const { up, at, slope, slopeError } of probes) {
      if (up !== way) continue;
      const weight = Math.exp(-0.5 * (shortest(at - z, period) / spacing) ** 2) / slopeError ** 2;
      weights += weight;
      sum += weight * slope;
    }
    return { slope: sum / weights, squaredError: 1 / weights };
  };
  const [a, b] = [mean(true), mean(false)];
  const squared = (a.slope - b.slope) ** 2;
  const significant = squared > NOTED_ERRORS ** 2 * (a.squaredError + b.squaredError);
  return significant ? squared / (4 * kT) : 0;
}

/** Integral of the mean force on the way up less that on the way down. */
function hysteresisOf({ probes }: Sweep, spacing: number): Measurement['hysteresis'] {
  let [work, variance] = [0, 0];
  for (const { up, slope, slopeError } of probes) {
    work += (up ? slope : -slope) * spacing;
    variance += (slopeError * spacing) ** 2;
  }
  return { work: Math.abs(work), error: Math.sqrt(variance) };
}
