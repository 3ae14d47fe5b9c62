/**
 * The graphics engine: what `Engine` does, asynchronously. It takes its noise from the same integers as the other engines;
 * its arithmetic differs in the last places, so that statistics agree, not paths.
 */

import { EMPTYING_RECORDS, SUM_PARTS, tableValues } from '../core/dynamics/engines/wgsl.ts';
import {
  type Ensemble,
  groupsOf,
  NORMALS_PURPOSE,
  type StepGraph,
  UNIFORMS_PURPOSE,
} from '../core/dynamics/step-graph.ts';
import { Problem } from '../core/message.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { type DeviceAverages, KernelBuffers } from './kernel-buffers.ts';
import { message } from './messages.ts';

/** What a dispatch should last: drivers give up after about two seconds, and the screen waits meanwhile. */
const DISPATCH_MS = 40;
/** Nothing is known of the speed before the first dispatch. */
const FIRST_WALKER_STEPS = 2 ** 16;
const MOST_GROWTH = 4;
const SHORTEST_MS = 0.1;
/** What is lost at most when the device is lost. */
const CHECKPOINT_MS = 1000;
const MOST_NUMBERS = 2 ** 32;

export interface Averages {
  readonly visits: Float64Array;
  readonly sums: Float64Array;
  readonly records: number;
}

/** Everything that a run needs to go on, on this engine or another. */
export interface Snapshot {
  readonly step: number;
  readonly state: Readonly<Record<string, Float64Array>>;
  readonly averages: Averages;
  /** Entries that have been set, by table: those of the steps to come. */
  readonly tables: Readonly<Record<string, Float64Array>>;
}

/** The device is gone, and so is the engine; the run can go on from the checkpoint. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';

  constructor(
    reason: string,
    readonly checkpoint: Snapshot,
  ) {
    super(`device lost: ${reason}`);
  }
}

/** Calls other than `read` and `averages` must wait for the promise of the one before. */
export class WgslEngine {
  step = 0;
  private readonly keys: { readonly normalsKey: number; readonly uniformsKey: number };
  /** Averages that have left the device. */
  private readonly emptied: { visits: Float64Array; sums: Float64Array };
  private recordsBefore = 0;
  private tables: Snapshot['tables'] = {};
  private stepsPerDispatch: number;
  private checkpoint: Snapshot;
  private checkpointTime = performance.now();
  /** The device holds what the host has never seen and could not compute again. */
  private touched = true;
  /** What the device holds now, as far as it has been read. */
  private latestState: Promise<Snapshot['state']> | undefined;
  private latestAverages: Promise<Averages> | undefined;

  private constructor(
    private readonly graph: StepGraph,
    private readonly ensemble: Ensemble,
    private readonly buffers: KernelBuffers,
    private readonly lost: Promise<never>,
    /** Time until the host hears of work that takes none. */
    private readonly latencyMs: number,
  ) {
    const purposeKey = (purpose: string) => new RandomStream(ensemble.seed, purpose).key[1];
    this.keys = { normalsKey: purposeKey(NORMALS_PURPOSE), uniformsKey: purposeKey(UNIFORMS_PURPOSE) };
    this.stepsPerDispatch = Math.max(1, Math.floor(FIRST_WALKER_STEPS / ensemble.walkers));
    this.emptied = this.noAverages();
    const nowhere = graph.state.map((name) => [name, new Float64Array(ensemble.walkers)]);
    this.checkpoint = {
      step: 0,
      state: Object.fromEntries(nowhere),
      averages: { ...this.noAverages(), records: 0 },
      tables: this.tables,
    };
  }

  /** Walkers start at zero. @throws Error when the device refuses or is lost */
  static async create(
    device: GPUDevice,
    graph: StepGraph,
    ensemble: Ensemble,
    parameters: Readonly<Record<string, number>>,
  ): Promise<WgslEngine> {
    if (ensemble.groupSize * EMPTYING_RECORDS >= MOST_NUMBERS) throw new RangeError('group too large');
    const lost = device.lost.then(({ message, reason }) => {
      throw new Error(message || reason);
    });
    lost.catch(() => {}); // reported by whoever waits for the device
    const buffers = await Promise.race([KernelBuffers.create(device, graph, ensemble), lost]);
    await Promise.race([buffers.finished(), lost]);
    const start = performance.now();
    await Promise.race([buffers.finished(), lost]);
    const engine = new WgslEngine(graph, ensemble, buffers, lost, performance.now() - start);
    for (const { name, values } of graph.tables ?? []) if (values) engine.setTable(name, values);
    engine.setParameters(parameters);
    return engine;
  }

  /** @throws DeviceLostError with the last checkpoint, at most about a second old */
  async advance(steps: number): Promise<void> {
    if (steps <= 0) return;
    const { stride } = this.ensemble;
    const target = this.step + steps;
    if (target * Math.max(1, this.graph.normals.length) >= MOST_NUMBERS)
      throw new Problem(message('random-numbers-used-up', {}));
    if (this.touched) await this.snapshot();
    while (this.step < target) {
      const emptying = stride * EMPTYING_RECORDS;
      const untilEmptied = emptying - (this.step % emptying);
      await this.dispatch(Math.min(target - this.step, this.stepsPerDispatch, untilEmptied));
      if (this.step % emptying === 0) await this.empty();
      else if (performance.now() - this.checkpointTime > CHECKPOINT_MS) await this.snapshot();
    }
  }

  /** New values of everything that is neither state nor noise; averages are not touched. */
  setParameters(parameters: Readonly<Record<string, number>>): void {
    this.buffers.writeTable(tableValues(this.graph, this.buffers.kernel, parameters));
  }

  /** As `Engine.setTable`. */
  setTable(name: string, values: ArrayLike<number>): void {
    const { start } = this.buffers.kernel.tables.placeFor(name, values);
    this.buffers.writeLookups(start, Float32Array.from(values));
    this.tables = { ...this.tables, [name]: Float64Array.from(values) };
    this.amend({ tables: this.tables });
  }

  /** Value of a state input for every walker. @throws DeviceLostError */
  async read(state: string): Promise<Float64Array> {
    this.latestState ??= this.readState();
    return (await this.guard(this.latestState))[state].slice();
  }

  write(state: string, values: ArrayLike<number>): void {
    const kept = Float32Array.from(values);
    this.buffers.writeState(this.graph.state.indexOf(state), kept);
    this.touch({ state: { ...this.checkpoint.state, [state]: Float64Array.from(kept) } });
  }

  /** As `Engine.averages`. @throws DeviceLostError */
  async averages(): Promise<Averages> {
    this.latestAverages ??= this.readAverages();
    const { visits, sums, records } = await this.guard(this.latestAverages);
    return { visits: visits.slice(), sums: sums.slice(), records };
  }

  resetAverages(): void {
    this.buffers.clearAverages();
    this.emptied.visits.fill(0);
    this.emptied.sums.fill(0);
    this.recordsBefore = Math.floor(this.step / this.ensemble.stride);
    this.touch({ averages: { ...this.noAverages(), records: 0 } });
  }

  /** Goes to a step of the run with the state that another engine reached there; averages begin anew. */
  goTo(step: number, state: Snapshot['state']): void {
    this.step = step;
    this.checkpoint = {
      ...{ step, state, tables: this.tables },
      averages: { ...this.noAverages(), records: 0 },
    };
    for (const [name, values] of Object.entries(state)) this.write(name, values);
    this.resetAverages();
  }

  /**
   * State and averages, read back once for all calls until the next change; not to be written to.
   * @throws DeviceLostError
   */
  async snapshot(): Promise<Snapshot> {
    const { step, tables } = this;
    this.latestState ??= this.readState();
    this.latestAverages ??= this.readAverages();
    const [state, averages] = await this.guard(Promise.all([this.latestState, this.latestAverages]));
    const snapshot = { step, state, averages, tables };
    if (this.touched || snapshot.step > this.checkpoint.step) {
      this.checkpoint = snapshot;
      this.checkpointTime = performance.now();
      this.touched = false;
    }
    return snapshot;
  }

  dispose(): void {
    this.buffers.dispose();
  }

  /** The host changes what it reads from the device. */
  private touch(change: Partial<Snapshot>): void {
    this.amend(change);
    this.forget();
  }

  /** The host changes what the device goes on with; a checkpoint of another step would not fit. */
  private amend(change: Partial<Snapshot>): void {
    if (this.checkpoint.step === this.step) this.checkpoint = { ...this.checkpoint, ...change };
    this.touched = true;
  }

  private forget(): void {
    this.latestState = undefined;
    this.latestAverages = undefined;
  }

  private async dispatch(steps: number): Promise<void> {
    const { walkers, firstWalker, stride, groupSize, seed } = this.ensemble;
    const { step } = this;
    const start = performance.now();
    this.forget();
    this.buffers.dispatch({
      ...{ walkers, firstWalker, step, steps, stride, groupSize, seed, ...this.keys },
      untilRecord: stride - (step % stride),
      record: Math.floor(step / stride),
    });
    this.step += steps;
    await this.guard(this.buffers.finished());
    this.adapt(steps, Math.max(SHORTEST_MS, performance.now() - start - this.latencyMs));
  }

  /** A dispatch that was cut short says little about longer ones, unless it was too long already. */
  private adapt(steps: number, elapsed: number): void {
    if (elapsed < DISPATCH_MS && steps < this.stepsPerDispatch) return;
    const affordable = Math.floor(steps * Math.min(MOST_GROWTH, DISPATCH_MS / elapsed));
    this.stepsPerDispatch = Math.max(1, affordable);
  }

  /** Moves the averages into doubles on the host. */
  private async empty(): Promise<void> {
    const { averages } = await this.snapshot();
    this.emptied.visits.set(averages.visits);
    this.emptied.sums.set(averages.sums);
    this.buffers.clearAverages();
    this.forget();
  }

  private async readState(): Promise<Snapshot['state']> {
    const { walkers } = this.ensemble;
    const values = await this.buffers.readState();
    const columns = this.graph.state.map((name, k) => [
      name,
      Float64Array.from(values.subarray(k * walkers, (k + 1) * walkers)),
    ]);
    return Object.fromEntries(columns);
  }

  private async readAverages(): Promise<Averages> {
    const records = Math.floor(this.step / this.ensemble.stride) - this.recordsBefore;
    return { ...this.totals(await this.buffers.readAverages()), records };
  }

  /** What has left the device and what it holds, walkers added up in doubles. */
  private totals({ visits, sums }: DeviceAverages): { visits: Float64Array; sums: Float64Array } {
    const { walkers, groupSize } = this.ensemble;
    const count = this.graph.record.sums.length;
    const totals = this.emptied.sums.slice();
    for (let k = 0; k < SUM_PARTS * count; k++) {
      const observable = Math.floor(k / SUM_PARTS);
      for (let w = 0; w < walkers; w++)
        totals[Math.floor(w / groupSize) * count + observable] += sums[k * walkers + w];
    }
    return { visits: this.emptied.visits.map((value, k) => value + visits[k]), sums: totals };
  }

  private noAverages(): { visits: Float64Array; sums: Float64Array } {
    const { bins, sums } = this.graph.record;
    const groups = groupsOf(this.ensemble);
    return { visits: new Float64Array(groups * bins), sums: new Float64Array(groups * sums.length) };
  }

  /** A wait for the device that fails when it is lost; whatever fails is lost to the run. */
  private async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.lost]);
    } catch (error) {
      throw new DeviceLostError(error instanceof Error ? error.message : String(error), this.checkpoint);
    }
  }
}
