/** Whether the graphics device is worth its trouble for a run: a device, and a short timing of both engines. */
import { WasmEngine } from '../core/dynamics/engines/wasm-engine.ts';
import type { Ensemble, StepGraph } from '../core/dynamics/step-graph.ts';
import { WgslEngine } from './wgsl-engine.ts';

/** What both engines do between two frames: as many steps as WebAssembly takes in this time. */
const FRAME_MS = 16;
const MOST_GROWTH = 8;
const ROUNDS = 3;
/** A device that is hardly faster is not worth what it costs elsewhere. */
const MARGIN = 1.2;

/** Nanoseconds per walker-step. */
export interface Timing {
  readonly wasm: number;
  readonly wgsl: number;
}

/** A device of one's own, or null where there is none. */
export async function graphicsDevice(): Promise<GPUDevice | null> {
  // Typed as always present, but absent without WebGPU.
  const gpu = (globalThis.navigator as Partial<NavigatorGPU> | undefined)?.gpu;
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  return (await adapter?.requestDevice()) ?? null;
}

export function isWorthwhile({ wasm, wgsl }: Timing): boolean {
  return wgsl * MARGIN < wasm;
}

/**
 * Times a frame's worth of steps, and reading the walkers back, on both engines, from `start` on.
 * @throws Error when the device refuses or is lost
 */
export async function timeEngines(
  device: GPUDevice,
  graph: StepGraph,
  ensemble: Ensemble,
  parameters: Readonly<Record<string, number>>,
  start: Readonly<Record<string, ArrayLike<number>>>,
): Promise<Timing> {
  const wasm = new WasmEngine(graph, ensemble, parameters);
  for (const [name, values] of Object.entries(start)) wasm.write(name, values);
  const steps = stepsOfFrame(wasm);
  const wgsl = await WgslEngine.create(device, graph, ensemble, parameters);
  try {
    for (const [name, values] of Object.entries(start)) wgsl.write(name, values);
    const scale = 1e6 / (steps * ensemble.walkers);
    const onProcessor = await shortest(async () => wasm.advance(steps));
    // The first call compiles, the next ones learn how long dispatches may be.
    for (let round = 0; round < ROUNDS; round++) await wgsl.advance(steps);
    const onDevice = await shortest(async () => {
      await wgsl.advance(steps);
      await wgsl.read(graph.state[0]);
    });
    return { wasm: onProcessor * scale, wgsl: onDevice * scale };
  } finally {
    wgsl.dispose();
  }
}

function stepsOfFrame(engine: WasmEngine): number {
  for (let steps = 1; ; ) {
    const start = performance.now();
    engine.advance(steps);
    const elapsed = performance.now() - start;
    if (elapsed >= FRAME_MS / 2) return Math.max(1, Math.round((steps * FRAME_MS) / elapsed));
    steps *= Math.min(MOST_GROWTH, Math.max(2, Math.floor(FRAME_MS / Math.max(elapsed, 0.1))));
  }
}

async function shortest(work: () => Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
