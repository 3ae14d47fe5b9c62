import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

const QUICK = '#/close?system=fast-slow-double-well&budget=2000000&close.values=15&close.points=500';

test('bursts, coarse equation and diffusion map stand beside what is exact', async ({ page, open }) => {
  await open(QUICK);
  await expect(page.getByRole('heading', { name: text.close.story.idleTitle('x') })).toBeVisible();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('heading', { name: text.close.story.finished })).toBeVisible();
  await expect(page.getByText(/^RMSE [\d.]+ kT, (< )?\d+ % unvisited$/)).toBeVisible();
  await expect(page.getByText(/F from the bursts alone is [\d.]+ kT/)).toBeVisible();
  await expect(
    page.getByRole('img', { name: /Effective drift of x at 15 values.*averaged equation/ }),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /states coloured by the first coordinate/ })).toBeVisible();
  await expect(page.getByLabel('Cost', { exact: true })).toContainText('of 2.00 M');
  // What was learned is a slow variable elsewhere: F along it stands beside the exact one.
  await page.getByRole('button', { name: 'Use it in Bias' }).click();
  await expect(page.getByRole('heading', { name: 'Free energy F(learned φ)' })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Contours of the learned collective variable/ })).toBeVisible();
  await expect(page.getByText(/^RMSE [\d.]+ kT, (< )?\d+ % unvisited$/)).toBeVisible();
  expect(page.url()).toMatch(/\/bias\?.*cv=diffusion.*close\.mapSeed=1/);
});

test('a trained model lifts, its averages stand beside the exact ones, and more forces are offered', async ({
  page,
  open,
}) => {
  await open(
    '#/close?system=fast-slow-double-well&budget=300000&close.values=9&close.map=none&close.lift=model&close.training=200',
  );
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('heading', { name: text.close.story.finished })).toBeVisible();
  await expect(page.getByRole('img', { name: /as lifted \(.+\)/ })).toBeVisible();
  await expect(page.getByLabel('Cost', { exact: true })).toContainText('network');
  await page
    .getByRole('button', { name: /Increase the budget to 3\.00\sM force evaluations \(about/ })
    .click();
  await expect(page.getByLabel('Cost', { exact: true })).toContainText('of 3.00 M');
});

test('a run that is under way is paused, and settings begin it anew', async ({ page, open }) => {
  await open(QUICK.replace('budget=2000000', 'budget=100000000'));
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('progressbar', { name: text.close.progress })).toBeVisible();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect(page.getByRole('heading', { name: text.close.story.idleTitle('x') })).toBeVisible();
});

test('steps without physical time are told why they cannot be used', async ({ page, open }) => {
  await open('#/close?system=fast-slow-double-well&integrator=metropolis');
  await expect(
    page.getByText(/do not represent physical time, so drift and diffusion cannot be estimated/),
  ).toBeVisible();
});
