/** What the WebGPU tests run in the page: numbers in, numbers out. */

import { type BiasedRun, stepErrors } from '../../checks/biased.ts';
import { WasmEngine } from '../../src/core/dynamics/engines/wasm-engine.ts';
import {
  FUNCTIONS_SOURCE,
  floatLiteral,
  RANDOM_SOURCE,
} from '../../src/core/dynamics/engines/wgsl-functions.ts';
import { philox, RandomStream } from '../../src/core/numerics/random.ts';
import { graphicsDevice, isWorthwhile, timeEngines } from '../../src/gpu/choice.ts';
import { ResilientEngine } from '../../src/gpu/resilient-engine.ts';
import { ResumedEngine } from '../../src/gpu/resumed-engine.ts';
import { DeviceLostError, WgslEngine } from '../../src/gpu/wgsl-engine.ts';
import { exactMeans, problem, type Run } from './problems.ts';
import { tabulatedChecks } from './tabulated.ts';

async function device(): Promise<GPUDevice> {
  const found = await graphicsDevice();
  if (!found) throw new Error('There is no WebGPU adapter');
  return found;
}

async function engineOf(run: Run, on?: GPUDevice) {
  const { step, parameters, start } = problem(run);
  const engine = await WgslEngine.create(on ?? (await device()), step, run.ensemble, parameters);
  for (const [name, values] of Object.entries(start)) engine.write(name, values);
  return { engine, step, parameters };
}

function processorEngine(run: Run): WasmEngine {
  const { step, parameters, start } = problem(run);
  const engine = new WasmEngine(step, run.ensemble, parameters);
  for (const [name, values] of Object.entries(start)) engine.write(name, values);
  return engine;
}

/** Runs a function of WGSL on rows of words; the answer holds `width` words for each row. */
async function compute(
  body: string,
  rows: readonly (readonly number[])[],
  width: number,
): Promise<Uint32Array> {
  const gpu = await device();
  const input = Uint32Array.from(rows.flat());
  const bytes = rows.length * width * 4;
  const given = gpu.createBuffer({
    size: input.byteLength,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  });
  const out = gpu.createBuffer({ size: bytes, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const back = gpu.createBuffer({ size: bytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  gpu.queue.writeBuffer(given, 0, input);
  const code = `
    ${FUNCTIONS_SOURCE}${RANDOM_SOURCE}
    @group(0) @binding(0) var<storage, read> given: array<u32>;
    @group(0) @binding(1) var<storage, read_write> answer: array<u32>;
    @compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
      let first = id.x * ${rows[0].length}u;
      let result = id.x * ${width}u;
      ${body}
    }`;
  const pipeline = await gpu.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: gpu.createShaderModule({ code }), entryPoint: 'main' },
  });
  const entries = [given, out].map((buffer, binding) => ({ binding, resource: { buffer } }));
  const encoder = gpu.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, gpu.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(rows.length);
  pass.end();
  encoder.copyBufferToBuffer(out, 0, back, 0, bytes);
  gpu.queue.submit([encoder.finish()]);
  await back.mapAsync(GPUMapMode.READ);
  const answer = new Uint32Array(back.getMappedRange().slice(0));
  gpu.destroy();
  return answer;
}

const STORE = (vector: string) => `for (var i = 0u; i < 4u; i++) { answer[result + i] = ${vector}[i]; }`;

const checks = {
  /** Words of Philox at rows of (counter, key), on the device and on the processor. */
  async philoxWords(rows: readonly (readonly number[])[]) {
    const at = (k: number) => `given[first + ${k}u]`;
    const counter = [0, 1, 2, 3].map(at).join(', ');
    const call = `let words = philox(vec4<u32>(${counter}), vec2<u32>(${at(4)}, ${at(5)}));`;
    const words = await compute(`${call} ${STORE('words')}`, rows, 4);
    const expected = rows.flatMap(([c0, c1, c2, c3, k0, k1]) => {
      const out = new Uint32Array(4);
      philox(out, c0, c1, c2, c3, k0, k1);
      return [...out];
    });
    return { words: [...words], expected };
  },

  /** Largest difference between normals on the device and those of `RandomStream`. */
  async normalsError(walkers: number, blocks: number): Promise<number> {
    const stream = new RandomStream(7, 'dynamics');
    const rows = Array.from({ length: walkers * blocks }, (_, n) => [n % walkers, Math.floor(n / walkers)]);
    const body = `let numbers = bitcast<vec4<u32>>(drawNormals(given[first], given[first + 1u],
      vec2<u32>(${stream.key.map((word) => `${word}u`).join(', ')}))); ${STORE('numbers')}`;
    const numbers = new Float32Array((await compute(body, rows, 4)).buffer);
    const expected = new Float64Array(numbers.length);
    rows.forEach(([walker, block], n) => {
      stream.normals(walker, block, expected, 4 * n);
    });
    return expected.reduce((most, value, n) => Math.max(most, Math.abs(value - numbers[n])), 0);
  },

  /** Values of a function of WGSL at given arguments, the first of the function. */
  async functionValues(name: string, at: readonly number[], ...others: number[]): Promise<number[]> {
    const bits = new Uint32Array(Float32Array.from(at).buffer);
    const list = ['bitcast<f32>(given[first])', ...others.map(floatLiteral)].join(', ');
    const body = `answer[result] = bitcast<u32>(${name}(${list}));`;
    const answer = await compute(
      body,
      Array.from(bits, (word) => [word]),
      1,
    );
    return [...new Float32Array(answer.buffer)];
  },

  /** Sums of observables for each group after a warm-up, divided to means, on both engines, and visits in total. */
  async groupMeans(run: Run, warmUp: number, steps: number) {
    const { engine } = await engineOf(run);
    const processor = processorEngine(run);
    const means = ({ sums, records }: { sums: Float64Array; records: number }) =>
      Array.from(sums, (sum) => sum / records / run.ensemble.groupSize);
    await engine.advance(warmUp);
    engine.resetAverages();
    await engine.advance(steps);
    processor.advance(warmUp);
    processor.resetAverages();
    processor.advance(steps);
    const averages = await engine.averages();
    return {
      wgsl: means(averages),
      wasm: means(processor.averages()),
      visits: averages.visits.reduce((a, b) => a + b, 0),
      records: averages.records,
    };
  },

  exactMeans,

  /** State and averages after the given calls of `advance`. */
  async after(run: Run, calls: readonly number[]) {
    const { engine } = await engineOf(run);
    for (const steps of calls) await engine.advance(steps);
    const { state, averages } = await engine.snapshot();
    return {
      state: Object.values(state).map((values) => [...values]),
      visits: [...averages.visits],
      sums: [...averages.sums],
      records: averages.records,
    };
  },

  /** States of WebAssembly after as many steps. */
  processorState(run: Run, steps: number): number[][] {
    const engine = processorEngine(run);
    engine.advance(steps);
    return problem(run).step.state.map((name) => [...engine.read(name)]);
  },

  /** Whether a device is found. */
  async hasDevice(): Promise<boolean> {
    return (await graphicsDevice()) !== null;
  },

  /** Loses the device in the middle of a run and goes on in WebAssembly. */
  async loseDevice(run: Run, before: number, after: number) {
    const gpu = await device();
    const { engine, step, parameters } = await engineOf(run, gpu);
    await engine.advance(before);
    await engine.snapshot();
    const running = engine.advance(1e6);
    setTimeout(() => gpu.destroy(), 300);
    const error = await running.catch((reason: unknown) => reason);
    if (!(error instanceof DeviceLostError)) throw error;
    const { checkpoint } = error;
    const late = await engine.read('x').catch((reason: unknown) => reason);
    const resumed = new ResumedEngine(step, run.ensemble, parameters, checkpoint);
    resumed.advance(after);
    return {
      message: error.message,
      lateIsTyped: late instanceof DeviceLostError,
      step: checkpoint.step,
      resumedStep: resumed.step,
      records: resumed.averages().records,
      visits: resumed.averages().visits.reduce((a, b) => a + b, 0),
      finite: resumed.read('x').every(Number.isFinite),
    };
  },

  /** The engine of the simulate worker: the device is lost under it, and its run arrives all the same. */
  async survive(run: Run, steps: number) {
    const gpu = await device();
    const { step, parameters, start } = problem(run);
    const engine = await ResilientEngine.create(gpu, step, run.ensemble, parameters);
    for (const [name, values] of Object.entries(start)) engine.write(name, Float64Array.from(values));
    await engine.advance(100);
    let atLoss = Number.POSITIVE_INFINITY;
    setTimeout(() => {
      atLoss = engine.step;
      gpu.destroy();
    }, 50);
    await engine.advance(steps);
    const averages = await engine.averages();
    return {
      atLoss,
      step: engine.step,
      records: averages.records,
      visits: averages.visits.reduce((a, b) => a + b, 0),
      finite: (await engine.read('x')).every(Number.isFinite),
    };
  },

  ...tabulatedChecks(device),

  /** How far steps under springs are from those of the interpreter. */
  async biasedSteps(run: BiasedRun, steps: number) {
    const gpu = await device();
    return stepErrors(run, (...given) => WgslEngine.create(gpu, ...given), steps);
  },

  async timing(run: Run) {
    const { step, parameters, start } = problem(run);
    const timing = await timeEngines(await device(), step, run.ensemble, parameters, start);
    return { ...timing, worthwhile: isWorthwhile(timing) };
  },
};

export type Checks = typeof checks;
Object.assign(globalThis, { checks });
