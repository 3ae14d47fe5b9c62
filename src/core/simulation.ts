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
import type { Families, Integrator, StationaryPoint, System } from './families.ts';
import { type Model, type Setting, settingOf } from './model.ts';
import type { SimulationFrame } from './protocol.ts';
import { stepGraphOf } from './step.ts';
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
  private basins: Basins;
  private readonly startBasin: number;
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
    const ensemble: Ensemble = {
      walkers: this.walkers,
      firstWalker: 0,
      seed: experiment.seed,
      stride: RECORD_STRIDE,
      groupSize: LANES * Math.ceil(this.walkers / MOST_GROUPS / LANES),
    };
    const graph = stepGraphOf(model, this.integrator, cv, FREE_ENERGY_BINS);
    this.engine = new ENGINES[engine](graph, ensemble, parametersOf(this.setting, experiment));
    this.basins = new Basins(model);
    const start = startOf(model.system);
    this.startBasin = model.system.facts.minima.indexOf(start);
    model.system.coordinates.forEach((name, d) => {
      this.engine.write(name, new Float64Array(this.walkers).fill(start.at[d]));
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
      if (this.step === boundary) this.look();
      if (outOfTime()) return;
    }
  }

  /** Takes over another temperature and other parameters of the same system; averages begin anew. */
  patch(experiment: Experiment): void {
    this.setting = settingOf(experiment, this.families);
    this.basins = new Basins(this.setting.model);
    this.engine.setParameters(parametersOf(this.setting, experiment));
    this.engine.resetAverages();
  }

  /** Positions, walker after walker. */
  positions(): Float32Array {
    const { coordinates } = this.setting.model.system;
    const out = new Float32Array(coordinates.length * this.walkers);
    coordinates.forEach((name, d) => {
      this.engine.read(name).forEach((value, w) => {
        out[w * coordinates.length + d] = value;
      });
    });
    return out;
  }

  get forceEvaluations(): number {
    return this.step * this.walkers * this.integrator.forces;
  }

  frame(): SimulationFrame {
    const { model, cv } = this.setting;
    const { visits } = this.engine.averages();
    return {
      time: this.step * this.dt,
      step: this.step,
      done: this.done,
      walkers: { dimension: model.dimension, values: this.positions() },
      trace: this.traceSeries(),
      freeEnergy: histogramFreeEnergy(visits, visits.length / FREE_ENERGY_BINS, cv.range),
      escaped: this.escaped(),
      forceEvaluations: this.forceEvaluations,
      divergence: this.divergence,
    };
  }

  /** Notes where the first walker is, and whether any has been thrown out. */
  private look(): void {
    const { model, cvCoordinate } = this.setting;
    const { coordinates, domain } = model.system;
    this.trace.push(this.engine.read(coordinates[cvCoordinate])[0]);
    const inReach = coordinates.every((name, d) => {
      const [low, high] = domain[d];
      const reach = THROWN_OUT * (high - low);
      return this.engine.read(name).every((value) => Math.abs(value - (low + high) / 2) < reach);
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
    const [x, y] = this.setting.model.system.coordinates.map((name) => this.engine.read(name));
    return x.reduce(
      (count, value, w) => count + (this.basins.at(value, y[w]) === this.startBasin ? 0 : 1),
      0,
    );
  }

  private explainDivergence(): string {
    const safe = SAFE_SHARE * stableTimeStep(this.setting.model, startOf(this.setting.model.system));
    return (
      `The time step ${this.dt} is too long: walkers were thrown out of the potential after ${this.step} steps. ` +
      `Try ${safe.toPrecision(1)} or less.`
    );
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

export function startOf(system: System): StationaryPoint {
  const start = system.facts.minima.find(({ name }) => name === system.start);
  if (!start) throw new Error(`${system.title} states no minimum named "${system.start}"`);
  return start;
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
