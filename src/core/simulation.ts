/**
 * A run of walkers: plain state, advanced in chunks of any size with the same result, tested in Node and served by the
 * simulate worker.
 */
import type { Series } from './channels.ts';
import { binOf, histogramFreeEnergy } from './estimators/histogram.ts';
import { Basins } from './exact/basins.ts';
import { type Experiment, group } from './experiment.ts';
import type { Families, Integrator, StationaryPoint, System } from './families.ts';
import { type Model, type Setting, settingOf } from './model.ts';
import { NormalSource } from './normal-source.ts';
import type { SimulationFrame } from './protocol.ts';

export const FREE_ENERGY_BINS = 60;
/** Steps between two entries in the averages. */
const RECORD_STRIDE = 5;
const MOST_GROUPS = 32;
const MOST_TRACE_POINTS = 2000;
/** Walkers this many domain widths away have been thrown out by an unstable step. */
const THROWN_OUT = 100;
/** Steps between two looks at the clock. */
const CHUNK = 20;
/** Share of the stability limit of the start well that is offered when a run has diverged. */
const SAFE_SHARE = 0.2;

export class SimulationRun {
  readonly totalSteps: number;
  step = 0;
  private setting: Setting;
  private readonly integrator: Integrator;
  private readonly dt: number;
  private readonly walkers: number;
  private readonly q: Float64Array;
  private readonly force: Float64Array;
  private readonly normals: NormalSource;
  private readonly groups: number;
  private counts: Float64Array;
  private basins: Basins;
  private readonly startBasin: number;
  private trace: { time: number; value: number }[] = [];
  private traceStride = RECORD_STRIDE;
  private divergence: string | null = null;

  constructor(
    private readonly families: Families,
    experiment: Experiment,
  ) {
    this.setting = settingOf(experiment, families);
    this.integrator = families.integrators[experiment.integrator];
    this.dt = group(experiment, 'integrator').dt as number;
    this.walkers = experiment.walkers;
    this.totalSteps = Math.max(1, Math.round(experiment.time / this.dt));
    const { model } = this.setting;
    this.q = new Float64Array(model.dimension * this.walkers);
    this.force = new Float64Array(this.q.length);
    this.normals = new NormalSource(experiment.seed, 'dynamics', this.walkers, model.dimension);
    this.groups = Math.min(MOST_GROUPS, this.walkers);
    this.counts = new Float64Array(this.groups * FREE_ENERGY_BINS);
    this.basins = new Basins(model);
    const start = startOf(model.system);
    this.startBasin = model.system.facts.minima.indexOf(start);
    start.at.forEach((value, d) => {
      this.q.fill(value, d * this.walkers, (d + 1) * this.walkers);
    });
  }

  get done(): boolean {
    return this.step >= this.totalSteps || this.divergence !== null;
  }

  /** Advances until `steps` more are taken, the run is done, or `outOfTime` says so. */
  advance(steps: number, outOfTime: () => boolean = () => false): void {
    const target = Math.min(this.totalSteps, this.step + steps);
    while (this.step < target && !this.divergence) {
      this.takeSteps(Math.min(CHUNK, target - this.step));
      if (outOfTime()) return;
    }
  }

  /** Takes over another temperature and other parameters of the same system; averages begin anew. */
  patch(experiment: Experiment): void {
    this.setting = settingOf(experiment, this.families);
    this.basins = new Basins(this.setting.model);
    this.counts = new Float64Array(this.counts.length);
  }

  /** Positions, walker after walker. */
  positions(): Float32Array {
    const { dimension } = this.setting.model;
    const out = new Float32Array(this.q.length);
    for (let d = 0; d < dimension; d++)
      for (let w = 0; w < this.walkers; w++) out[w * dimension + d] = this.q[d * this.walkers + w];
    return out;
  }

  get forceEvaluations(): number {
    return this.step * this.walkers;
  }

  frame(): SimulationFrame {
    const { model, cv } = this.setting;
    return {
      time: this.step * this.dt,
      step: this.step,
      done: this.done,
      walkers: { dimension: model.dimension, values: this.positions() },
      trace: this.traceSeries(),
      freeEnergy: histogramFreeEnergy(this.counts, this.groups, cv.range),
      escaped: this.escaped(),
      forceEvaluations: this.forceEvaluations,
      divergence: this.divergence,
    };
  }

  private takeSteps(count: number): void {
    const { model, kT } = this.setting;
    const context = {
      walkers: this.walkers,
      dimension: model.dimension,
      dt: this.dt,
      kT,
      mobility: model.mobility,
      gradient: (q: Float64Array) => {
        model.gradient(q, this.walkers, this.force);
        return this.force;
      },
    };
    for (let n = 0; n < count; n++) {
      this.integrator.step(this.q, { ...context, normals: this.normals.at(this.step) });
      this.step++;
      if (this.step % RECORD_STRIDE === 0) this.record();
      if (this.divergence) return;
    }
  }

  private record(): void {
    const { cv, cvCoordinate, model } = this.setting;
    const offset = cvCoordinate * this.walkers;
    for (let w = 0; w < this.walkers; w++) {
      const bin = binOf(this.q[offset + w], cv.range[0], cv.range[1], FREE_ENERGY_BINS);
      if (bin >= 0) this.counts[(w % this.groups) * FREE_ENERGY_BINS + bin]++;
    }
    if (this.step % this.traceStride === 0) this.recordTrace(this.q[offset]);
    if (!this.q.every((value, i) => isInReach(model.system, Math.floor(i / this.walkers), value)))
      this.divergence = this.explainDivergence();
  }

  private recordTrace(value: number): void {
    this.trace.push({ time: this.step * this.dt, value });
    if (this.trace.length <= MOST_TRACE_POINTS) return;
    this.trace = this.trace.filter((_, i) => i % 2 === 1);
    this.traceStride *= 2;
  }

  private traceSeries(): Series {
    return {
      x: Float64Array.from(this.trace, ({ time }) => time),
      y: Float64Array.from(this.trace, ({ value }) => value),
    };
  }

  private escaped(): number {
    let outside = 0;
    for (let w = 0; w < this.walkers; w++)
      if (this.basins.at(this.q[w], this.q[this.walkers + w]) !== this.startBasin) outside++;
    return outside;
  }

  private explainDivergence(): string {
    const safe = SAFE_SHARE * stableTimeStep(this.setting.model, startOf(this.setting.model.system));
    return (
      `The time step ${this.dt} is too long: walkers were thrown out of the potential after ${this.step} steps. ` +
      `Try ${safe.toPrecision(1)} or less.`
    );
  }
}

export function startOf(system: System): StationaryPoint {
  const start = system.facts.minima.find(({ name }) => name === system.start);
  if (!start) throw new Error(`${system.title} states no minimum named "${system.start}"`);
  return start;
}

function isInReach(system: System, coordinate: number, value: number): boolean {
  const [low, high] = system.domain[coordinate];
  return Math.abs(value - (low + high) / 2) < THROWN_OUT * (high - low);
}

/** 2 / (largest mobility-weighted curvature) at a minimum, the trace of M Hessian standing in for its largest eigenvalue. */
function stableTimeStep(model: Model, { at }: StationaryPoint): number {
  const h = 1e-4;
  const rate = at.reduce((sum, value, d) => {
    const slope = (delta: number) => model.gradientAt(at.with(d, value + delta))[d];
    return sum + (model.mobility[d] * (slope(h) - slope(-h))) / (2 * h);
  }, 0);
  return 2 / rate;
}
