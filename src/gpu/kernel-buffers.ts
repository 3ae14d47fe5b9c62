/** A compiled kernel on a device with its buffers: submits dispatches, reads everything back in one go. */

import {
  BINDINGS,
  ENTRY_POINT,
  RUN_WORDS,
  type RunWords,
  runWords,
  SUM_PARTS,
  WORKGROUP_SIZE,
  wgslKernel,
} from '../core/dynamics/engines/wgsl.ts';
import { type Ensemble, groupsOf, type StepGraph } from '../core/dynamics/step-graph.ts';
import { Problem } from '../core/message.ts';
import { message } from './messages.ts';

/** Flags of the WebGPU standard, whose names are absent outside browsers. */
const USAGE = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 };
const MAP_READ = 0x1;
const COMPUTE_STAGE = 0x4;
const WORD_BYTES = 4;

/** Averages on the device: visits of each group, sums of each walker (`[(observable * SUM_PARTS + part) * walkers + w]`). */
export interface DeviceAverages {
  readonly visits: Uint32Array;
  readonly sums: Float32Array;
}

export class KernelBuffers {
  readonly kernel;
  private readonly run: GPUBuffer;
  private readonly table: GPUBuffer;
  private readonly state: GPUBuffer;
  private readonly visits: GPUBuffer;
  private readonly sums: GPUBuffer;
  private readonly lookups: GPUBuffer;
  private readonly stateReadback: GPUBuffer;
  private readonly averagesReadback: GPUBuffer;
  private readonly workgroups: number;
  private pipeline!: GPUComputePipeline;
  private bindings!: GPUBindGroup;

  private constructor(
    private readonly device: GPUDevice,
    private readonly graph: StepGraph,
    private readonly ensemble: Ensemble,
  ) {
    const { walkers } = ensemble;
    this.kernel = wgslKernel(graph);
    this.workgroups = Math.ceil(walkers / WORKGROUP_SIZE);
    const { storage, uniform, copySource, copyTarget, mapRead } = USAGE;
    const kept = storage | copySource | copyTarget;
    this.run = this.buffer(RUN_WORDS, uniform | copyTarget);
    this.table = this.buffer(this.kernel.table.length, storage | copyTarget);
    this.state = this.buffer(graph.state.length * walkers, kept);
    this.visits = this.buffer(groupsOf(ensemble) * graph.record.bins, kept);
    this.sums = this.buffer(SUM_PARTS * graph.record.sums.length * walkers, kept);
    this.lookups = this.buffer(this.kernel.tables.entries, storage | copyTarget);
    this.stateReadback = this.buffer(this.state.size / WORD_BYTES, mapRead | copyTarget);
    this.averagesReadback = this.buffer(
      (this.visits.size + this.sums.size) / WORD_BYTES,
      mapRead | copyTarget,
    );
  }

  /** @throws Error when the device refuses the kernel or its buffers */
  static async create(device: GPUDevice, graph: StepGraph, ensemble: Ensemble): Promise<KernelBuffers> {
    if (ensemble.walkers > WORKGROUP_SIZE * device.limits.maxComputeWorkgroupsPerDimension)
      throw new Problem(message('device-too-small', { walkers: ensemble.walkers }));
    device.pushErrorScope('validation');
    device.pushErrorScope('out-of-memory');
    const made = new KernelBuffers(device, graph, ensemble);
    const compiled = made.compile();
    const faults = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
    await compiled.catch((error: unknown) => {
      made.dispose();
      throw error;
    });
    const fault = faults.find((found) => found !== null);
    if (fault) {
      made.dispose();
      throw new Problem(message('device-refuses', { detail: fault.message }));
    }
    return made;
  }

  private buffer(words: number, usage: number): GPUBuffer {
    // Empty buffers cannot be bound.
    return this.device.createBuffer({ size: Math.max(1, words) * WORD_BYTES, usage });
  }

  private async compile(): Promise<void> {
    const { device } = this;
    const types = {
      ...({ run: 'uniform', table: 'read-only-storage', lookups: 'read-only-storage' } as const),
      ...({ state: 'storage', visits: 'storage', sums: 'storage' } as const),
    };
    const names = ['run', 'table', 'state', 'visits', 'sums', 'lookups'] as const;
    const layout = device.createBindGroupLayout({
      entries: names.map((name) => ({
        binding: BINDINGS[name],
        visibility: COMPUTE_STAGE,
        buffer: { type: types[name] },
      })),
    });
    this.bindings = device.createBindGroup({
      layout,
      entries: names.map((name) => ({ binding: BINDINGS[name], resource: { buffer: this[name] } })),
    });
    this.pipeline = await device.createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module: device.createShaderModule({ code: this.kernel.source }), entryPoint: ENTRY_POINT },
    });
  }

  dispatch(words: RunWords): void {
    this.device.queue.writeBuffer(this.run, 0, runWords(words));
    const encoder = this.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(this.pipeline);
    pass.setBindGroup(0, this.bindings);
    pass.dispatchWorkgroups(this.workgroups);
    pass.end();
    this.device.queue.submit([encoder.finish()]);
  }

  /** Resolves when all that was submitted has been computed. */
  finished(): Promise<void> {
    return this.device.queue.onSubmittedWorkDone();
  }

  writeTable(values: Float32Array<ArrayBuffer>): void {
    this.device.queue.writeBuffer(this.table, 0, values);
  }

  /** @param start number of the first entry among those of all tables */
  writeLookups(start: number, values: Float32Array<ArrayBuffer>): void {
    this.device.queue.writeBuffer(this.lookups, start * WORD_BYTES, values);
  }

  writeState(index: number, values: Float32Array<ArrayBuffer>): void {
    this.device.queue.writeBuffer(this.state, index * this.ensemble.walkers * WORD_BYTES, values);
  }

  clearAverages(): void {
    const encoder = this.device.createCommandEncoder();
    encoder.clearBuffer(this.visits);
    encoder.clearBuffer(this.sums);
    this.device.queue.submit([encoder.finish()]);
  }

  /** State inputs, one after the other. One call at a time. */
  async readState(): Promise<Float32Array> {
    const bytes = await this.readBack([this.state], this.stateReadback);
    return new Float32Array(bytes, 0, this.graph.state.length * this.ensemble.walkers);
  }

  /** One call at a time. */
  async readAverages(): Promise<DeviceAverages> {
    const bytes = await this.readBack([this.visits, this.sums], this.averagesReadback);
    const { bins, sums } = this.graph.record;
    return {
      visits: new Uint32Array(bytes, 0, groupsOf(this.ensemble) * bins),
      sums: new Float32Array(bytes, this.visits.size, SUM_PARTS * sums.length * this.ensemble.walkers),
    };
  }

  dispose(): void {
    const { run, table, state, visits, sums, lookups, stateReadback, averagesReadback } = this;
    const all = [run, table, state, visits, sums, lookups, stateReadback, averagesReadback];
    for (const buffer of all) buffer.destroy();
  }

  private async readBack(sources: readonly GPUBuffer[], target: GPUBuffer): Promise<ArrayBuffer> {
    const encoder = this.device.createCommandEncoder();
    let end = 0;
    for (const source of sources) {
      encoder.copyBufferToBuffer(source, 0, target, end, source.size);
      end += source.size;
    }
    this.device.queue.submit([encoder.finish()]);
    await target.mapAsync(MAP_READ);
    const bytes = target.getMappedRange().slice(0);
    target.unmap();
    return bytes;
  }
}
