/**
 * Umbrella sampling: walkers held by springs at places along the cv, the springs undone by reweighting (Torrie, Valleau,
 * J. Comput. Phys. 23, 187 (1977), doi 10.1016/0021-9991(77)90121-8).
 */

import { CENTER, periodOf, SPRING_CONSTANT, shortest } from '../../dynamics/bias-term.ts';
import { type Finding, type Warning, type WarningId, withoutNumbers } from '../../estimators/finding.ts';
import { analyseWindows } from '../../estimators/window-analysis.ts';
import type { Window } from '../../estimators/window-samples.ts';
import { rowsOf } from '../../numerics/layout.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import { message } from '../messages.ts';
import type { BiasView, Method, MethodRun, Trace } from '../method.ts';
import { moreBudget } from '../range-visits.ts';
import { SampleStore } from '../sample-store.ts';
import type { Trail } from '../trail.ts';
import { DirectStart } from './direct-start.ts';
import { Drag } from './drag.ts';
import { equilibriumStarts } from './equilibrium-start.ts';
import { type UmbrellaParams, umbrellaSpecs } from './params.ts';
import type { Finder, Starts } from './starts.ts';
import { Springs } from './stiffness.ts';
import { planWindows, type WindowPlan } from './windows.ts';

/** Steps between two samples, at least. */
const BLOCK = 10;
/** Samples within the time in which a spring alone forgets. */
const SAMPLES_PER_MEMORY = 3;
/** Samples of a walker, at least, where the budget allows it. */
const FEWEST_SAMPLES = 100;

/** Share of the budget in which walkers from elsewhere are brought to their centres, and moves of the restraint. */
const APPROACH_SHARE = 0.02;
const APPROACH_MOVES = 50;
/** Exact samples are drawn anew at most so often while springs soften. */
const MOST_DRAWS = 4;

const WANT_SAMPLES: readonly WarningId[] = ['unsampled-window', 'few-samples', 'not-equilibrated'];

class UmbrellaRun implements MethodRun {
  private readonly ensemble: BiasedEnsemble;
  /** Window of each walker. */
  private readonly of: Uint16Array;
  private readonly springs: Springs;
  private readonly exact: Starts | null;
  /** Finds the starts; null if there is nothing to find, or no longer. */
  private finder: Finder | null;
  private readonly pulled: Trail | null;
  private samples: SampleStore | null = null;
  private backward: Uint8Array;
  private readonly warnings: readonly Warning[];
  /** What forbids any number. */
  private forbidden: readonly Warning[];

  constructor(
    private readonly lab: Lab,
    private readonly params: UmbrellaParams,
    private readonly plan: WindowPlan,
  ) {
    const { windows } = plan;
    const { walkers, start } = params;
    const all = windows.length * walkers;
    this.of = Uint16Array.from({ length: all }, (_, w) => Math.floor(w / walkers));
    this.springs = new Springs(lab, windows, plan.automatic);
    this.forbidden = plan.forbidden;
    this.exact = start === 'equilibrium' && this.forbidden.length === 0 ? this.drawn() : null;
    this.finder = this.exact
      ? null
      : start === 'data'
        ? new DirectStart(lab, windows, walkers)
        : new Drag(lab, windows, walkers, this.springs);
    this.pulled = this.finder instanceof Drag ? this.finder.trail : null;
    this.ensemble = lab.restrained(all);
    this.backward = new Uint8Array(all);
    const replaced = start === 'equilibrium' && !this.exact ? [startReplaced(lab)] : [];
    this.warnings = replaced;
  }

  *steps(): Generator<void, void, void> {
    const { finder, ensemble, exact, springs, params, lab } = this;
    if (this.forbidden.length > 0) return;
    const problem = finder ? yield* finder.steps(params.dragShare * lab.budget) : null;
    const starts = finder ? finder.starts() : exact;
    if (problem || !starts) return this.stop(problem);
    this.finder = null;
    this.backward = starts.backward;
    ensemble.place(starts.snapshot);
    const stuck =
      params.start === 'data' ? yield* this.approach() : springs.settleAll(ensemble.states(), this.of);
    if (stuck) return this.stop(stuck);
    ensemble.set(
      CENTER,
      this.spread(({ center }) => center),
    );
    ensemble.set(
      SPRING_CONSTANT,
      this.spread((_, k) => springs.constants[k]),
    );
    yield* this.sample();
  }

  private stop(problem: Warning | null): void {
    this.forbidden = problem ? [problem] : [];
  }

  /** Exact samples of every window, with springs that the time step carries where they are. */
  private drawn(): Starts | null {
    for (let draw = 1; ; draw++) {
      const before = this.springs.constants.slice();
      const starts = equilibriumStarts(this.lab, this.windows(), this.params.walkers);
      if (!starts || draw === MOST_DRAWS) return starts;
      this.springs.settleAll(starts.snapshot, this.of);
      if (this.springs.constants.every((constant, k) => constant === before[k])) return starts;
    }
  }

  /** Moves the restraints from where walkers are to their centres. */
  private *approach(): Generator<void, Warning | null, void> {
    const { ensemble, lab, springs } = this;
    const begin = ensemble.cv();
    const period = periodOf(lab.cv);
    const perStep = ensemble.walkers * lab.integrator.forces;
    const block = Math.max(1, Math.floor((APPROACH_SHARE * lab.budget) / (APPROACH_MOVES * perStep)));
    for (let move = 1; move <= APPROACH_MOVES; move++) {
      const problem = springs.settleAll(ensemble.states(), this.of);
      if (problem) return problem;
      const share = move / APPROACH_MOVES;
      const centers = this.spread(
        ({ center }, _, w) => begin[w] + share * shortest(center - begin[w], period),
      );
      ensemble.set(CENTER, centers);
      ensemble.set(
        SPRING_CONSTANT,
        this.spread((_, k) => springs.constants[k]),
      );
      ensemble.advance(block);
      yield;
    }
    return null;
  }

  private *sample(): Generator<void, void, void> {
    const { ensemble, lab } = this;
    const stride = this.stride();
    const frames = Math.floor(lab.stepsLeft(ensemble.walkers) / stride);
    const samples = new SampleStore(lab.model.dimension, frames, ensemble.walkers);
    this.samples = samples;
    while (ensemble.advance(stride) === stride) {
      const q = ensemble.coordinates();
      samples.add(q, ensemble.values(lab.cv.value, q), this.of);
      yield;
    }
  }

  /** Steps between two samples: neighbours that are alike cost time and memory and tell nothing. */
  private stride(): number {
    const { lab, ensemble, springs } = this;
    const rate = springs.rate(ensemble.states(), ensemble.walkers);
    const memory = this.plan.windows.reduce<number>(
      (least, _, k) => Math.min(least, springs.memory(k, rate) ?? 0),
      Number.POSITIVE_INFINITY,
    );
    const most = Math.floor(lab.stepsLeft(ensemble.walkers) / FEWEST_SAMPLES);
    return Math.max(BLOCK, Math.min(most, Math.round(memory / SAMPLES_PER_MEMORY)));
  }

  private spread(value: (window: Window, k: number, walker: number) => number): Float64Array {
    return Float64Array.from(this.of, (k, w) => value(this.plan.windows[k], k, w));
  }

  view(): BiasView {
    const { finder, ensemble, of } = this;
    const walkers = finder?.walkers ?? ensemble;
    const { dimension } = this.lab.model;
    return {
      phase: message(finder?.phase ?? (this.samples ? 'phase-windows' : 'phase-drag'), {}),
      walkers: { dimension, values: rowsOf(walkers.coordinates(), walkers.walkers) },
      of: finder ? new Uint16Array(walkers.walkers).fill(finder.window) : of.slice(),
      windows: this.windows(),
      bias: null,
      traces: this.traces(),
    };
  }

  private traces(): readonly Trace[] {
    if (!this.pulled) return [];
    const { label } = this.lab.cv;
    return [
      {
        label: message('trace-dragged', {}),
        axis: message('axis-cv', { cv: label }),
        series: this.pulled.series(),
      },
    ];
  }

  private windows() {
    return this.plan.windows.map(({ center }, k) => ({ center, springConstant: this.springs.constants[k] }));
  }

  estimate(thorough: boolean): Finding {
    if (this.forbidden.length > 0) return withoutNumbers(this.forbidden);
    const { samples, lab, params } = this;
    if (!samples) return withoutNumbers([]);
    const walkers = this.ensemble.walkers;
    const first = Math.ceil(params.discard * (samples.count / walkers)) * walkers;
    // On the way they are still to come.
    if (!thorough && first >= samples.count) return withoutNumbers([]);
    const { dimension, values } = samples.points();
    const finding = analyseWindows(
      {
        setting: lab.setting,
        windows: this.windows(),
        cv: samples.cv().subarray(first),
        window: samples.states().subarray(first),
        walker: samples.walkers().subarray(first),
        backward: this.backward,
        states: { dimension, values: values.subarray(first * dimension) },
      },
      {
        estimator: params.estimator,
        estimators: lab.families.estimators,
        errors: thorough ? params.errors : 'none',
        seed: lab.seed,
      },
    );
    return {
      ...finding,
      warnings: [...this.warnings, ...finding.warnings.map((warning) => withBudget(warning, lab))],
    };
  }
}

/** What more samples would mend comes with an offer of them. */
function withBudget(warning: Warning, { budget }: Lab): Warning {
  if (warning.offer || !WANT_SAMPLES.includes(warning.id)) return warning;
  return { ...warning, offer: moreBudget(budget) };
}

function startReplaced({ model, cv }: Lab): Warning {
  return {
    id: 'start-replaced',
    message: message('start-replaced', { system: model.system.id, cv: cv.label }),
    offer: { label: message('offer-dragged-start', {}), changes: { 'method.start': 'dragged' } },
  };
}

const method: Method<ReturnType<typeof umbrellaSpecs>> = {
  cite: 'Torrie, Valleau, J. Comput. Phys. 23, 187 (1977)',
  params: umbrellaSpecs,
  begin: (lab, params) => new UmbrellaRun(lab, params, planWindows(params, lab.cv, lab.kT)),
};

export default method;
