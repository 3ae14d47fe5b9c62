import { expect, it } from 'vitest';
import { chipText } from './engine-text.ts';

const tried = null;

it.each([
  [{ id: 'wasm', parts: 1 }, 'WebAssembly SIMD'],
  [{ id: 'wasm', parts: 4 }, 'WebAssembly SIMD, 4 workers'],
  [{ id: 'wgsl', parts: 1 }, 'WebGPU (WGSL)'],
  [null, 'not started'],
] as const)('names the engine that moves the walkers: %j', (simulation, shown) => {
  expect(chipText({ simulation, tried })).toBe(shown);
});

it('names the engine that learns, where there is learning', () => {
  const simulation = { id: 'wgsl', parts: 1 } as const;
  expect(chipText({ simulation, learning: 'webgpu', tried })).toBe('learning: WebGPU');
  expect(chipText({ simulation, learning: null, tried })).toBe('learning: not started');
});
