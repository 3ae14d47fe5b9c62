/** Training on the engines of a real browser, and whole runs against their exact references. */
import type { Page } from '@playwright/test';
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';
import type { AllResults } from './globals.d.ts';

const TINY = 'network.width=16&network.depth=2&train.steps=60&train.batch=64&data.n=2000&samples=500';

async function run(page: Page, query: string, backend = 'auto'): Promise<AllResults> {
  await page.waitForFunction(() => 'saddle' in globalThis);
  return page.evaluate(([text, id]) => globalThis.saddle.run(text, { backend: id }), [query, backend]);
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

test('without an adapter WebGPU is refused with the reason, and auto falls back to WebAssembly', async ({
  page,
  open,
}) => {
  await open();
  expect(await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) ?? null)).toBeNull();
  const results = await run(page, `station=condition&${TINY}`);
  expect(results.backend.learning).toBe('wasm');
  await expect(run(page, `station=condition&${TINY}`, 'webgpu')).rejects.toThrow(/WebGPU/);
});

test('@webgpu training runs on the WebGPU adapter and agrees with WebAssembly', async ({ page, open }) => {
  await open();
  const query = `station=condition&${TINY}`;
  const gpu = await run(page, query, 'webgpu');
  expect(gpu.backend.learning).toBe('webgpu');
  const cpu = await run(page, query, 'wasm');
  expect(cpu.backend.learning).toBe('wasm');
  expect(gpu.training?.loss).toHaveLength(60);
  // Same minibatches and noise: the curves differ by rounding only.
  gpu.training?.loss.forEach((loss, i) => {
    expect(Math.abs(loss - (cpu.training?.loss[i] ?? 0))).toBeLessThan(1e-3);
  });
  const [a, b] = [gpu, cpu].map(({ conditional }) => conditional[0].metrics.w1 ?? Number.NaN);
  expect(Math.abs(a - b)).toBeLessThan(0.02);
});

test('@webgpu the page trains on WebGPU when asked to, and says so', async ({ page, open }) => {
  await open(`#/learn?${TINY}`);
  await page.getByRole('button', { name: 'Engines' }).click();
  await page.getByRole('button', { name: text.frame.engines.next }).click();
  await page.getByRole('option', { name: 'WebGPU' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText('trained for 60 steps')).toBeVisible({ timeout: 150_000 });
  await expect(page.getByRole('button', { name: 'Engines' })).toHaveText('learning: WebGPU');
});

test('the same query gives the same free energy to the last byte and the same loss curve', async ({
  page,
  open,
}) => {
  await open();
  const explore = 'station=explore&system=mueller-brown&kT=15&walkers=64&time=0.3&seed=3';
  const [first, second] = [await run(page, explore), await run(page, explore)];
  expect(JSON.stringify(second.freeEnergy)).toBe(JSON.stringify(first.freeEnergy));
  const other = await run(page, `${explore}1`);
  expect(JSON.stringify(other.freeEnergy)).not.toBe(JSON.stringify(first.freeEnergy));
  const learn = `station=learn&${TINY}`;
  const curves = [await run(page, learn, 'wasm'), await run(page, learn, 'wasm')].map(
    (r) => r.training?.loss,
  );
  expect(curves[1]).toEqual(curves[0]);
});

test('several workers give the numbers of one', async ({ page, open, context }) => {
  const query = 'station=explore&walkers=4000&time=2&kT=0.6';
  const cores = await context.newCDPSession(page);
  const withCores = async (hardwareConcurrency: number) => {
    await cores.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency });
    await open();
    return run(page, query);
  };
  const [one, several] = [await withCores(2), await withCores(8)];
  expect([one.backend.threads, several.backend.threads]).toEqual([1, 3]);
  for (const key of ['freeEnergy', 'firstPassage', 'moments', 'statisticalInefficiency'] as const)
    expect(several[key]).toEqual(one[key]);
});

test('results state what docs/results.md says', async ({ page, open }) => {
  await open();
  const explore = await run(page, 'station=explore&system=mueller-brown&kT=15&walkers=256&time=0.2');
  expect(explore).toMatchObject({
    schema: 3,
    backend: { simulation: 'wasm', learning: null },
    training: null,
  });
  expect(explore.cost.forceEvaluations).toBe(256 * 2000);
  expect(explore.freeEnergy?.cv).toHaveLength(60);
  expect(Math.min(...(explore.freeEnergy?.exact ?? []))).toBe(0);
  expect(explore.freeEnergy?.F).toContain(null);
  await expect(run(page, 'station=condition&system=double-well')).rejects.toThrow(
    'needs a system with two coordinates',
  );
  const learned = await run(page, `station=learn&${TINY}`);
  expect(learned.generated?.samples).toHaveLength(500);
  expect(learned.generated?.samples[0]).toHaveLength(2);
  const { jsFloor, slicedW1, slicedW1Floor, twoSampleFloor, memorisation } = learned.generated?.metrics ?? {};
  expect(jsFloor).toBeGreaterThan(0);
  expect(slicedW1).toBeGreaterThan(slicedW1Floor ?? 1);
  expect(Math.abs((twoSampleFloor ?? 1) - 0.5)).toBeLessThan(0.06);
  expect(memorisation?.fresh).toBeGreaterThan(0);
  expect(learned.cost.networkEvaluations).toBeGreaterThan(60 * 64);
  await expect(run(page, 'kT=-1&system=nope')).rejects.toThrow(
    /kT=-1 must be[\s\S]*system=nope|system=nope[\s\S]*kT=-1/,
  );
});

test('conditional distributions without a network: any slow variable, no training, every distance beside its floor', async ({
  page,
  open,
}) => {
  await open();
  for (const way of ['denoiser=exact', 'condition.by=neighbours', 'condition.by=kernel']) {
    const query = `station=condition&system=half-moon&at=-1,0.5&samples=1000&data.n=20000&${way}`;
    const { training, conditional, backend, cost } = await run(page, query);
    expect([training, backend.learning, cost.networkEvaluations]).toEqual([null, null, 0]);
    for (const { exact, metrics, samples } of conditional) {
      expect(samples).toHaveLength(1000);
      expect(exact?.coordinate).toBe('y2');
      expect(metrics.standardised?.w1).toBeLessThan(0.15);
      expect(metrics.cvError).toBeLessThan(0.1);
      expect(metrics.ks?.statistic).toBeLessThan(0.12);
      expect(Math.abs(metrics.energyDistanceFloor ?? 1)).toBeLessThan(0.01);
    }
  }
  const query =
    'station=condition&system=half-moon&also=y2&alsoAt=0.3&condition.by=neighbours&condition.neighbours=20';
  const { conditional } = await run(page, `${query}&samples=100&at=1`);
  expect(conditional[0].exact).toBeNull();
  expect(conditional[0].metrics).toMatchObject({ w1: null, standardised: null });
  expect(conditional[0].metrics.alsoError).toBeLessThan(1e-3);
});

test('the conditional distribution of the three-hole potential is learned', async ({ page, open }) => {
  await open();
  const { conditional, training } = await run(
    page,
    'station=condition&system=three-hole&kT=0.6&seed=11&data.n=20000&at=-1,0,0.7&train.steps=4000&samples=5000',
  );
  const [left, middle, right] = conditional.map(({ metrics }) => metrics);
  expect(left.w1).toBeLessThan(0.05);
  expect(middle.w1).toBeLessThan(0.12);
  expect(right.w1).toBeLessThan(0.05);
  for (const { cvError, w1Floor } of [left, middle, right]) {
    expect(cvError).toBeLessThan(0.02);
    expect(w1Floor).toBeLessThan(0.03);
  }
  const loss = training?.loss ?? [];
  expect(mean(loss.slice(-200))).toBeLessThan(0.6 * mean(loss.slice(0, 20)));
});

test('the density of the Müller-Brown potential is learned in 2,000 steps', async ({ page, open }) => {
  await open();
  const { generated, training } = await run(page, 'station=learn&system=mueller-brown&kT=15');
  expect(training?.steps).toBeLessThanOrEqual(2000);
  expect(generated?.samples).toHaveLength(20_000);
  expect(generated?.metrics.js).toBeLessThan(0.02);
});
