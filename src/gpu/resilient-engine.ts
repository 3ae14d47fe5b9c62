/** The graphics engine that outlives its device: when the device is lost, the run goes on in WebAssembly. */
import type { Ensemble, RemoteEngine, StepGraph } from '../core/dynamics/step-graph.ts';
import { ResumedEngine } from './resumed-engine.ts';
import { DeviceLostError, WgslEngine } from './wgsl-engine.ts';

export class ResilientEngine implements RemoteEngine {
  private engine: WgslEngine | ResumedEngine;
  private readonly tables = new Map<string, Float64Array>();

  private constructor(
    private readonly device: GPUDevice,
    private readonly graph: StepGraph,
    private readonly ensemble: Ensemble,
    private parameters: Readonly<Record<string, number>>,
    engine: WgslEngine,
  ) {
    this.engine = engine;
  }

  /** @throws Error when the device refuses or is lost meanwhile */
  static async create(
    device: GPUDevice,
    graph: StepGraph,
    ensemble: Ensemble,
    parameters: Readonly<Record<string, number>>,
  ): Promise<ResilientEngine> {
    const engine = await WgslEngine.create(device, graph, ensemble, parameters);
    return new ResilientEngine(device, graph, ensemble, parameters, engine);
  }

  get step(): number {
    return this.engine.step;
  }

  async advance(steps: number): Promise<void> {
    const target = this.step + steps;
    await this.surviving((engine) => engine.advance(target - engine.step));
  }

  setParameters(parameters: Readonly<Record<string, number>>): void {
    this.parameters = parameters;
    this.engine.setParameters(parameters);
  }

  setTable(name: string, values: ArrayLike<number>): void {
    this.engine.setTable(name, values);
    this.tables.set(name, Float64Array.from(values));
  }

  read(state: string): Promise<Float64Array> {
    return this.surviving((engine) => engine.read(state));
  }

  write(state: string, values: ArrayLike<number>): void {
    this.engine.write(state, values);
  }

  averages() {
    return this.surviving((engine) => engine.averages());
  }

  resetAverages(): void {
    this.engine.resetAverages();
  }

  /** Ends the device too: it was made for this engine. */
  dispose(): void {
    this.device.destroy();
  }

  /** Does the work, on WebAssembly if the device is lost over it. */
  private async surviving<T>(work: (engine: WgslEngine | ResumedEngine) => T | Promise<T>): Promise<T> {
    const target = this.step;
    try {
      return await work(this.engine);
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
      this.engine = new ResumedEngine(this.graph, this.ensemble, this.parameters, error.checkpoint);
      // The steps between were taken with the tables of the checkpoint.
      this.engine.advance(target - this.engine.step);
      for (const [name, values] of this.tables) this.engine.setTable(name, values);
      return work(this.engine);
    }
  }
}
