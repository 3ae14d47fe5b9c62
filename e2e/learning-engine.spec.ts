/** Derivatives, dispatches and memory of the learning engine on the backends of a real browser. */
import { expect, type Page, test } from '@playwright/test';
import type { Case } from '../checks/derivatives.ts';
import type { ActivationId } from '../src/learn/activations.ts';
import { inEmptyPage } from './checks-page.ts';
import type { LearnChecks } from './learn/checks.ts';

const ACTIVATIONS: readonly ActivationId[] = ['silu', 'tanh', 'softplus'];
const check = inEmptyPage<LearnChecks>('learn/checks.ts', 'learnChecks');

const HAND_WRITTEN: readonly Case[] = ACTIVATIONS.map((activation) => ({
  kind: 'mlp',
  activation,
  objective: 'denoising',
}));
const TAPED: readonly Case[] = [
  { kind: 'mlp', activation: 'silu', objective: 'implicit' },
  { kind: 'mlp', activation: 'tanh', objective: 'sliced' },
  { kind: 'energy', activation: 'silu', objective: 'denoising' },
];

/** @param deep activations of the networks whose second derivatives are checked: on WebGPU each compiles for seconds */
async function checkDerivatives(page: Page, deep: readonly ActivationId[] = ACTIVATIONS): Promise<void> {
  const taped = TAPED.filter(({ activation }) => deep.includes(activation));
  for (const which of [...HAND_WRITTEN, ...taped])
    expect(await check(page, 'gradientMismatch', which), JSON.stringify(which)).toBeLessThan(1e-3);
  for (const activation of ACTIVATIONS)
    expect(await check(page, 'secondDerivativeError', activation), activation).toBeLessThan(1e-5);
  for (const activation of deep)
    expect(await check(page, 'networkSecondError', activation), activation).toBeLessThan(1e-3);
  expect(await check(page, 'exponentialError')).toBeLessThan(1e-5);
}

test('derivatives on WebGPU agree with finite differences @webgpu', async ({ page }) => {
  await check(page, 'activate', 'webgpu');
  await checkDerivatives(page, ['silu']);
});

test('derivatives on WebGL agree with finite differences', async ({ page }) => {
  await check(page, 'activate', 'webgl');
  await checkDerivatives(page);
});

test('derivatives on WebAssembly agree with finite differences', async ({ page }) => {
  await check(page, 'activate', 'wasm');
  await checkDerivatives(page);
});

test('a training step on WebGPU is at most 90 dispatches @webgpu', async ({ page }) => {
  await check(page, 'activate', 'webgpu');
  const count = await check(page, 'dispatches', { width: 128, depth: 3, batch: 512 });
  expect(count).toBeLessThanOrEqual(90);
  expect(count).toBeGreaterThan(20);
});

test('2,000 training steps leave no tensor behind and the heap flat', async ({ page }) => {
  await check(page, 'activate', 'wasm');
  const { early, late, left } = await check(page, 'soak', { width: 8, depth: 2, batch: 32 }, 2000);
  expect(late).toEqual(early);
  expect(early.heap).toBeGreaterThan(0);
  expect(left).toBe(0);
});
