/**
 * A run of walkers: plain state, advanced in chunks of any size with the same result, tested in Node and served by the
 * simulate worker.
 */
import type { Series } from './channels.ts';
import { parameterInput } from './dynamics.ts';
import { InterpreterEngine } from './engines/interpreter-engine.ts';
import { WasmEngine } from './engines/wasm-engine.ts';
import { histogramFreeEnergy } from './estimators/histogram.ts';
import { Basins } from './exact/basins.ts';
import { type Experiment, group } from './experiment.ts';
import type { Interpreter } from './expression/interpret.ts';
import type { Families, Integrator } from './families.ts';
import { type Model, type Setting, settingOf } from './model.ts';
import type { Passages, SimulationFrame } from './protocol.ts';
import { type Regions, regionsOf, startOf } from './regions.ts';
import { ACCEPTANCES, ARRIVED, STEPS_BEFORE_ARRIVAL, stepGraphOf, TRANSITIONS } from './step.ts';
import type { Engine, Ensemble } from './step-graph.ts';

export const ENGINES = { wasm: WasmEngine, interpreter: InterpreterEngine } as const;
export type EngineId = keyof typeof ENGINES;

export const FREE_ENERGY_BINS = 60;
/** Steps between two entries in the averages. */
const RECORD_STRIDE = 10;
const LANES = 4;
const MOST_GROUPS = 32;
/** A whole run leaves about this many points of the trace, frames hold at most MOST_TRACE_POINTS. */
const TRACE_POINTS = 1000;
const MOST_TRACE_POINTS = 2000;
/** Walker-steps between two looks at the clock, at most. */
const LARGEST_CHUNK = 100_000;
/** Walkers this many domain widths away have been thrown out by an unstable step. */
const THROWN_OUT = 100;
/** Share of the stability limit of the start well that is offered when a run has diverged. */
const SAFE_SHARE = 0.2;

export class SimulationRun {
  readonly totalSteps: number;
  private setting: Setting;
  private readonly integrator: Integrator;
  private readonly dt: number;
  private readonly walkers: number;
  private readonly engine: Engine;
  /** Steps between two looks at the walkers: a function of the experiment, so that chunks change nothing. */
  private readonly quantum: number;
  private readonly start: readonly number[];
  private readonly regions: Regions | null;
  private observe!: readonly Interpreter[];
  private cvProgram!: Interpreter;
  private basins!: Basins | null;
  /** Slow variable of the first walker after each quantum. */
  private readonly trace: number[] = [];
  private divergence: string | null = null;

  constructor(
    private readonly families: Families,
    experiment: Experiment,
    engine: EngineId = 'wasm',
  ) {
    this.setting = settingOf(experiment, families);
    this.integrator = families.integrators[experiment.integrator];
    this.dt = group(experiment, 'integrator').dt as number;
    this.walkers = experiment.walkers;
    this.totalSteps = Math.max(1, Math.round(experiment.time / this.dt));
    this.quantum = Math.max(
      1,
      Math.min(Math.floor(this.totalSteps / TRACE_POINTS), Math.floor(LARGEST_CHUNK / this.walkers)),
    );
    const { model, cv } = this.setting;
    this.start = startOf(experiment, model.system);
    this.regions = regionsOf(experiment, model.system);
    const ensemble: Ensemble = {
      walkers: this.walkers,
      firstWalker: 0,
      seed: experiment.seed,
      stride: RECORD_STRIDE,
      groupSize: LANES * Math.ceil(this.walkers / MOST_GROUPS / LANES),
    };
    const graph = stepGraphOf(model, this.integrator, cv, FREE_ENERGY_BINS, this.regions);
    this.engine = new ENGINES[engine](graph, ensemble, parametersOf(this.setting, experiment));
    this.look(this.setting);
    model.stateAt(this.start).forEach((value, d) => {
      this.engine.write(model.state[d], new Float64Array(this.walkers).fill(value));
    });
  }

  get step(): number {
    return this.engine.step;
  }

  get done(): boolean {
    return this.step >= this.totalSteps || this.divergence !== null;
  }

  /** Advances until `steps` more are taken, the run is done, or `outOfTime` says so. */
  advance(steps: number, outOfTime: () => boolean = () => false): void {
    const target = Math.min(this.totalSteps, this.step + steps);
    while (this.step < target && !this.divergence) {
      const boundary = this.quantum * (Math.floor(this.step / this.quantum) + 1);
      this.engine.advance(Math.min(target, boundary) - this.step);
      if (this.step === boundary) this.inspect();
      if (outOfTime()) return;
    }
  }

  /** Takes over another temperature and other parameters of the same system; averages begin anew. */
  patch(experiment: Experiment): void {
    this.setting = settingOf(experiment, this.families);
    this.look(this.setting);
    this.engine.setParameters(parametersOf(this.setting, experiment));
    this.engine.resetAverages();
  }

  /** Puts a walker somewhere else; averages begin anew. */
  place(walker: number, at: readonly number[]): void {
    const { model } = this.setting;
    model.stateAt(at).forEach((value, d) => {
      const values = this.engine.read(model.state[d]);
      values[walker] = value;
      this.engine.write(model.state[d], values);
    });
    this.engine.resetAverages();
  }

  /** Coordinates of the walkers, one after the other: `[coordinate * walkers + walker]`. */
  private coordinates(): Float64Array {
    const { model } = this.setting;
    const state = new Float64Array(model.state.length * this.walkers);
    model.state.forEach((name, d) => {
      state.set(this.engine.read(name), d * this.walkers);
    });
    if (!model.system.hidden) return state;
    const seen = new Float64Array(model.dimension * this.walkers);
    this.observe.forEach((program, d) => {
      program.evaluate(state, this.walkers, seen.subarray(d * this.walkers));
    });
    return seen;
  }

  /** Positions, walker after walker. */
  positions(): Float32Array {
    const { dimension } = this.setting.model;
    const q = this.coordinates();
    return Float32Array.from(q, (_, i) => q[(i % dimension) * this.walkers + Math.floor(i / dimension)]);
  }

  get forceEvaluations(): number {
    return this.step * this.walkers * this.integrator.forces;
  }

  frame(): SimulationFrame {
    const { model, cv } = this.setting;
    const { visits, sums, records } = this.engine.averages();
    return {
      time: this.step * this.dt,
      step: this.step,
      done: this.done,
      walkers: { dimension: model.dimension, values: this.positions() },
      trace: this.traceSeries(),
      freeEnergy: histogramFreeEnergy(visits, visits.length / FREE_ENERGY_BINS, cv.range),
      moments: momentsOf(sums, records, this.walkers),
      escaped: this.escaped(),
      passages: this.passages(),
      acceptance: this.integrator.acceptance ? mean(this.engine.read(ACCEPTANCES)) / (this.step || 1) : null,
      forceEvaluations: this.forceEvaluations,
      divergence: this.divergence,
    };
  }

  /** What follows from the parameters: how the state is seen, and where the basins are. */
  private look({ model, cv }: Setting): void {
    this.observe = model.observed.map((node) => model.ofStates(node));
    this.cvProgram = model.observable(cv.value);
    this.basins = model.energyNode !== null && model.dimension <= 2 ? new Basins(model) : null;
  }

  /** Notes where the first walker is, and whether any has been thrown out. */
  private inspect(): void {
    const { dimension, system } = this.setting.model;
    const q = this.coordinates();
    this.trace.push(this.cvProgram.at(Array.from({ length: dimension }, (_, d) => q[d * this.walkers]))[0]);
    const inReach = q.every((value, i) => {
      const d = Math.floor(i / this.walkers);
      if (system.periodic.includes(system.coordinates[d])) return Number.isFinite(value);
      const [low, high] = system.domain[d];
      return Math.abs(value - (low + high) / 2) < THROWN_OUT * (high - low);
    });
    if (!inReach) this.divergence = this.explainDivergence();
  }

  private traceSeries(): Series {
    const stride = Math.ceil(this.trace.length / MOST_TRACE_POINTS) || 1;
    const kept = this.trace.filter((_, i) => i % stride === 0);
    const spacing = this.quantum * this.dt;
    return { x: Float64Array.from(kept, (_, i) => (i * stride + 1) * spacing), y: Float64Array.from(kept) };
  }

  private escaped(): number {
    if (!this.basins) return 0;
    const { dimension } = this.setting.model;
    const q = this.coordinates();
    const home = this.basins.at(...this.start);
    let outside = 0;
    for (let w = 0; w < this.walkers; w++) {
      const at = Array.from({ length: dimension }, (_, d) => q[d * this.walkers + w]);
      if (this.basins.at(...at) !== home) outside++;
    }
    return outside;
  }

  private passages(): Passages | null {
    if (!this.regions) return null;
    const arrived = this.engine.read(ARRIVED);
    const times = this.engine.read(STEPS_BEFORE_ARRIVAL).map((steps) => steps * this.dt);
    return {
      arrivals: times.filter((_, w) => arrived[w] > 0),
      waiting: times.filter((_, w) => arrived[w] === 0),
      transitions: this.engine.read(TRANSITIONS).reduce((a, b) => a + b, 0),
    };
  }

  private explainDivergence(): string {
    const thrown = `The time step ${this.dt} is too long: walkers were thrown out of the potential after ${this.step} steps.`;
    const { model } = this.setting;
    if (model.energyNode === null) return `${thrown} Try a shorter one.`;
    const safe = SAFE_SHARE * stableTimeStep(model, this.start);
    return `${thrown} Try ${safe.toPrecision(1)} or less.`;
  }
}

/** Everything that a step depends on beside state and noise. */
function parametersOf({ model, kT }: Setting, experiment: Experiment): Readonly<Record<string, number>> {
  const integrator = Object.entries(group(experiment, 'integrator')) as [string, number][];
  return {
    ...model.parameters,
    ...Object.fromEntries(integrator.map(([name, value]) => [parameterInput(name), value])),
    [parameterInput('kT')]: kT,
  };
}

/** Means over walkers and records of the cv, its square and the energy; NaN before the first record. */
function momentsOf(sums: Float64Array, records: number, walkers: number): SimulationFrame['moments'] {
  const means = [0, 1, 2].map((k) => {
    const total = sums.reduce((sum, value, i) => (i % 3 === k ? sum + value : sum), 0);
    return total / (records * walkers);
  });
  return { cv: means[0], cvSquared: means[1], energy: means[2] };
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** 2 / (largest mobility-weighted curvature) at a point, the trace of M Hessian standing in for its largest eigenvalue. */
function stableTimeStep(model: Model, at: readonly number[]): number {
  const h = 1e-4;
  const rate = at.reduce((sum, value, d) => {
    const slope = (delta: number) => model.gradientAt(at.with(d, value + delta))[d];
    return sum + (model.mobility[d] * (slope(h) - slope(-h))) / (2 * h);
  }, 0);
  return 2 / rate;
}
