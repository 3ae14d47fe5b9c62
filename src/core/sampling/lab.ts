/** What a method works with: one system at one temperature, ensembles of walkers, and a budget of force evaluations. */

import { harmonicBias } from '../dynamics/bias-term.ts';
import type { DynamicsFamilies, Integrator } from '../dynamics/contract.ts';
import { WasmEngine } from '../dynamics/engines/wasm-engine.ts';
import type { Divergence } from '../dynamics/messages.ts';
import { type Biased, KT, stepGraphOf } from '../dynamics/step-of-system.ts';
import { divergenceOf, stepParameters } from '../dynamics/walkers.ts';
import type { EstimatorFamilies } from '../estimators/contract.ts';
import { stateInput } from '../expression/inputs.ts';
import type { Interpreter } from '../expression/interpret.ts';
import { RandomStream } from '../numerics/random.ts';
import { type Experiment, group } from '../params/experiment.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import { type Setting, type SystemModel, settingOf } from '../systems/model.ts';
import { startOf } from '../systems/regions.ts';

const LANES = 4;
/** Averages of the engine are not used: methods look at the walkers themselves. */
const NO_RECORDS = 2 ** 30;

export class Lab {
  readonly setting: Setting;
  readonly integrator: Integrator;
  readonly dt: number;
  readonly seed: number;
  /** Force evaluations in all. */
  readonly budget: number;
  /** Coordinates at which walkers start. */
  readonly start: readonly number[];
  private used = 0;
  private walkersMade = 0;
  private readonly ensembles: BiasedEnsemble[] = [];
  private readonly parameters: Readonly<Record<string, number>>;

  constructor(
    readonly families: DynamicsFamilies & EstimatorFamilies,
    readonly experiment: Experiment,
  ) {
    this.setting = settingOf(experiment, families);
    this.integrator = families.integrators[experiment.integrator];
    this.dt = group(experiment, 'integrator').dt as number;
    this.seed = experiment.seed;
    this.budget = experiment.budget;
    this.start = startOf(experiment, this.model.system);
    this.parameters = stepParameters(this.setting, experiment);
  }

  get model(): SystemModel {
    return this.setting.model;
  }

  get kT(): number {
    return this.setting.kT;
  }

  get cv(): CollectiveVariable {
    return this.setting.cv;
  }

  /** Force (and energy) evaluations so far. */
  get spent(): number {
    return this.used;
  }

  /** Steps that each of `walkers` walkers can still take. */
  stepsLeft(walkers: number): number {
    return Math.floor((this.budget - this.used) / (walkers * this.integrator.forces));
  }

  /** @throws Error if the budget does not hold so much */
  charge(evaluations: number): void {
    if (this.used + evaluations > this.budget) throw new Error('budget spent');
    this.used += evaluations;
  }

  /** Random numbers for anything but the noise of walkers. */
  random(purpose: string): RandomStream {
    return new RandomStream(this.seed, purpose);
  }

  /** Walkers that all start at `start`, with noise of their own. @param biased what they feel; nothing if absent */
  ensemble(walkers: number, biased: Biased | null = null): BiasedEnsemble {
    const ensemble = new BiasedEnsemble(this, walkers, this.walkersMade, biased, this.parameters);
    this.walkersMade += LANES * Math.ceil(walkers / LANES);
    this.ensembles.push(ensemble);
    return ensemble;
  }

  /** Walkers that each feel a spring along the cv: the inputs `CENTER` and `SPRING_CONSTANT`. */
  restrained(walkers: number): BiasedEnsemble {
    return this.ensemble(walkers, { bias: harmonicBias(this.cv), cvs: [this.cv.value] });
  }

  /** What has gone wrong with walkers, or null. */
  divergence(): Divergence | null {
    for (const ensemble of this.ensembles) {
      const problem = ensemble.divergence();
      if (problem) return problem;
    }
    return null;
  }
}

/** Walkers under a bias. Layout of everything: `[number * walkers + walker]`. */
export class BiasedEnsemble {
  private readonly engine: WasmEngine;
  private readonly observe: readonly Interpreter[];
  private readonly programs = new Map<string, Interpreter>();
  private readonly memory: readonly string[];

  constructor(
    private readonly lab: Lab,
    readonly walkers: number,
    firstWalker: number,
    biased: Biased | null,
    parameters: Readonly<Record<string, number>>,
  ) {
    const { model, integrator, cv, seed, kT, start } = lab;
    const graph = stepGraphOf(model, integrator, cv, 1, null, biased);
    const ensemble = {
      walkers,
      firstWalker,
      seed,
      stride: NO_RECORDS,
      groupSize: LANES * Math.ceil(walkers / LANES),
    };
    this.engine = new WasmEngine(graph, ensemble, parameters);
    this.observe = model.observed.map((node) => model.ofStates(node));
    this.memory = (integrator.memory ?? []).flatMap((name) => model.state.map((_, d) => stateInput(name, d)));
    model.stateAt(start).forEach((value, d) => {
      this.set(model.state[d], new Float64Array(walkers).fill(value));
    });
    if (biased?.ownTemperature) this.set(KT, new Float64Array(walkers).fill(kT));
  }

  /** Takes `steps`, or as many as the budget still holds; returns how many that were. */
  advance(steps: number): number {
    const taken = Math.min(steps, this.lab.stepsLeft(this.walkers));
    this.lab.charge(taken * this.walkers * this.lab.integrator.forces);
    this.engine.advance(taken);
    return taken;
  }

  /** Writes an input of the bias, one number for each walker. */
  set(input: string, values: ArrayLike<number>): void {
    this.engine.write(input, values);
  }

  get(input: string): Float64Array {
    return this.engine.read(input);
  }

  /** New entries of a table of the bias, for the steps to come. @throws RangeError for an unknown name or another length */
  setTable(name: string, values: ArrayLike<number>): void {
    this.engine.setTable(name, values);
  }

  /** State of the walkers (the hidden coordinates where there are any). */
  states(): Float64Array {
    const { state } = this.lab.model;
    const all = new Float64Array(state.length * this.walkers);
    state.forEach((name, d) => {
      all.set(this.engine.read(name), d * this.walkers);
    });
    return all;
  }

  /** Everything that a walker carries from step to step, to be given to `place`. */
  snapshot(): Float64Array {
    const names = [...this.lab.model.state, ...this.memory];
    const all = new Float64Array(names.length * this.walkers);
    names.forEach((name, d) => {
      all.set(this.engine.read(name), d * this.walkers);
    });
    return all;
  }

  /** Takes over a snapshot of as many walkers. A shorter one, of states alone, leaves no memory of steps before. */
  place(snapshot: Float64Array): void {
    const names = [...this.lab.model.state, ...this.memory];
    names.forEach((name, d) => {
      const values = snapshot.subarray(d * this.walkers, (d + 1) * this.walkers);
      this.engine.write(name, values.length > 0 ? values : new Float64Array(this.walkers));
    });
  }

  /** Coordinates as they are seen. */
  coordinates(): Float64Array {
    const states = this.states();
    if (!this.lab.model.system.hidden) return states;
    const seen = new Float64Array(this.lab.model.dimension * this.walkers);
    this.observe.forEach((program, d) => {
      program.evaluate(states, this.walkers, seen.subarray(d * this.walkers));
    });
    return seen;
  }

  /** Values of an expression in the coordinates; costs no force evaluation. */
  values(expression: string, coordinates = this.coordinates()): Float64Array {
    let program = this.programs.get(expression);
    if (!program) {
      program = this.lab.model.observable(expression);
      this.programs.set(expression, program);
    }
    const out = new Float64Array(this.walkers);
    program.evaluate(coordinates, this.walkers, out);
    return out;
  }

  /** The collective variable of each walker. */
  cv(): Float64Array {
    return this.values(this.lab.cv.value);
  }

  /** U of each walker, without the bias; each costs an evaluation. @throws Error if the budget does not hold them */
  energies(): Float64Array {
    this.lab.charge(this.walkers);
    const out = new Float64Array(this.walkers);
    this.lab.model.energy(this.coordinates(), this.walkers, out);
    return out;
  }

  divergence(): Divergence | null {
    const { model, start, dt } = this.lab;
    return divergenceOf(model, this.coordinates(), { start, dt, step: this.engine.step });
  }
}
