import type { Page } from '@playwright/test';
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

const WORDS = text.frame.examining;

/** No two terms alike: each is computed at every place that the examination looks at. */
function heavy(terms: number): string {
  const each = Array.from({ length: terms }, (_, k) => `sin(${90 + k}*x*y)^63`);
  return `${each.join('+')}+x^2+y^2`;
}

const link = (energy: string, rest = '') =>
  `system=custom&system.energy=${encodeURIComponent(energy)}${rest}`;

/** Times between two beats of the page's thread, ms: the longest, and when they began. */
async function watchHeart(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const heart = { longest: 0, last: performance.now() };
    Object.assign(globalThis, { heart });
    setInterval(() => {
      const now = performance.now();
      heart.longest = Math.max(heart.longest, now - heart.last);
      heart.last = now;
    }, 10);
  });
  return () => page.evaluate(() => (globalThis as unknown as { heart: { longest: number } }).heart.longest);
}

test.describe('an energy that takes long to examine', () => {
  test('in a link: the page lives meanwhile, and says how it ends', async ({ page, open }, {
    annotations,
  }) => {
    const longest = await watchHeart(page);
    await open(link(heavy(85)));
    await expect(page.getByRole('heading', { name: WORDS.title })).toBeVisible();
    const gap = await longest();
    await expect(page.getByText(/walkers, [\d,]+ outside/)).toBeVisible({
      timeout: 60_000,
    });
    annotations.push({
      type: 'longest gap of the heart, ms',
      description: `${gap.toFixed(0)} while it is examined, ${(await longest()).toFixed(0)} with the opening of the page`,
    });
  });

  test('in the field: what was running goes on, and it can be stopped', async ({ page, open }) => {
    await open('system=custom&walkers=32');
    await expect(page.getByText(/32 walkers, [\d,]+ outside/)).toBeVisible();
    const field = page.getByRole('textbox', { name: /Energy/ });
    await field.fill(heavy(85));
    await field.blur();
    await expect(page.getByText(WORDS.title).first()).toBeVisible();
    await expect(page.getByText(/32 walkers, [\d,]+ outside/)).toBeVisible();
    await field.fill('3*(x^2 - 1)^2 + y^2');
    await expect(page).toHaveURL(/system\.energy=3/);
  });

  test('at the opening can be left out', async ({ page, open }) => {
    await open(link(heavy(85)));
    await page.getByRole('button', { name: WORDS.without }).click();
    await expect(page.getByText(/walkers, [\d,]+ outside/)).toBeVisible();
  });
});

test('an energy that a parameter makes useless is told of at once, and as long as it is', async ({
  page,
  open,
}) => {
  await open(link('a*(x^2 - 1)^2 + y^2; a = 1 in [-2, 3]', '&walkers=32'));
  const told = page.getByRole('alert').filter({ hasText: 'does not rise' });
  const slider = page.getByRole('slider', { name: 'a', exact: true });
  await expect(slider).toBeVisible();
  await expect(told).toHaveCount(0);
  await page.getByRole('textbox', { name: 'a', exact: true }).fill('-1.6');
  await page.getByRole('textbox', { name: 'a', exact: true }).press('Enter');
  await expect(told).toBeVisible();
  await expect(page).toHaveURL(/system\.a=-1\.6/);
  await page.getByRole('textbox', { name: 'a', exact: true }).fill('1.5');
  await page.getByRole('textbox', { name: 'a', exact: true }).press('Enter');
  await expect(told).toHaveCount(0);
});

test('an energy is typeset while it is typed, with what is left out', async ({ page, open }) => {
  await open('system=custom&walkers=32');
  const field = page.getByRole('textbox', { name: /Energy/ });
  await field.fill('U(x, y) = 4*(x**2 - 1)**2 + np.cos(y) + y^2 # two wells');
  const read = page.getByRole('region', { name: text.controls.understood.title });
  await expect(read.locator('.katex').first()).toBeVisible();
  for (const dropped of ['U(x, y) =', 'np.', '# two wells']) await expect(read).toContainText(dropped);
  await field.fill('4*(x^2 - 1)^2 + ');
  await expect(read).toHaveCount(0);
});
