/** The graphics device is lost in the middle of training. */
import type { Page, Worker } from '@playwright/test';
import { expect, test } from './fixtures.ts';

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
  await expect.poll(async () => (await find()) !== null, { timeout: 30_000 }).toBe(true);
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
  await page.getByRole('button', { name: /Engine of the next training/ }).click();
  await page.getByRole('option', { name: 'WebGPU' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Train the model' }).click();
  const worker = await workerWithDevice(page);
  await expect(page.getByText(/step [1-9]\d+ of 600/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Engines' })).toHaveText('learning: WebGPU');
  await destroyDevices(worker);
  await expect(
    page.getByText(/Training goes on from step \d+ on wasm: on webgpu, the graphics device was lost/),
  ).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('trained for 600 steps')).toBeVisible({ timeout: 60_000 });
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
  const run = (backend: string) =>
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
