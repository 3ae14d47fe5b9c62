/**
 * A run of walkers: plain state, advanced in chunks of any size with the same result, tested in Node and served by the
 * simulate worker.
 */

import type { Integrator } from '../dynamics/contract.ts';
import { WasmEngine } from '../dynamics/engines/wasm-engine.ts';
import type { ChosenEngine, EngineFactory, Ensemble, RemoteEngine } from '../dynamics/step-graph.ts';
import {
  ACCEPTANCES,
  ARRIVED,
  STEPS_BEFORE_ARRIVAL,
  stepGraphOf,
  TRANSITIONS,
} from '../dynamics/step-of-system.ts';
import { divergenceOf, FREE_ENERGY_BINS, stepParameters } from '../dynamics/walkers.ts';
import { histogramFreeEnergy } from '../estimators/histogram.ts';
import { Basins } from '../exact/basins.ts';
import type { Interpreter } from '../expression/interpret.ts';
import type { Message } from '../message.ts';
import { rowsOf } from '../numerics/layout.ts';
import type { Series } from '../numerics/results.ts';
import { type Experiment, group } from '../params/experiment.ts';
import { type Setting, settingOf } from '../systems/model.ts';
import { type Regions, regionsOf, startOf } from '../systems/regions.ts';
import { type Averages, equilibrated } from './equilibrated.ts';
import type { Passages, SimulationChange, SimulationFrame } from './frames.ts';
import type { SamplingFamilies } from './method.ts';
import { MotionRecord } from './motion-record.ts';

/** WebAssembly in this thread. */
const inThisThread: EngineFactory = (graph, ensemble, parameters, start) => {
  const engine = new WasmEngine(graph, ensemble, parameters);
  for (const [name, values] of Object.entries(start)) engine.write(name, values);
  return { id: 'wasm', parts: 1, engine };
};

/** Steps between two entries in the averages. */
const RECORD_STRIDE = 10;
/** Whose sums are recorded: the cv, its square, the energy. */
const OBSERVABLES = 3;
/** Looks at the averages during a run, by which its beginning is told. */
const LOOKS = 32;
const LANES = 4;
const MOST_GROUPS = 32;
/** A whole run leaves about this many points of the trace, frames hold at most MOST_TRACE_POINTS. */
const TRACE_POINTS = 1000;
const MOST_TRACE_POINTS = 2000;
/** Walker-steps between two looks at the clock, at most. */
const LARGEST_CHUNK = 100_000;

export class SimulationRun {
  readonly totalSteps: number;
  private setting: Setting;
  private readonly integrator: Integrator;
  private readonly dt: number;
  private readonly walkers: number;
  /** Steps between two looks at the walkers: a function of the experiment, so that chunks change nothing. */
  private readonly quantum: number;
  private readonly start: readonly number[];
  private readonly regions: Regions | null;
  private chosen!: ChosenEngine;
  private observe!: readonly Interpreter[];
  private cvProgram!: Interpreter;
  private basins!: Basins | null;
  /** Averages at equal distances of time, since they were last reset. */
  private looks: Averages[] = [];
  private readonly lookEvery: number;
  /** Slow variable of the first walker after each quantum. */
  private readonly trace: number[] = [];
  private divergence: Message | null = null;
  /** Since averages were last reset. */
  private motion: MotionRecord;

  private constructor(
    private readonly families: SamplingFamilies,
    private readonly experiment: Experiment,
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
    this.lookEvery = Math.max(1, Math.ceil(this.totalSteps / LOOKS));
    const { model } = this.setting;
    this.start = startOf(experiment, model.system);
    this.regions = regionsOf(experiment, model.system);
    this.look(this.setting);
    this.motion = this.newMotion();
  }

  /** @throws Error when the integrator cannot be used with the system, or the engine cannot be made */
  static async create(
    families: SamplingFamilies,
    experiment: Experiment,
    makeEngine: EngineFactory = inThisThread,
  ): Promise<SimulationRun> {
    const run = new SimulationRun(families, experiment);
    await run.makeEngine(experiment, makeEngine);
    return run;
  }

  private async makeEngine(experiment: Experiment, makeEngine: EngineFactory): Promise<void> {
    const { model, cv } = this.setting;
    const ensemble: Ensemble = {
      walkers: this.walkers,
      firstWalker: 0,
      seed: experiment.seed,
      stride: RECORD_STRIDE,
      groupSize: LANES * Math.ceil(this.walkers / MOST_GROUPS / LANES),
    };
    const graph = stepGraphOf(model, this.integrator, cv, FREE_ENERGY_BINS, this.regions);
    const start = model
      .stateAt(this.start)
      .map((value, d) => [model.state[d], new Float64Array(this.walkers).fill(value)]);
    const parameters = stepParameters(this.setting, experiment);
    this.chosen = await makeEngine(graph, ensemble, parameters, Object.fromEntries(start));
  }

  private get engine(): RemoteEngine {
    return this.chosen.engine;
  }

  get step(): number {
    return this.engine.step;
  }

  get done(): boolean {
    return this.step >= this.totalSteps || this.divergence !== null;
  }

  /** Advances until `steps` more are taken, the run is done, or `outOfTime` says so. */
  async advance(steps: number, outOfTime: () => boolean = () => false): Promise<void> {
    const target = Math.min(this.totalSteps, this.step + steps);
    while (this.step < target && !this.divergence) {
      const boundary = this.quantum * (Math.floor(this.step / this.quantum) + 1);
      const look = this.lookEvery * (Math.floor(this.step / this.lookEvery) + 1);
      await this.engine.advance(Math.min(target, boundary, look) - this.step);
      if (this.step === boundary) await this.inspect();
      if (this.step % this.lookEvery === 0) this.looks.push(await this.engine.averages());
      if (outOfTime()) return;
    }
  }

  /** Takes over another temperature and other parameters of the same system, and places of walkers; averages begin anew. */
  async patch({ experiment, places = [] }: SimulationChange): Promise<void> {
    if (experiment) {
      const { model, cv } = this.setting;
      this.setting = settingOf(experiment, this.families, model);
      // Basins take a while, and the temperature moves none.
      if (this.setting.model !== model || this.setting.cv !== cv) this.look(this.setting);
      await this.engine.setParameters(stepParameters(this.setting, experiment));
    }
    for (const { walker, at } of places) await this.place(walker, at);
    this.looks = [];
    this.motion = this.newMotion();
    await this.engine.resetAverages();
  }

  dispose(): void {
    this.engine.dispose?.();
  }

  private async place(walker: number, at: readonly number[]): Promise<void> {
    const { model } = this.setting;
    for (const [d, value] of model.stateAt(at).entries()) {
      const values = await this.engine.read(model.state[d]);
      values[walker] = value;
      await this.engine.write(model.state[d], values);
    }
  }

  /** Coordinates of the walkers, one after the other: `[coordinate * walkers + walker]`. */
  private async coordinates(): Promise<Float64Array> {
    const { model } = this.setting;
    const state = new Float64Array(model.state.length * this.walkers);
    for (const [d, name] of model.state.entries()) state.set(await this.engine.read(name), d * this.walkers);
    if (!model.system.hidden) return state;
    const seen = new Float64Array(model.dimension * this.walkers);
    this.observe.forEach((program, d) => {
      program.evaluate(state, this.walkers, seen.subarray(d * this.walkers));
    });
    return seen;
  }

  /** Positions, walker after walker. */
  async positions(): Promise<Float32Array> {
    return rowsOf(await this.coordinates(), this.walkers);
  }

  get forceEvaluations(): number {
    return this.step * this.walkers * this.integrator.forces;
  }

  async frame(): Promise<SimulationFrame> {
    const { model, cv } = this.setting;
    const { visits, sums, records, discarded, settled } = equilibrated(
      this.looks,
      await this.engine.averages(),
      OBSERVABLES,
    );
    const q = await this.coordinates();
    return {
      engine: { id: this.chosen.id, parts: this.chosen.parts },
      time: this.step * this.dt,
      step: this.step,
      done: this.done,
      walkers: { dimension: model.dimension, values: rowsOf(q, this.walkers) },
      trace: this.traceSeries(),
      freeEnergy: histogramFreeEnergy(visits, visits.length / FREE_ENERGY_BINS, cv.range),
      discarded: discarded * RECORD_STRIDE * this.dt,
      settled,
      moments: momentsOf(sums, records, this.walkers, model.energyOffset),
      motion: this.motion.estimate(discarded * RECORD_STRIDE * this.dt, this.done),
      ...this.whereabouts(q),
      passages: await this.passages(),
      acceptance: await this.acceptance(),
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
  private async inspect(): Promise<void> {
    const { model } = this.setting;
    const q = await this.coordinates();
    this.divergence = divergenceOf(model, q, { start: this.start, dt: this.dt, step: this.step });
    if (!q.every(Number.isFinite)) return;
    const first = Array.from({ length: model.dimension }, (_, d) => q[d * this.walkers]);
    this.trace.push(this.cvProgram.at(first)[0]);
    await this.motion.note(q, this.cvProgram, (name) => this.engine.read(name));
  }

  private newMotion(): MotionRecord {
    const spacing = this.quantum * this.dt;
    return new MotionRecord(this.setting, this.experiment, this.integrator, {
      spacing,
      looks: Math.ceil(this.totalSteps / this.quantum),
    });
  }

  private traceSeries(): Series {
    const stride = Math.ceil(this.trace.length / MOST_TRACE_POINTS) || 1;
    const kept = this.trace.filter((_, i) => i % stride === 0);
    const spacing = this.quantum * this.dt;
    return { x: Float64Array.from(kept, (_, i) => (i * stride + 1) * spacing), y: Float64Array.from(kept) };
  }

  /** Walkers in the basin of each stated minimum, and outside the one in which all started. */
  private whereabouts(q: Float64Array): Pick<SimulationFrame, 'escaped' | 'populations'> {
    if (!this.basins) return { escaped: 0, populations: null };
    const { dimension, system } = this.setting.model;
    const populations = new Float64Array(system.facts.minima.length);
    const home = this.basins.at(...this.start);
    let escaped = 0;
    const at = new Array<number>(dimension);
    for (let w = 0; w < this.walkers; w++) {
      for (let d = 0; d < dimension; d++) at[d] = q[d * this.walkers + w];
      const well = this.basins.at(...at);
      if (well >= 0) populations[well]++;
      if (well !== home) escaped++;
    }
    return { escaped, populations };
  }

  private async passages(): Promise<Passages | null> {
    if (!this.regions) return null;
    const arrived = await this.engine.read(ARRIVED);
    const steps = await this.engine.read(STEPS_BEFORE_ARRIVAL);
    const transitions = await this.engine.read(TRANSITIONS);
    const times = steps.map((n) => n * this.dt);
    return {
      arrivals: times.filter((_, w) => arrived[w] > 0),
      waiting: times.filter((_, w) => arrived[w] === 0),
      transitions: transitions.reduce((a, b) => a + b, 0),
    };
  }

  private async acceptance(): Promise<number | null> {
    if (!this.integrator.acceptance || this.step === 0) return null;
    return mean(await this.engine.read(ACCEPTANCES)) / this.step;
  }
}

/**
 * Means over walkers and records of the cv, its square and the energy; NaN before the first record.
 * @param energyOffset what the recorded energies leave out
 */
function momentsOf(
  sums: Float64Array,
  records: number,
  walkers: number,
  energyOffset: number,
): SimulationFrame['moments'] {
  const means = [0, 1, 2].map((k) => {
    const total = sums.reduce((sum, value, i) => (i % OBSERVABLES === k ? sum + value : sum), 0);
    return total / (records * walkers);
  });
  return { cv: means[0], cvSquared: means[1], energy: means[2] + energyOffset };
}

function mean(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
