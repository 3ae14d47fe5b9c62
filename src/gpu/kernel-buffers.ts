/** A compiled kernel on a device with its buffers: submits dispatches, reads everything back in one go. */
import {
  BINDINGS,
  ENTRY_POINT,
  type RunWords,
  runWords,
  SUM_PARTS,
  WORKGROUP_SIZE,
  wgslKernel,
} from '../core/engines/wgsl.ts';
import { type Ensemble, groupsOf, type StepGraph } from '../core/step-graph.ts';

/** Flags of the WebGPU standard, whose names are absent outside browsers. */
const USAGE = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 };
const MAP_READ = 0x1;
const COMPUTE_STAGE = 0x4;
const WORD_BYTES = 4;
const RUN_BYTES = 64;

export interface Contents {
  readonly state: Float32Array;
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
  private readonly readback: GPUBuffer;
  private readonly groups: number;
  private pipeline!: GPUComputePipeline;
  private bindings!: GPUBindGroup;

  private constructor(
    private readonly device: GPUDevice,
    private readonly graph: StepGraph,
    private readonly ensemble: Ensemble,
  ) {
    const { walkers } = ensemble;
    this.kernel = wgslKernel(graph);
    this.groups = Math.ceil(walkers / WORKGROUP_SIZE);
    const { storage, uniform, copySource, copyTarget, mapRead } = USAGE;
    const kept = storage | copySource | copyTarget;
    this.run = this.buffer(RUN_BYTES / WORD_BYTES, uniform | copyTarget);
    this.table = this.buffer(this.kernel.table.length, storage | copyTarget);
    this.state = this.buffer(graph.state.length * walkers, kept);
    this.visits = this.buffer(groupsOf(ensemble) * graph.record.bins, kept);
    this.sums = this.buffer(SUM_PARTS * graph.record.sums.length * walkers, kept);
    const bytes = this.kept.reduce((sum, { size }) => sum + size, 0);
    this.readback = this.buffer(bytes / WORD_BYTES, mapRead | copyTarget);
  }

  /** @throws Error when the device refuses the kernel or its buffers */
  static async create(device: GPUDevice, graph: StepGraph, ensemble: Ensemble): Promise<KernelBuffers> {
    if (ensemble.walkers > WORKGROUP_SIZE * device.limits.maxComputeWorkgroupsPerDimension)
      throw new RangeError(`${ensemble.walkers} walkers are more than this graphics device can take`);
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
      throw new Error(`The graphics device refuses the simulation: ${fault.message}`);
    }
    return made;
  }

  /** What the host reads back, in this order. */
  private get kept(): readonly GPUBuffer[] {
    return [this.state, this.visits, this.sums];
  }

  private buffer(words: number, usage: number): GPUBuffer {
    // Empty buffers cannot be bound.
    return this.device.createBuffer({ size: Math.max(1, words) * WORD_BYTES, usage });
  }

  private async compile(): Promise<void> {
    const { device } = this;
    const types = { run: 'uniform', table: 'read-only-storage' } as const;
    const names = ['run', 'table', 'state', 'visits', 'sums'] as const;
    const layout = device.createBindGroupLayout({
      entries: names.map((name) => ({
        binding: BINDINGS[name],
        visibility: COMPUTE_STAGE,
        buffer: { type: name === 'run' || name === 'table' ? types[name] : 'storage' },
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
    pass.dispatchWorkgroups(this.groups);
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

  writeState(index: number, values: Float32Array<ArrayBuffer>): void {
    this.device.queue.writeBuffer(this.state, index * this.ensemble.walkers * WORD_BYTES, values);
  }

  clearAverages(): void {
    const encoder = this.device.createCommandEncoder();
    encoder.clearBuffer(this.visits);
    encoder.clearBuffer(this.sums);
    this.device.queue.submit([encoder.finish()]);
  }

  /** One call at a time. */
  async contents(): Promise<Contents> {
    const encoder = this.device.createCommandEncoder();
    const starts: number[] = [];
    let end = 0;
    for (const buffer of this.kept) {
      encoder.copyBufferToBuffer(buffer, 0, this.readback, end, buffer.size);
      starts.push(end);
      end += buffer.size;
    }
    this.device.queue.submit([encoder.finish()]);
    await this.readback.mapAsync(MAP_READ);
    const bytes = this.readback.getMappedRange().slice(0);
    this.readback.unmap();
    const { state, record } = this.graph;
    const { walkers } = this.ensemble;
    return {
      state: new Float32Array(bytes, starts[0], state.length * walkers),
      visits: new Uint32Array(bytes, starts[1], groupsOf(this.ensemble) * record.bins),
      sums: new Float32Array(bytes, starts[2], SUM_PARTS * record.sums.length * walkers),
    };
  }

  dispose(): void {
    for (const buffer of [this.run, this.table, ...this.kept, this.readback]) buffer.destroy();
  }
}
