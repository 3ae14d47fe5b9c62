/** Which tfjs backend computes: loading, watching for a lost device. */

import * as tf from '@tensorflow/tfjs';
import plainBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdBinary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import type { BackendId } from '../core/generative/backends.ts';
import { type Message, Problem } from '../core/message.ts';
import { message } from './messages.ts';

/** What a backend needs before tfjs can switch to it; rejects with the reason why it cannot be used. */
const prepare: Readonly<Record<BackendId, () => Promise<void>>> = {
  wasm: loadWasm,
  webgpu: loadWebGpu,
  webgl: async () => {},
  cpu: async () => {},
};

const LOSS_REPORT_MS = 200;
const DISPATCHES_PER_SUBMIT = 100;

let wasmLoaded: Promise<void> | undefined;

function loadWasm(): Promise<void> {
  wasmLoaded ??= (async () => {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    // Threads need cross-origin isolation and a worker made from text, which the content security policy forbids.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    setWasmPaths({
      'tfjs-backend-wasm.wasm': plainBinary,
      'tfjs-backend-wasm-simd.wasm': simdBinary,
      'tfjs-backend-wasm-threaded-simd.wasm': simdBinary,
    });
  })();
  return wasmLoaded;
}

async function loadWebGpu(): Promise<void> {
  if (lostDevice) throw lostDevice;
  if (!(await graphicsAdapter())) throw new Problem(message('no-webgpu', {}));
  await import('@tensorflow/tfjs-backend-webgpu');
  // More dispatches in a submission: fewer calls of JavaScript, for twice the pool of buffers.
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', DISPATCHES_PER_SUBMIT);
}

/** The adapter that WebGPU would use, or null. */
async function graphicsAdapter(): Promise<GPUAdapter | null> {
  // Typed as always present, but absent without WebGPU and in Node.
  const gpu = (globalThis.navigator as Partial<NavigatorGPU> | undefined)?.gpu;
  return (await gpu?.requestAdapter()) ?? null;
}

/** WebGPU would run on the processor: slower than WebAssembly, and it compiles for seconds. */
export async function isSoftwareAdapter(): Promise<boolean> {
  return (await graphicsAdapter())?.info?.isFallbackAdapter ?? false;
}

/** The device that computed is gone; what was in its memory is lost. */
export class DeviceLost extends Problem {
  constructor(readonly reason: Message) {
    super(message('learning-stopped', { reason }));
  }
}

/** Why the graphics device is gone; a worker cannot get it back. */
let lostDevice: DeviceLost | null = null;
const watched = new WeakMap<GPUDevice, Promise<never>>();

/** Switches tfjs to a backend; rejects with the reason when that is impossible. */
export async function activate(id: BackendId): Promise<void> {
  await prepare[id]();
  // A failing backend makes setBackend answer false, while getBackend names it all the same.
  const works = await tf.setBackend(id).catch(() => false);
  if (!works) throw new Problem(message('backend-fails', { backend: id }));
  await tf.ready();
}

/** Reads a tensor of the active backend; rejects, instead of waiting for ever, when its device is lost. */
export async function readBack(tensor: tf.Tensor): Promise<Float32Array> {
  const values = await Promise.race([tensor.data<'float32'>(), ...deviceLosses()]).catch(
    async (error: unknown) => {
      // The read itself may fail before the loss is reported, with a message that explains nothing.
      const reason = await reasonOfLoss(error);
      throw reason ? new DeviceLost(reason) : error;
    },
  );
  if (contextLost()) throw new DeviceLost(message('webgl-context-lost', {}));
  return values;
}

function deviceLosses(): Promise<never>[] {
  if (tf.getBackend() !== 'webgpu') return [];
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  let loss = watched.get(device);
  if (!loss) {
    loss = device.lost.then(({ message: detail, reason }) => {
      lostDevice = new DeviceLost(message('graphics-device-lost', { detail: detail || reason }));
      throw lostDevice;
    });
    loss.catch(() => {}); // reported by whoever waits for data
    watched.set(device, loss);
  }
  return [loss];
}

function contextLost(): boolean {
  if (tf.getBackend() !== 'webgl') return false;
  const { gpgpu } = tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } };
  return gpgpu.gl.isContextLost();
}

/** Why the active device is gone, if this error came of it; null when it works. The loss may be reported a moment after the error. */
export async function reasonOfLoss(error: unknown): Promise<Message | null> {
  if (error instanceof DeviceLost) return error.reason;
  const losses = deviceLosses();
  if (losses.length === 0) return null;
  const later = new Promise<null>((resolve) => {
    setTimeout(resolve, LOSS_REPORT_MS, null);
  });
  const found = await Promise.race([...losses, later]).catch((loss: unknown) => loss);
  return found instanceof DeviceLost ? found.reason : null;
}
