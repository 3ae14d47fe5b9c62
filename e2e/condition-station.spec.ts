/** Station Condition: what is dragged, switched and compared. */
import type { Page } from '@playwright/test';
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

const TINY = 'network.width=16&network.depth=2&train.steps=150&train.batch=128&data.n=3000&samples=1000';

const trained = async (page: Page) => {
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText('trained for 150 steps')).toBeVisible();
};

const source = (page: Page, kind: string) => page.locator(`.distances [data-source=${kind}] td`);
const onCurve = (page: Page) => page.getByRole('slider', { name: /Requested value of/ });
const misses = (page: Page, label: string) =>
  page.getByRole('img', { name: new RegExp(`Deviations of ${label} of the generated states`) });
const rms = async (page: Page, label: string) => {
  const text = (await misses(page, label).getAttribute('aria-label')) ?? '';
  return Number(text.match(/square (.+)\.$/)?.[1]);
};

test('the curve is moved by keys and by hand, and the states follow', async ({ page, open }) => {
  await open(`#/condition?${TINY}&at=-1`);
  await trained(page);
  await onCurve(page).focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByRole('heading', { name: 'States with x = −0.6' })).toBeVisible();
  await expect(page.getByText('1,000 generated states')).toBeVisible();
  await expect(misses(page, 'x')).toBeVisible();
  // A tiny network misses, but its states are where they were asked for, not where they were before.
  expect(await rms(page, 'x')).toBeLessThan(0.2);
  const area = (await page.locator('.level-drag').boundingBox())!;
  await page.mouse.move(area.x + 0.4 * area.width, area.y + area.height / 2);
  await page.mouse.down();
  await page.mouse.move(area.x + 0.75 * area.width, area.y + area.height / 2, { steps: 6 });
  await page.mouse.up();
  const title = page.getByRole('heading', { name: /States with x = (0\.9|1)/ });
  await expect(title).toBeVisible();
  await expect(page).toHaveURL(/at=(0\.9|1)/);
  await expect(page.getByText('1,000 generated states')).toBeVisible();
  await expect.poll(() => rms(page, 'x')).toBeLessThan(0.3);
});

test('careful training is a change of settings, which the link holds', async ({ page, open }) => {
  await open(`#/condition?${TINY}&at=0`);
  const careful = page.getByRole('button', { name: 'Train carefully (4,000 steps)' });
  await careful.click();
  await expect(page).toHaveURL(/train\.steps=4000.*schedule\.logMean=0.*generator\.steps=32/);
  await expect(page.getByText(/of 4,000/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText(/stopped at step/)).toBeVisible();
  await expect(careful).toHaveCount(0);
});

test('restrained simulation and data nearby stand beside the model, each with its floor', async ({
  page,
  open,
}) => {
  await open(`#/condition?${TINY}&at=1`);
  // The simulation needs no model.
  await expect(source(page, 'biased').nth(1)).toHaveText(/^[\d.]+$/);
  await expect(page.getByText(/a spring pulls walkers from the start/)).toContainText(
    /±0\.04 of the value are kept/,
  );
  await trained(page);
  for (const kind of ['model', 'biased', 'simulation']) {
    await expect(source(page, kind).nth(1)).toHaveText(/^[\d.]+$/);
    await expect(source(page, kind).nth(2)).toHaveText(/^[\d.]+$/);
  }
  await expect(source(page, 'model').first()).toHaveText('1,000');
});

test('neighbours and kernel need no training, a network told something else does', async ({ page, open }) => {
  await open(`#/condition?${TINY}&at=-1`);
  const way = (name: string) => page.getByRole('radio', { name });
  await way('Neighbours').click();
  await expect(page).toHaveURL(/condition\.by=neighbours/);
  await expect(page.getByText('1,000 generated states')).toBeVisible();
  // They are moved onto the value.
  expect(await rms(page, 'x')).toBeLessThan(1e-4);
  await expect(page.getByText('This is the baseline for the others.')).toBeVisible();
  await way('Kernel').click();
  await expect(page.getByRole('slider', { name: 'Bandwidth' })).toBeVisible();
  await expect.poll(() => rms(page, 'x')).toBeGreaterThan(1e-3);
  await way('Guidance').click();
  await expect(page.getByText(text.condition.methods.weightGuidance)).toBeVisible();
  await trained(page);
  await expect(page.getByText('1,000 generated states')).toBeVisible();
  await way('Network').click();
  await expect(page.getByText(text.condition.story.otherModel)).toBeVisible();
});

test('other weights than 1 are refused with the reason, and the model stays', async ({ page, open }) => {
  await open(`#/condition?${TINY}&at=-1`);
  await trained(page);
  await page.getByRole('textbox', { name: 'Guidance weight' }).fill('2');
  await page.keyboard.press('Enter');
  await expect(
    page
      .getByRole('status')
      .filter({ hasText: /trained with conditions only\..*condition dropout above 0, e\.g\. 0\.1/ }),
  ).toBeVisible();
  await expect(page.getByText(/^Weights other than 1/)).toContainText('condition dropout above 0');
  await page.getByRole('textbox', { name: 'Guidance weight' }).fill('1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1,000 generated states')).toBeVisible();
});

test('a slow variable that is no coordinate: the half moon', async ({ page, open }) => {
  await open(`#/condition?${TINY}&system=half-moon&cv=slow&at=0.5`);
  await expect(page.getByRole('heading', { name: /^Distribution of y₂ given/ })).toBeVisible();
  await trained(page);
  await expect(source(page, 'model').nth(1)).toHaveText(/^[\d.]+$/);
  await expect(source(page, 'biased').nth(1)).toHaveText(/^[\d.]+$/);
  const before = Number(await onCurve(page).getAttribute('aria-valuenow'));
  const area = (await page.locator('.level-drag').boundingBox())!;
  await page.mouse.click(area.x + 0.2 * area.width, area.y + area.height / 2);
  await expect.poll(async () => Number(await onCurve(page).getAttribute('aria-valuenow'))).not.toBe(before);
  await expect(page.getByText('1,000 generated states')).toBeVisible();
});

test('mean and variance along the whole slow variable, in the background', async ({ page, open }) => {
  // Fine steps, so that there is something to cancel on a fast machine too.
  await open(`#/condition?${TINY}&at=-1&generator.steps=100`);
  await trained(page);
  await expect(page.getByRole('progressbar', { name: text.condition.sweep.progress })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  // On a fast machine all values may be there before the hand is.
  const again = page.getByRole('button', { name: 'Compute again' });
  const complete = page.getByText('25 values', { exact: true });
  await expect(again.or(complete).first()).toBeVisible();
  if (await again.isVisible()) await again.click();
  await expect(
    page.getByRole('img', {
      name: /Mean and variance of y along x at 25 values; the largest error of the mean is/,
    }),
  ).toBeVisible();
  await expect(page.getByText(text.condition.slider.extrapolates)).toBeVisible();
});

test('two values at once: nothing is left free, two misses are told', async ({ page, open }) => {
  await open(`#/condition?${TINY}&also=y&alsoAt=0.2&at=-1`);
  await trained(page);
  await expect(page.getByRole('heading', { name: 'States with x = −1 and y = 0.2' })).toBeVisible();
  await expect(misses(page, 'x')).toBeVisible();
  await expect(misses(page, 'y')).toBeVisible();
  await expect(page.locator('.distances')).toHaveCount(0);
});
