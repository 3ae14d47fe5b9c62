/**
 * Mean force and curvature of the free energy along a collective variable, from a few walkers that a stiff spring pulls
 * through its range.
 */

import { CENTER, periodOf, SPRING_CONSTANT, shortest } from '../../dynamics/bias-term.ts';
import type { Integrator } from '../../dynamics/contract.ts';
import { STEP_SHARES } from '../../dynamics/stability.ts';
import type { Interpreter } from '../../expression/interpret.ts';
import type { Message } from '../../message.ts';
import { cvMobility } from '../../systems/cv-mobility.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';

/** What the walkers that went one way met at one place. Energies are not divided by kT. */
export interface Probe {
  readonly up: boolean;
  /** Mean of the cv; on a ring not wrapped. */
  readonly at: number;
  /** dF/dcv there (springConstant (center - mean), exact in a harmonic free energy), and its standard error. */
  readonly slope: number;
  readonly slopeError: number;
  /** F'' as kT/variance - springConstant, and its standard error. */
  readonly curvature: number;
  readonly curvatureError: number;
  readonly springConstant: number;
}

export interface Sweep {
  readonly probes: readonly Probe[];
  /** Share of a distance that a step undoes with a spring constant of 1: the largest met, at the place of each probe. */
  readonly rates: readonly number[];
  /** What has gone wrong with walkers, or null; if it is not null there is no trusting the probes. */
  readonly problem: Message | null;
}

/** Walkers of a sweep, half of which go up and half down. */
export const WALKERS = 8;
/** Places at which walkers stop, whatever the range. */
export const PLACES = 40;
const STRIDE = 5;
/** Blocks of each walker's stay from which errors are found. */
const BLOCKS = 4;
/** Stays before and after, of the same way, with which errors are pooled. */
const POOLED = 2;
/** Share of a stay that is forgotten. */
const SETTLING = 0.25;
/** Steps on the way to the first place, as a share of a stay. */
const TREK = 0.25;

/** Fewest force evaluations of a sweep: one frame for each block. */
export function leastEvaluations(forces: number): number {
  return WALKERS * forces * STRIDE * Math.ceil(BLOCKS / (1 - SETTLING) + 1) * (PLACES + 1) * (1 + TREK);
}

/** Distance between two stops. */
export function stopSpacing([low, high]: readonly [number, number]): number {
  return (high - low) / PLACES;
}

/** Power of the time step with which the share grows that a step undoes of a distance. */
export function powerOfStep({ params }: Integrator): 1 | 2 {
  return 'friction' in params ? 2 : 1;
}

/** Pulls walkers up and down the range of the cv (a ring: once round in each direction) until the budget is spent. */
export function sweep(lab: Lab, springConstant: number): Sweep {
  const pull = new Pull(lab, springConstant);
  pull.run();
  return { probes: pull.probes, rates: pull.rates, problem: lab.divergence() };
}

/** Ways up and down by turns, place after place. */
interface Stay {
  readonly up: boolean;
  readonly center: number;
  readonly springConstant: number;
  /** Of the distance from the centre. */
  readonly mean: number;
  readonly variance: number;
  /** Squared error of the mean over the variance: 1 by the number of samples that count. */
  readonly dependence: number;
}

class Pull {
  private readonly stays: Stay[] = [];
  readonly rates: number[] = [];
  private readonly ensemble: BiasedEnsemble;
  private readonly mobility: Interpreter;
  private readonly period: number | undefined;
  private readonly start: number;
  private readonly centers = new Float64Array(WALKERS);
  private readonly springs = new Float64Array(WALKERS);

  constructor(
    private readonly lab: Lab,
    private readonly wanted: number,
  ) {
    this.ensemble = lab.restrained(WALKERS);
    this.mobility = cvMobility(lab.model, lab.cv.value);
    this.period = periodOf(lab.cv);
    this.start = this.ensemble.cv()[0];
  }

  run(): void {
    const [low, high] = this.lab.cv.range;
    const spacing = stopSpacing([low, high]);
    const stops = this.period === undefined ? PLACES + 1 : PLACES;
    const far = Math.max(this.start - low, high - this.start, 0);
    const trek = this.period === undefined ? Math.ceil(far / spacing) : 0;
    const stay = Math.floor(this.lab.stepsLeft(WALKERS) / (stops + TREK * trek));
    const [bottom, top] = this.period === undefined ? [low, high] : [this.start, this.start];
    for (let stage = 1; stage <= trek; stage++) {
      const part = stage / trek;
      this.hold(this.start + part * (low - this.start), this.start + part * (high - this.start));
      this.ensemble.advance(Math.floor(TREK * stay));
    }
    for (let stop = 0; stop < stops; stop++) {
      this.hold(bottom + stop * spacing, top - stop * spacing);
      this.stay(stay);
    }
  }

  /** Puts the springs of both halves to their places, as stiff as wanted or as a time step carries. */
  private hold(up: number, down: number): void {
    const rates = this.stepRates();
    for (const [half, center] of [up, down].entries()) {
      const mine = rates.subarray((half * WALKERS) / 2, ((half + 1) * WALKERS) / 2);
      this.centers.fill(center, (half * WALKERS) / 2, ((half + 1) * WALKERS) / 2);
      const most = STEP_SHARES.chosen / mine.reduce((a, b) => Math.max(a, b), 0);
      this.springs.fill(Math.min(this.wanted, most), (half * WALKERS) / 2, ((half + 1) * WALKERS) / 2);
    }
    this.ensemble.set(CENTER, this.centers);
    this.ensemble.set(SPRING_CONSTANT, this.springs);
  }

  private stepRates(): Float64Array {
    const { integrator, dt, experiment } = this.lab;
    const rates = new Float64Array(WALKERS);
    this.mobility.evaluate(this.ensemble.states(), WALKERS, rates);
    const mass = Number(experiment['integrator.mass'] ?? 1);
    return rates.map((rate) => (rate * dt ** powerOfStep(integrator)) / mass);
  }

  private stay(steps: number): void {
    const settling = Math.floor(SETTLING * steps);
    this.ensemble.advance(settling);
    const frames = Math.floor((steps - settling) / STRIDE / BLOCKS) * BLOCKS;
    const away = new Float64Array(WALKERS * frames);
    const most = new Float64Array(WALKERS);
    for (let frame = 0; frame < frames; frame++) {
      this.ensemble.advance(STRIDE);
      this.ensemble.cv().forEach((value, w) => {
        away[w * frames + frame] = shortest(value - this.centers[w], this.period);
      });
      this.stepRates().forEach((rate, w) => {
        most[w] = Math.max(most[w], rate);
      });
    }
    const half = WALKERS / 2;
    for (const first of [0, half]) {
      this.note(first, away.subarray(first * frames, (first + half) * frames), first === 0);
      this.rates.push(Math.max(...most.subarray(first, first + half)));
    }
  }

  private note(first: number, away: Float64Array, up: boolean): void {
    const [center, springConstant] = [this.centers[first], this.springs[first]];
    const mean = average(away);
    const variance = away.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (away.length - 1);
    const blocks = (WALKERS / 2) * BLOCKS;
    const size = away.length / blocks;
    const means = Float64Array.from({ length: blocks }, (_, b) =>
      average(away.subarray(b * size, (b + 1) * size)),
    );
    // Never less than that of independent samples.
    const spread = means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / (blocks * (blocks - 1));
    const dependence = Math.max(spread / variance, 1 / away.length);
    this.stays.push({ up, center, springConstant, mean, variance, dependence });
  }

  /** Stays one and the next ones of the same way together tell how many samples count: a few blocks alone are too noisy. */
  get probes(): Probe[] {
    const { kT } = this.lab;
    return this.stays.map(({ up, center, springConstant, mean, variance }, n) => {
      const beside = Array.from({ length: 2 * POOLED + 1 }, (_, i) => this.stays[n + 2 * (i - POOLED)]);
      const known = beside.flatMap((stay) => (stay ? [stay.dependence] : []));
      const dependence = known.reduce((sum, value) => sum + value, 0) / known.length;
      return {
        up,
        at: center + mean,
        slope: -springConstant * mean,
        slopeError: springConstant * Math.sqrt(variance * dependence),
        curvature: kT / variance - springConstant,
        curvatureError: (kT / variance) * Math.sqrt(2 * dependence),
        springConstant,
      };
    });
  }
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
