/** The fast engine: a step graph as a WebAssembly SIMD module, made at run time, the same bits in every browser. */
import { Interpreter } from '../../expression/interpret.ts';
import { Problem } from '../../message.ts';
import { RandomStream } from '../../numerics/random.ts';
import { message } from '../messages.ts';
import {
  type Engine,
  type Ensemble,
  groupsOf,
  NORMALS_PURPOSE,
  type StepGraph,
  UNIFORMS_PURPOSE,
} from '../step-graph.ts';
import { advanceArguments, type CompiledKernel, compileKernel } from './kernel.ts';

const LANES = 4;
/** The counter of the noise is a 32-bit number. */
const MOST_NUMBERS = 2 ** 32;

interface Exports {
  readonly memory: WebAssembly.Memory;
  advance(...args: number[]): void;
}

export class WasmEngine implements Engine {
  step = 0;
  private readonly exports: Exports;
  private readonly layout: CompiledKernel['layout'];
  private readonly purposes: readonly [number, number];
  private readonly groups: number;
  private records = 0;

  /** @throws Error (CompileError) where WebAssembly SIMD is missing */
  constructor(
    private readonly graph: StepGraph,
    private readonly ensemble: Ensemble,
    parameters: Readonly<Record<string, number>>,
  ) {
    this.groups = groupsOf(ensemble);
    const { bytes, layout } = compileKernel(graph, ensemble.walkers, this.groups);
    this.layout = layout;
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Exports;
    const purposeKey = (purpose: string) => new RandomStream(ensemble.seed, purpose).key[1];
    this.purposes = [purposeKey(NORMALS_PURPOSE), purposeKey(UNIFORMS_PURPOSE)];
    for (const { name, values } of graph.tables ?? []) if (values) this.setTable(name, values);
    this.setParameters(parameters);
  }

  setParameters(parameters: Readonly<Record<string, number>>): void {
    const { table } = this.layout;
    if (table.length === 0) return;
    const values = new Interpreter(this.graph.graph, table, [], parameters).at([]);
    const view = new Float32Array(this.exports.memory.buffer, 0, table.length * LANES);
    values.forEach((value, k) => {
      view.fill(value, k * LANES, (k + 1) * LANES);
    });
  }

  setTable(name: string, values: ArrayLike<number>): void {
    const { lookups, tables } = this.layout;
    const { start, length } = tables.placeFor(name, values);
    const address = lookups + start * Float32Array.BYTES_PER_ELEMENT;
    new Float32Array(this.exports.memory.buffer, address, length).set(values);
  }

  advance(steps: number): void {
    if (steps <= 0) return;
    const { walkers, firstWalker, stride, groupSize, seed } = this.ensemble;
    if ((this.step + steps) * Math.max(1, this.graph.normals.length) >= MOST_NUMBERS)
      throw new Problem(message('random-numbers-spent', {}));
    const untilRecord = stride - (this.step % stride);
    this.exports.advance(
      ...advanceArguments(
        { walkers, firstWalker, step: this.step, steps, untilRecord, stride, groupSize, seed },
        this.purposes,
      ),
    );
    const before = Math.floor(this.step / stride);
    this.step += steps;
    this.records += Math.floor(this.step / stride) - before;
  }

  read(state: string): Float64Array {
    return Float64Array.from(this.view(state).subarray(0, this.ensemble.walkers));
  }

  write(state: string, values: ArrayLike<number>): void {
    const view = this.view(state);
    view.set(values);
    // Lanes without a walker run along: they repeat the last one.
    view.fill(values[values.length - 1], values.length);
  }

  averages() {
    const count = this.graph.record.sums.length;
    const sums = new Float64Array(this.groups * count);
    const quads = this.sumsView();
    for (let k = 0; k < quads.length; k++) {
      const group = Math.floor((LANES * Math.floor(k / count)) / this.ensemble.groupSize);
      sums[group * count + (k % count)] += quads[k];
    }
    return { visits: this.visitsView().slice(), sums, records: this.records };
  }

  resetAverages(): void {
    this.visitsView().fill(0);
    this.sumsView().fill(0);
    this.records = 0;
  }

  private view(state: string): Float32Array {
    const { state: start, stateStride } = this.layout;
    const k = this.graph.state.indexOf(state);
    const length = stateStride / Float32Array.BYTES_PER_ELEMENT;
    return new Float32Array(this.exports.memory.buffer, start + k * stateStride, length);
  }

  private visitsView(): Float64Array {
    return new Float64Array(
      this.exports.memory.buffer,
      this.layout.visits,
      this.groups * this.graph.record.bins,
    );
  }

  private sumsView(): Float64Array {
    const quads = Math.ceil(this.ensemble.walkers / LANES);
    const length = quads * this.graph.record.sums.length;
    return new Float64Array(this.exports.memory.buffer, this.layout.sums, length);
  }
}
