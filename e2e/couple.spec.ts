import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

const dragged1 = text.couple.names['dragged-1'];

/** Two methods that train no network and end in seconds. */
const QUICK =
  '#/couple?system=two-channel&budget=200000&arms=dragged-1,metropolis-neighbours&couple.rounds=3';

const run = (page: Page) => page.getByRole('button', { name: text.couple.table.runSeveral(2), exact: true });
const list = (page: Page) => page.getByRole('table', { name: text.couple.table.caption });
const row = (page: Page, name: string) =>
  list(page)
    .getByRole('row')
    .filter({ has: page.getByRole('button', { name, exact: true }) });

test('the loop is lit as it runs; results of both methods stand beside the exact ones, with their lesson', async ({
  page,
  open,
}) => {
  await open(QUICK);
  await expect(page.getByRole('heading', { name: text.couple.story.idleTitle })).toBeVisible();
  // Every station of the loop that was lit at some time.
  await page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(globalThis, { seen });
    const look = () => {
      for (const node of document.querySelectorAll('.loop-node[data-lit=true] b')) seen.add(node.textContent);
      requestAnimationFrame(look);
    };
    look();
  });
  await run(page).click();
  await expect(run(page)).toBeVisible();
  const seen = await page.evaluate(() => [...(globalThis as unknown as { seen: Set<string> }).seen]);
  expect(seen).toEqual(expect.arrayContaining(['Biased runs', 'Accept or reject']));
  await row(page, 'neighbours').getByRole('button', { name: 'neighbours', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'The budget is spent' })).toBeVisible();
  for (const method of ['neighbours', dragged1])
    await expect(row(page, method).locator('td.rmse')).toHaveText(/^\d\.\d\d/);
  await expect(
    page.getByRole('img', { name: /exact curve and the estimate of neighbours, root mean square error \d/ }),
  ).toBeVisible();
  await expect(
    page.getByRole('img', { name: /against force evaluations.*dragged ×1: [\d.]+ kT; neighbours/ }),
  ).toBeVisible();
  await expect(
    page.getByRole('img', { name: /26 of 26 windows.*% of the proposals were accepted/ }),
  ).toBeVisible();
  await expect(page.getByText(/^\d+ % accepted$/).first()).toBeVisible();
  const dragged = await row(page, dragged1).locator('td.rmse').textContent();
  await expect(page.locator('[data-lesson=dragging]')).toContainText(
    `${dragged1} ${dragged} kT; coupled: neighbours`,
  );
  const distributions = page.getByRole('table', {
    name: /Distances from the exact distribution of y given x = 0/,
  });
  await expect(distributions.getByRole('row')).toHaveCount(3);
  await expect(page.getByLabel('Cost', { exact: true })).toContainText(/force evaluations\d{3}\sk/);
});

test('the line in the landscape chooses the conditional distribution, without a new run', async ({
  page,
  open,
}) => {
  await open(QUICK.replace('dragged-1,', ''));
  await page.getByRole('button', { name: 'Run neighbours', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'The budget is spent' })).toBeVisible();
  const line = page.getByRole('slider', { name: 'Requested value of x' });
  await line.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByRole('table', { name: /given x = 0\.38/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The budget is spent' })).toBeVisible();
});

test('a run pauses, and stops when it is cancelled', async ({ page, open }) => {
  await open(QUICK.replace('budget=200000', 'budget=100000000'));
  await run(page).click();
  await expect(list(page).getByRole('progressbar')).not.toHaveCount(0);
  await expect(page.getByRole('heading', { name: text.couple.story.preparing })).toHaveCount(0);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Paused' })).toBeVisible();
  const force = page.getByLabel('Cost', { exact: true }).locator('dd').nth(1);
  await page.waitForTimeout(500);
  const paused = await force.textContent();
  await page.waitForTimeout(500);
  expect(await force.textContent()).toBe(paused);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(force).not.toHaveText(paused ?? '');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(run(page)).toBeVisible();
  await expect(list(page).getByRole('progressbar')).toHaveCount(0);
});

test('a system without anything beside the slow variable is told why, and offered one that has', async ({
  page,
  open,
}) => {
  await open('#/couple?system=double-well');
  await expect(page.getByRole('heading', { name: text.parts.unavailable.title })).toBeVisible();
  await expect(page.getByText(/has a single coordinate/)).toBeVisible();
  await page.getByRole('button', { name: text.couple.unavailable.takeSystem('Two channels') }).click();
  await expect(page.getByRole('region', { name: 'The coupled loop' })).toBeVisible();
});

test('a slow variable that is no coordinate: the reason, and one that is', async ({ page, open }) => {
  await open('#/couple?system=custom&cv=typed');
  await expect(page.getByText(/is not a coordinate, so a move would change it/)).toBeVisible();
  await page.getByRole('button', { name: text.couple.unavailable.takeCv('x') }).click();
  await expect(page.getByRole('region', { name: 'The coupled loop' })).toBeVisible();
});

test('springs that no time step carries are told by the method that cannot run', async ({ page, open }) => {
  await open('#/couple?system=two-channel&arms=dragged-1&couple.springConstant=10000000');
  await page.getByRole('button', { name: text.couple.table.run(dragged1), exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /^dragged ×1: .*time step/ })).toBeVisible();
  await expect(row(page, dragged1)).toContainText('failed');
});

test('the results of the station are exported as JSON', async ({ page, open }) => {
  await open(QUICK.replace('budget=200000', 'budget=60000'));
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /Results as JSON/ }).click();
  const { arms } = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(arms.map(({ id }: { id: string }) => id)).toEqual(['dragged-1', 'metropolis-neighbours']);
  for (const { forceEvaluations, rmse } of arms) {
    expect(forceEvaluations).toBeLessThanOrEqual(60_000);
    expect(rmse).toBeGreaterThan(0);
  }
});

test.describe('a worker that crashes', () => {
  test.use({ allowedErrors: [/ERR_FAILED/] });

  test('is told, and another try mends it', async ({ page, open }) => {
    await page.route('**/couple.worker*', (route) => route.abort());
    await open('#/couple?system=two-channel&budget=20000&arms=direct');
    await page.getByRole('button', { name: 'Run direct', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText(/coupled run stopped/);
    await page.unroute('**/couple.worker*');
    await page.getByRole('button', { name: 'Run again' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'The budget is spent' })).toBeVisible();
  });
});

test('a chain goes round the loop: moves of seven coordinates, the distribution of the next site, what the network is worth', async ({
  page,
  open,
}) => {
  // Eight trainings of a network, on whatever machine this is.
  test.slow();
  await open(
    '#/couple?system=phi4-chain&kT=0.5&budget=60000&arms=exchange-1,metropolis&couple.rounds=1&couple.windows=8',
  );
  await run(page).click();
  await expect(run(page)).toBeVisible({ timeout: 150_000 });
  for (const method of ['exchange ×1', 'network'])
    await expect(row(page, method).locator('td.rmse')).toHaveText(/^\d\.\d\d/);
  await row(page, 'network').getByRole('button', { name: 'network', exact: true }).click();
  await expect(
    page.getByRole('img', {
      name: /8 of 8 windows along φ₁ have been filled.*% of the proposals were accepted/,
    }),
  ).toBeVisible();
  const distributions = page.getByRole('table', {
    name: /Distances from the exact distribution of φ₂ given φ₁ = 0/,
  });
  await expect(distributions.getByRole('row')).toHaveCount(3);
  await expect(page.locator('[data-lesson=network]')).toContainText(/the network reaches \d\.\d\d kT/);
});
