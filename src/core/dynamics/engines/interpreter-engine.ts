/** The reference engine: a step graph interpreted in double precision. */
import { Interpreter } from '../../expression/interpret.ts';
import { NoiseSource } from '../noise-source.ts';
import {
  type Engine,
  type Ensemble,
  groupsOf,
  NORMALS_PURPOSE,
  type StepGraph,
  UNIFORMS_PURPOSE,
} from '../step-graph.ts';
import { TablePlaces } from './tables.ts';

export class InterpreterEngine implements Engine {
  step = 0;
  private readonly inputs: readonly string[];
  /** Values of all inputs: `[input * walkers + walker]`. */
  private readonly values: Float64Array;
  private readonly next: Float64Array;
  private readonly recorded: Float64Array;
  private readonly normals: NoiseSource;
  private readonly uniforms: NoiseSource;
  private readonly places: TablePlaces;
  private readonly tables: Readonly<Record<string, Float64Array>>;
  private stepProgram!: Interpreter;
  private recordProgram!: Interpreter;
  private visits: Float64Array;
  private sums: Float64Array;
  private records = 0;

  constructor(
    private readonly graph: StepGraph,
    private readonly ensemble: Ensemble,
    parameters: Readonly<Record<string, number>>,
  ) {
    const { walkers, firstWalker, seed } = ensemble;
    const { state, normals, uniforms, next, record, tables = [] } = graph;
    this.inputs = [...state, ...normals, ...uniforms];
    this.values = new Float64Array(this.inputs.length * walkers);
    this.next = new Float64Array(next.length * walkers);
    this.recorded = new Float64Array((1 + record.sums.length) * walkers);
    this.normals = new NoiseSource('normals', seed, NORMALS_PURPOSE, firstWalker, walkers, normals.length);
    this.uniforms = new NoiseSource(
      'uniforms',
      seed,
      UNIFORMS_PURPOSE,
      firstWalker,
      walkers,
      uniforms.length,
    );
    this.visits = new Float64Array(groupsOf(ensemble) * record.bins);
    this.sums = new Float64Array(groupsOf(ensemble) * record.sums.length);
    this.places = new TablePlaces(graph);
    this.tables = Object.fromEntries(
      tables.map(({ name, length, values }) => [name, values?.slice() ?? new Float64Array(length)]),
    );
    this.setParameters(parameters);
  }

  setParameters(parameters: Readonly<Record<string, number>>): void {
    const { graph, next, record, state } = this.graph;
    this.stepProgram = new Interpreter(graph, next, this.inputs, parameters, this.tables);
    const recorded = [record.place, ...record.sums];
    this.recordProgram = new Interpreter(graph, recorded, state, parameters, this.tables);
  }

  setTable(name: string, values: ArrayLike<number>): void {
    this.places.placeFor(name, values);
    this.tables[name].set(values);
  }

  advance(steps: number): void {
    const { walkers, stride } = this.ensemble;
    const { state, normals } = this.graph;
    for (let n = 0; n < steps; n++) {
      this.values.set(this.normals.at(this.step), state.length * walkers);
      this.values.set(this.uniforms.at(this.step), (state.length + normals.length) * walkers);
      this.stepProgram.evaluate(this.values, walkers, this.next);
      this.values.set(this.next);
      this.step++;
      if (this.step % stride === 0) this.record();
    }
  }

  read(state: string): Float64Array {
    const { walkers } = this.ensemble;
    const k = this.graph.state.indexOf(state);
    return this.values.slice(k * walkers, (k + 1) * walkers);
  }

  write(state: string, values: ArrayLike<number>): void {
    this.values.set(values, this.graph.state.indexOf(state) * this.ensemble.walkers);
  }

  averages() {
    return { visits: this.visits.slice(), sums: this.sums.slice(), records: this.records };
  }

  resetAverages(): void {
    this.visits.fill(0);
    this.sums.fill(0);
    this.records = 0;
  }

  private record(): void {
    const { walkers, groupSize } = this.ensemble;
    const { bins, sums } = this.graph.record;
    this.recordProgram.evaluate(this.values, walkers, this.recorded);
    this.records++;
    for (let w = 0; w < walkers; w++) {
      const group = Math.floor(w / groupSize);
      const place = this.recorded[w];
      if (place >= 0 && place < bins) this.visits[group * bins + Math.floor(place)]++;
      for (let k = 0; k < sums.length; k++)
        this.sums[group * sums.length + k] += this.recorded[(1 + k) * walkers + w];
    }
  }
}
