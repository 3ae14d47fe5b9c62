/**
 * Umbrella sampling: walkers held by springs at places along the cv, the springs undone by reweighting (Torrie, Valleau,
 * J. Comput. Phys. 23, 187 (1977), doi 10.1016/0021-9991(77)90121-8).
 */
import { CENTER, SPRING_CONSTANT } from '../bias.ts';
import { analyseWindows } from '../estimators/window-analysis.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import {
  type BiasView,
  type Finding,
  type Method,
  type MethodRun,
  type Warning,
  withoutNumbers,
} from '../method.ts';
import { SampleStore } from '../sample-store.ts';
import { Drag } from '../umbrella/drag.ts';
import { type UmbrellaParams, umbrellaParams, umbrellaSpecs } from '../umbrella/params.ts';
import type { Starts } from '../umbrella/starts.ts';
import { Springs } from '../umbrella/stiffness.ts';
import { planWindows, type WindowPlan } from '../umbrella/windows.ts';
import { byWalker } from '../walkers.ts';

/** Steps between two samples, at least. */
const BLOCK = 10;
/** Samples within the time in which a spring alone forgets. */
const SAMPLES_PER_MEMORY = 3;
/** Samples of a walker, at least, where the budget allows it. */
const FEWEST_SAMPLES = 100;

class UmbrellaRun implements MethodRun {
  private readonly ensemble: BiasedEnsemble;
  private readonly of: Uint16Array;
  private readonly springs: Springs;
  private readonly drag: Drag;
  private samples: SampleStore | null = null;
  private backward: Uint8Array;
  /** What forbids any number. */
  private forbidden: readonly Warning[];

  constructor(
    private readonly lab: Lab,
    private readonly params: UmbrellaParams,
    private readonly plan: WindowPlan,
  ) {
    const { windows } = plan;
    this.springs = new Springs(lab, windows, plan.automatic);
    this.drag = new Drag(lab, windows, params.walkers, this.springs);
    this.ensemble = lab.restrained(windows.length * params.walkers);
    this.of = Uint16Array.from({ length: this.ensemble.walkers }, (_, w) => Math.floor(w / params.walkers));
    this.backward = new Uint8Array(this.ensemble.walkers);
    this.forbidden = plan.forbidden;
  }

  *steps(): Generator<void, void, void> {
    if (this.forbidden.length > 0) return;
    const starts = yield* this.starts();
    if (!starts) return;
    this.backward = starts.backward;
    this.ensemble.place(starts.snapshot);
    this.ensemble.set(
      CENTER,
      this.spread((k) => this.plan.windows[k].center),
    );
    this.ensemble.set(
      SPRING_CONSTANT,
      this.spread((k) => this.springs.constants[k]),
    );
    yield* this.sample();
  }

  private *starts(): Generator<void, Starts | null, void> {
    const problem = yield* this.drag.steps(this.params.dragShare * this.lab.budget);
    if (problem) this.forbidden = [problem];
    return problem ? null : this.drag.starts();
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

  private spread(value: (window: number) => number): Float64Array {
    return Float64Array.from(this.of, value);
  }

  view(): BiasView {
    const pulling = this.samples === null;
    const walkers = pulling ? this.drag.leaders : this.ensemble;
    const { dimension } = this.lab.model;
    return {
      phase: pulling ? 'pulling walkers to their windows' : 'sampling in the windows',
      walkers: { dimension, values: byWalker(walkers.coordinates(), walkers.walkers) },
      of: pulling ? new Uint16Array(walkers.walkers).fill(this.drag.window) : this.of.slice(),
      windows: this.windows(),
      bias: null,
      traces: [],
    };
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
      { estimator: params.estimator, errors: thorough ? params.errors : 'none', seed: lab.seed },
    );
    return { ...finding, warnings: [...this.plan.warnings, ...finding.warnings] };
  }
}

const method: Method = {
  title: 'Umbrella sampling',
  teaches:
    'Springs hold walkers at places along the slow variable, also on top of the barrier; reweighting undoes the springs.',
  cite: 'Torrie, Valleau, J. Comput. Phys. 23, 187 (1977)',
  params: umbrellaSpecs,
  begin(lab, values) {
    const params = umbrellaParams(values);
    return new UmbrellaRun(lab, params, planWindows(params, lab.cv, lab.kT));
  },
};

export default method;
