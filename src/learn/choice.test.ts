import { expect, test } from 'vitest';

import type { BackendId } from '../core/generative/backends.ts';
import { architectureOf } from './architecture.ts';
import { chooseBackend, type Timer, trainingTimer } from './choice.ts';

/** A computer on which backends take these times, or fail. */
function computer(times: Partial<Record<BackendId, number>>, software = false) {
  const tried: BackendId[] = [];
  const active: BackendId[] = [];
  const time: Timer = async (id) => {
    tried.push(id);
    const milliseconds = times[id];
    if (milliseconds === undefined) throw new Error(`${id} is missing.`);
    return milliseconds;
  };
  const host = {
    activate: async (id: BackendId) => void active.push(id),
    isSoftwareAdapter: async () => software,
  };
  return { time, host, tried, active };
}

test('auto takes the fastest and tells what became of the others', async () => {
  const { time, host, active } = computer({ wasm: 5, webgpu: 2, cpu: 50 });
  const { backend, probes } = await chooseBackend('auto', time, host);
  expect(backend).toBe('webgpu');
  expect(active).toEqual(['webgpu']);
  expect(probes.map((p) => p.id)).toEqual(['wasm', 'webgpu', 'webgl', 'cpu']);
  expect(probes.map((p) => p.milliseconds)).toEqual([5, 2, null, null]);
  expect(probes[2].problem?.id).toBe('backend-other-fast');
});

test('auto falls back to WebAssembly where WebGPU is missing', async () => {
  const { time, host } = computer({ wasm: 5, cpu: 50 });
  const { backend, probes } = await chooseBackend('auto', time, host);
  expect(backend).toBe('wasm');
  expect(probes[1].problem?.values).toEqual({ reason: 'webgpu is missing.' });
});

test('auto spares the processor a WebGPU that runs on it', async () => {
  const { time, host, tried } = computer({ wasm: 5, webgpu: 1 }, true);
  expect((await chooseBackend('auto', time, host)).backend).toBe('wasm');
  expect(tried).toEqual(['wasm']);
});

test('auto tries WebGL when nothing is fast, and the processor when nothing else works', async () => {
  const slow = computer({ wasm: 40, webgl: 12 });
  expect((await chooseBackend('auto', slow.time, slow.host)).backend).toBe('webgl');
  const bare = computer({ cpu: 90 });
  expect((await chooseBackend('auto', bare.time, bare.host)).backend).toBe('cpu');
});

test('auto says what failed when nothing works', async () => {
  const { time, host } = computer({});
  await expect(chooseBackend('auto', time, host)).rejects.toThrow(/^no-backend .*wasm is missing/);
});

test('a backend that was asked for is taken even if slow, or its problem reported', async () => {
  const { time, host } = computer({ wasm: 5, cpu: 50 }, true);
  expect((await chooseBackend('cpu', time, host)).backend).toBe('cpu');
  await expect(chooseBackend('webgl', time, host)).rejects.toThrow('webgl is missing.');
});

const network = (width: number, depth: number) =>
  architectureOf({ kind: 'mlp', activation: 'silu', features: 'log-sigma', width, depth }, 2, {
    conditions: 0,
    nullable: false,
  });

test('the timer gives up on a first step that takes too long', async () => {
  const time = trainingTimer(network(64, 3), 512);
  await expect(time('cpu', 1)).rejects.toThrow('backend-too-slow {"backend":"cpu","seconds":0.001}');
  expect(await time('cpu', 1e5)).toBeGreaterThan(0);
});

test('WebGPU is reported missing in Node', async () => {
  const time = trainingTimer(network(4, 1), 8);
  await expect(chooseBackend('webgpu', time)).rejects.toThrow('no-webgpu');
});
