/** Methods without a model: direct simulation, umbrella windows dragged or exactly started, with or without exchanges. */

import { harmonicEnergy } from '../dynamics/bias-term.ts';
import { Problem } from '../message.ts';
import { Draws } from '../numerics/draws.ts';
import { rowsOf } from '../numerics/layout.ts';
import type { BiasedEnsemble, Lab } from '../sampling/lab.ts';
import { Drag } from '../sampling/umbrella/drag.ts';
import { equilibriumStarts } from '../sampling/umbrella/equilibrium-start.ts';
import { Springs } from '../sampling/umbrella/stiffness.ts';
import type { CoupledMethod, CoupledMethodRun, CouplingContext } from './contract.ts';
import { type CoupledView, type CouplePhase, MARK } from './frame.ts';
import { message } from './messages.ts';
import { type CouplePlan, checkSprings, isMoveDue } from './plan.ts';
import { Recorder } from './recorder.ts';
import { hold, placesOf, recorderOptions, windowOfEach } from './walkers-in-windows.ts';

/** Pulled outward only, as is usual. Share of the budget for dragging, and of the run in the windows that is not used after it. */
const DRAG_SHARE = 0.1;
const DISCARDED = 0.2;
/** Groups of a recorder: walkers, or stretches of time of a single one. */
const GROUPS = 16;

export interface WindowedOptions {
  /** Walkers of each window. */
  readonly walkers: number;
  /** How walkers come to their windows; null for walkers without windows. */
  readonly start: 'dragged' | 'exact' | null;
  /** Neighbouring windows exchange their walkers. */
  readonly exchanges: boolean;
}

class WindowedRun implements CoupledMethodRun {
  readonly recorder: Recorder;
  readonly networkEvaluations = 0;
  readonly trainingSeconds = 0;
  private readonly ensemble: BiasedEnsemble;
  private readonly of: Uint16Array;
  private readonly draws: Draws;
  private phase: CouplePhase = 'start';
  private drag: Drag | null = null;
  private attempts = 0;

  private readonly lab: Lab;
  private readonly plan: CouplePlan;

  constructor(
    { lab, plan }: CouplingContext,
    private readonly options: WindowedOptions,
  ) {
    this.lab = lab;
    this.plan = plan;
    const { windows } = plan;
    const held = options.start === null ? [{ center: 0, springConstant: 0 }] : windows;
    this.of = windowOfEach([...held.keys()], options.walkers);
    this.ensemble = options.start === null ? lab.ensemble(options.walkers) : lab.restrained(this.of.length);
    this.recorder = new Recorder(held, recorderOptions(lab, plan, GROUPS));
    this.draws = new Draws(lab.random('exchange of windows'));
  }

  async *steps(): AsyncGenerator<void, void, void> {
    const { lab, ensemble, options, plan } = this;
    if (options.start !== null) yield* this.begin();
    this.phase = 'run';
    const steps = lab.stepsLeft(ensemble.walkers);
    const first = options.start === 'dragged' ? DISCARDED * steps : 0;
    for (let step = 0; ; ) {
      const taken = ensemble.advance(plan.stride);
      if (taken < plan.stride) return;
      step += taken;
      if (step > first) this.record((step - first) / (steps - first));
      if (options.exchanges && isMoveDue(step, plan)) this.exchange();
      yield;
    }
  }

  private async *begin(): AsyncGenerator<void, void, void> {
    const { lab, ensemble, options, plan } = this;
    if (options.start === 'dragged') {
      const drag = new Drag(lab, plan.windows, options.walkers, new Springs(lab, plan.windows, false), false);
      this.drag = drag;
      const problem = yield* drag.steps(DRAG_SHARE * lab.budget);
      if (problem) throw new Problem(problem.message);
      ensemble.place(drag.starts().snapshot);
      this.drag = null;
    } else {
      const starts = equilibriumStarts(lab, plan.windows, options.walkers);
      if (!starts) throw new Problem(message('exact-starts-unknown', {}));
      ensemble.place(starts.snapshot);
    }
    checkSprings(lab, plan, ensemble.states(), this.of);
    hold(ensemble, plan, this.of);
  }

  /** @param progress share of the run that is used, up to here */
  private record(progress: number): void {
    const { options } = this;
    const { cv, rest } = placesOf(this.ensemble, this.plan);
    const stretch = Math.min(GROUPS - 1, Math.floor(progress * GROUPS));
    const group = Uint8Array.from(this.of, (_, w) => (options.walkers === 1 ? stretch : w % options.walkers));
    this.recorder.add(cv, rest, this.of, group);
  }

  /** Neighbouring windows swap walkers, pair by pair, even and odd pairs in turn (Sugita, Kitao, Okamoto, J. Chem. Phys. 113, 6042 (2000)). */
  private exchange(): void {
    const { ensemble, lab, plan, of } = this;
    const { cv } = placesOf(ensemble, plan);
    const each = this.options.walkers;
    const holder = new Int32Array(of.length);
    const copies = new Uint16Array(plan.windows.length);
    of.forEach((k, w) => {
      holder[k * each + copies[k]++] = w;
    });
    const energy = (k: number, w: number) =>
      harmonicEnergy(cv[w], plan.windows[k].center, plan.windows[k].springConstant) / lab.kT;
    for (let k = this.attempts++ % 2; k + 1 < plan.windows.length; k += 2)
      for (let j = 0; j < each; j++) {
        const [a, b] = [holder[k * each + j], holder[(k + 1) * each + j]];
        const gain = energy(k, a) + energy(k + 1, b) - energy(k + 1, a) - energy(k, b);
        if (Math.log(this.draws.next()) < gain) [of[a], of[b]] = [of[b], of[a]];
      }
    hold(ensemble, plan, of);
  }

  view(): CoupledView {
    const { drag, plan, phase, of, options } = this;
    const walkers = drag?.walkers ?? this.ensemble;
    const { dimension } = this.lab.model;
    return {
      phase,
      round: 0,
      rounds: 0,
      walkers: { dimension, values: rowsOf(walkers.coordinates(), walkers.walkers) },
      of: drag ? new Uint16Array(walkers.walkers).fill(drag.window) : of.slice(),
      marks: new Uint8Array(walkers.walkers).fill(
        phase === 'run' && options.start ? MARK.healed : MARK.trapped,
      ),
      windows: plan.windows.map((window) => ({
        ...window,
        covered: phase === 'run' && options.start !== null,
      })),
      acceptance: { x: new Float64Array(), y: new Float64Array(), overall: Number.NaN },
      trained: null,
    };
  }

  dispose(): void {}
}

/** A method whose walkers run in windows, or free, without a model. */
export function windowedMethod({
  order,
  ...options
}: Pick<CoupledMethod, 'order'> & WindowedOptions): CoupledMethod {
  return {
    order,
    model: null,
    walkers: options.walkers,
    windows: options.start !== null,
    moves: false,
    begin: (context) => new WindowedRun(context, options),
  };
}
