import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

for (const station of ['explore', 'bias', 'learn', 'condition', 'couple', 'close'])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`${station}, ${colorScheme}: no violations`, async ({ page, open }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open(`#/${station}?walkers=64&colour=red`);
      await expect(page.locator('.js-plotly-plot .main-svg').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
        [],
      );
    });

test('bias, with the tables of a run: no violations', async ({ page, open }) => {
  await open('#/bias?method=umbrella&budget=100000&method.centers=-1,0,1');
  await expect(page.getByRole('table', { name: 'Runs of this system' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'The budget is spent' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});

test('a phone shows the figure first, with nothing to the side', async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const station of ['explore', 'bias', 'learn', 'condition', 'couple', 'close']) {
    await open(`#/${station}`);
    await expect(page.locator('.js-plotly-plot .main-svg').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});

test('the page is worked from the keyboard', async ({ page, open }) => {
  await open('walkers=16&time=1000');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.locator('body').press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
