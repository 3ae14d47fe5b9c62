/** The graphics device or the worker is lost in the middle of training. */
import { readFile } from 'node:fs/promises';
import type { Page, Worker } from '@playwright/test';
import type { ModelFile } from '../src/core/protocol/learn.ts';
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';
import type { AllResults } from './globals.d.ts';

const SMALL = 'network.width=16&network.depth=2&train.steps=600&train.batch=64&data.n=2000&samples=500';

/** Runs in the worker before its own code: keeps the devices that it gets. */
const KEEP_DEVICES = `if (globalThis.GPUAdapter) {
  const original = GPUAdapter.prototype.requestDevice;
  globalThis.devices = [];
  GPUAdapter.prototype.requestDevice = async function (...list) {
    const device = await original.apply(this, list);
    globalThis.devices.push(device);
    return device;
  };
}
`;

type WithDevices = typeof globalThis & { readonly devices: GPUDevice[] };

async function keepDevices(page: Page): Promise<void> {
  await page.route('**/learn.worker*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: KEEP_DEVICES + (await response.text()) });
  });
}

/** The learn worker, once it has a device. */
async function workerWithDevice(page: Page): Promise<Worker> {
  const find = async () => {
    for (const worker of page.workers().filter((w) => w.url().includes('learn.worker'))) {
      const count = await worker.evaluate(() => (globalThis as WithDevices).devices.length).catch(() => 0);
      if (count > 0) return worker;
    }
    return null;
  };
  await expect.poll(async () => (await find()) !== null).toBe(true);
  return (await find()) as Worker;
}

const destroyDevices = (worker: Worker) =>
  worker.evaluate(() => {
    for (const device of (globalThis as WithDevices).devices) device.destroy();
  });

test('@webgpu a device that is destroyed in the middle of training costs only the time since the checkpoint', async ({
  page,
  open,
}) => {
  await keepDevices(page);
  await open(`#/learn?${SMALL}`);
  await page.getByRole('button', { name: 'Engines' }).click();
  await page.getByRole('button', { name: text.frame.engines.next }).click();
  await page.getByRole('option', { name: 'WebGPU' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Train the model' }).click();
  const worker = await workerWithDevice(page);
  await expect(page.getByText(/step [1-9]\d+ of 600/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Engines' })).toHaveText('learning: WebGPU');
  await destroyDevices(worker);
  await expect(
    page.getByText(/Training has resumed from step \d+ on wasm: on webgpu, the graphics device was lost/),
  ).toBeVisible();
  await expect(page.getByText('trained for 600 steps')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Engines' })).toHaveText('learning: WebAssembly');
});

test('@webgpu a run whose device is destroyed ends with the loss curve of WebAssembly', async ({
  page,
  open,
}) => {
  await keepDevices(page);
  await open();
  await page.waitForFunction(() => 'saddle' in globalThis);
  const query = `station=condition&${SMALL}`;
  const run = (backend: string): Promise<AllResults> =>
    page.evaluate(([text, id]) => globalThis.saddle.run(text, { backend: id }), [query, backend] as const);
  const interrupted = run('webgpu');
  const worker = await workerWithDevice(page);
  await page.waitForFunction(() => {
    const { phase, fraction } = globalThis.saddle.progress;
    return phase === 'training' && fraction > 0.1;
  });
  await destroyDevices(worker);
  const results = await interrupted;
  expect(results.backend.learning).toBe('wasm');
  const whole = await run('wasm');
  expect(results.training?.loss).toHaveLength(600);
  results.training?.loss.forEach((loss, i) => {
    expect(Math.abs(loss - (whole.training?.loss[i] ?? 0)), `step ${i}`).toBeLessThan(5e-3);
  });
  expect(results.conditional[0].samples).toHaveLength(500);
});

/** Keeps the training workers that the page starts. */
const KEEP_WORKERS = () => {
  const Original = globalThis.Worker;
  const kept: globalThis.Worker[] = [];
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      if (String(url).includes('learn.worker')) kept.push(this);
    }
  };
  Object.assign(globalThis, { trainingWorkers: kept });
};

type WithWorkers = typeof globalThis & { readonly trainingWorkers: globalThis.Worker[] };

/** Ends the last training worker without a word. */
const endWorker = (page: Page) =>
  page.evaluate(() => (globalThis as WithWorkers).trainingWorkers.at(-1)?.terminate());

async function savedModel(page: Page): Promise<ModelFile> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save model' }).click();
  return JSON.parse(await readFile(await (await download).path(), 'utf8'));
}

test('a worker that is ended in the middle of training costs only the time since the checkpoint', async ({
  page,
  open,
}) => {
  await page.addInitScript(KEEP_WORKERS);
  const link = `#/learn?${SMALL.replace('train.steps=600', 'train.steps=3000')}`;
  const train = async () => {
    await open(link);
    await page.getByRole('button', { name: 'Train the model' }).click();
  };
  await train();
  await expect(page.getByText(/step [\d,]+ of 3,000/)).toBeVisible();
  // Longer than the worker takes from one checkpoint to the next.
  await page.waitForTimeout(3000);
  await endWorker(page);
  const told = page.getByText(
    /The training worker was ended by the browser. A new one has resumed from step \d+, on wasm/,
  );
  await expect(told).toBeVisible();
  const checkpoint = Number((await told.textContent())!.match(/from step (\d+)/)![1]);
  expect(checkpoint).toBeGreaterThan(0);
  await expect(page.getByText('trained for 3,000 steps')).toBeVisible();
  const interrupted = await savedModel(page);
  await train();
  await expect(page.getByText('trained for 3,000 steps')).toBeVisible();
  const whole = await savedModel(page);
  expect(interrupted.step).toBe(3000);
  expect(interrupted.weights).toBe(whole.weights);
  expect(interrupted.optimiser).toEqual(whole.optimiser);
});

test('a worker that is ended at rest leaves its model; one that ends again and again is given up', async ({
  page,
  open,
}) => {
  await page.addInitScript(KEEP_WORKERS);
  await open(`#/learn?${SMALL}`);
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText('trained for 600 steps')).toBeVisible();
  const before = await savedModel(page);
  const told = page.getByText(/A new one has resumed from step 600/);
  await endWorker(page);
  await expect(told).toBeVisible();
  expect(await savedModel(page)).toEqual(before);
  const workers = () => page.evaluate(() => (globalThis as WithWorkers).trainingWorkers.length);
  for (const started of [3, 4]) {
    await endWorker(page);
    await expect.poll(workers).toBe(started);
    await expect(page.getByText('Starting another')).toBeHidden();
  }
  await endWorker(page);
  await expect(
    page.getByRole('alert').getByText(/The training worker was ended by the browser/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Train again' }).click();
  await expect(page.getByText('trained for 600 steps')).toBeVisible();
});
