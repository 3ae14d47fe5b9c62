import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

/** A run that ends in about a second. */
const QUICK = 'budget=200000';
const UMBRELLA = `#/bias?method=umbrella&method.windows=20&${QUICK}`;
/** Two windows that share nothing, with springs that the time step carries. */
const TORN = '#/bias?method=umbrella&method.centers=-1,1&method.springConstants=150';

const centers = (page: Page) =>
  decodeURIComponent(page.url())
    .match(/method\.centers=([^&]*)/)?.[1]
    .split(',')
    .map(Number);

const atFullSpeed = async (page: Page) => {
  await page.getByRole('button', { name: /Speed/ }).click();
  await page.getByRole('option', { name: /as fast as possible/ }).click();
};

const ended = (page: Page) =>
  expect(page.getByRole('heading', { name: 'The budget is spent' })).toBeVisible();

test('umbrella sampling: F with its error stands beside the exact one, with overlap and windows', async ({
  page,
  open,
}) => {
  await open(UMBRELLA);
  await atFullSpeed(page);
  await ended(page);
  await expect(
    page.getByRole('img', {
      name: /exact curve and the estimate by Umbrella sampling, root mean square error/,
    }),
  ).toBeVisible();
  await expect(page.getByText(/^RMSE [\d.]+ kT, (< )?\d+ % unvisited$/)).toBeVisible();
  await expect(page.getByText(/spectral gap [\d.e−]+/).first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Table of windows' }).getByRole('row')).toHaveCount(21);
  await expect(page.getByLabel('Cost', { exact: true })).toContainText('200 k of 200 k');
});

test('windows that fall apart: a warning, no curve, and an offer that mends it', async ({ page, open }) => {
  await open(TORN);
  await atFullSpeed(page);
  const warning = page.locator('[data-warning=disconnected]');
  await expect(warning).toContainText(/gap/);
  await expect(page.getByRole('heading', { name: 'No free energy' })).toBeVisible();
  await expect(page.getByText(/^RMSE [\d.]+ kT, (< )?\d+ % unvisited$/)).toHaveCount(0);
  await warning.getByRole('button').click();
  await expect.poll(() => centers(page)?.length ?? 0).toBeGreaterThan(2);
  await expect(page.locator('[data-warning=disconnected]')).toHaveCount(0);
  await expect(page.getByText(/^RMSE [\d.]+ kT, (< )?\d+ % unvisited$/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => centers(page)).toEqual([-1, 1]);
});

test('windows are moved, added and removed by keys, by the mouse and by buttons', async ({ page, open }) => {
  await open(`${TORN},170&${QUICK}`);
  const handles = page.getByRole('slider', { name: /Centre of window/ });
  await expect(handles).toHaveCount(2);
  await handles.first().focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => centers(page)?.[0]).toBeGreaterThan(-1);
  await page.getByRole('button', { name: 'Add a window' }).click();
  await expect(handles).toHaveCount(3);
  await expect.poll(() => Math.abs(centers(page)?.[1] ?? 9)).toBeLessThan(0.2);
  await expect(page).toHaveURL(/springConstants=150%2C\d+%2C170|springConstants=150,\d+,170/);
  const second = handles.nth(1);
  const box = (await second.boundingBox())!;
  const before = Number(await second.getAttribute('aria-valuenow'));
  const [x, y] = [box.x + box.width / 2, box.y + box.height - 14];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => centers(page)?.[1]).toBeGreaterThan(before);
  await second.focus();
  await page.keyboard.press('Delete');
  await expect(handles).toHaveCount(2);
  await expect.poll(() => centers(page)?.length).toBe(2);
});

test('runs are kept, named and compared, and exported as a table', async ({ page, open }) => {
  await open(UMBRELLA);
  await atFullSpeed(page);
  await ended(page);
  await page.getByRole('button', { name: 'Run direct simulation at the same cost' }).click();
  const list = page.getByRole('table', { name: 'Runs of this system' });
  await expect(list.getByRole('row')).toHaveCount(3);
  await page.getByRole('textbox', { name: 'Name of Direct simulation' }).fill('baseline');
  await page.keyboard.press('Enter');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines[0]).toMatch(/^method,name,forceEvaluations,rmse,/);
  for (const run of ['umbrella,Umbrella sampling,', 'direct,baseline,']) {
    const rows = lines.filter((line) => line.startsWith(run)).map((line) => line.split(','));
    expect(rows.filter((row) => row[3] !== '').length, run).toBeGreaterThan(3);
    expect(
      rows.filter((row) => row[4] !== ''),
      run,
    ).toHaveLength(60);
  }
  await page.getByRole('button', { name: 'Delete baseline' }).click();
  await expect(list.getByRole('row')).toHaveCount(2);
});

test('the results of the station are exported as JSON', async ({ page, open }) => {
  await open(`${UMBRELLA}&reweight=y&observable=x*x`);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /Results as JSON/ }).click();
  const results = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(results.method).toBe('umbrella');
  expect(results.freeEnergy.estimator).toBe('mbar');
  expect(results.windows).toHaveLength(20);
  expect(results.convergence.length).toBeGreaterThan(3);
  expect(results.reweighted.variable).toBe('y');
});

test('a run that is under way is paused, and goes on from there', async ({ page, open }) => {
  await open('#/bias?method=umbrella&budget=100000000');
  await expect(page.getByText(/[\d.]+\sM of 100\sM/)).toBeVisible();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const cost = page.getByLabel('Cost', { exact: true }).locator('dd').last();
  await page.waitForTimeout(500);
  const paused = await cost.textContent();
  await page.waitForTimeout(500);
  expect(await cost.textContent()).toBe(paused);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(cost).not.toHaveText(paused ?? '');
});

test.describe('a worker that crashes', () => {
  test.use({ allowedErrors: [/ERR_FAILED/] });

  test('is told, and a restart mends it', async ({ page, open }) => {
    await page.route('**/bias.worker*', (route) => route.abort());
    await open(UMBRELLA);
    await expect(page.getByRole('alert')).toContainText(/biased simulation stopped/);
    await page.unroute('**/bias.worker*');
    await page.getByRole('button', { name: 'Restart', exact: true }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await ended(page);
  });
});
