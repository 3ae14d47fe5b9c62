import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

/** A network that trains in seconds. */
const TINY = 'network.width=16&network.depth=2&train.steps=150&train.batch=64&data.n=2000&samples=1000';

test('Explore: walkers move on their own after opening and stay trapped, beside the exact free energy', async ({
  page,
  open,
}) => {
  await open('system=mueller-brown&kT=15&walkers=256&time=2');
  const meter = page.getByLabel('Cost').getByText('force').locator('..');
  await expect(meter).not.toContainText(/evaluations\s*0$/);
  await expect(page.getByText(/256 walkers, [\d,]+ outside the upper left well/)).toBeVisible();
  await expect(page.getByRole('img', { name: /Energy landscape of the Müller–Brown/ })).toBeVisible();
  await expect(page.getByText(/RMSE [\d.]+ kT/)).toBeVisible();
});

test('Explore: pause holds the time, step moves it on, restart begins anew', async ({ page, open }) => {
  await open('walkers=16&time=1000');
  const time = page.getByLabel('Cost').locator('dd').first();
  const read = async () => Number((await time.textContent())?.replace(/[^\d.]/g, ''));
  await expect.poll(read).toBeGreaterThan(5);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.waitForTimeout(300);
  const paused = await read();
  await page.waitForTimeout(500);
  expect(await read()).toBe(paused);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(read).toBeGreaterThan(paused);
  await page.getByTitle('Restart with the same seed').click();
  await expect.poll(read).toBeLessThan(paused);
});

test('Explore: a time step that is too long stops with the offer of one that works, and the page goes on', async ({
  page,
  open,
}) => {
  await open('system=mueller-brown&integrator.dt=0.005&time=50');
  await expect(page.getByRole('alert')).toContainText(/time step 0.005 is too long.*Try \de-5 or less/);
  await page.getByRole('link', { name: 'Learn' }).click();
  await expect(page.getByRole('heading', { name: text.learn.story.idle })).toBeVisible();
});

test('Learn: a model is trained, its field and density stand beside the exact ones', async ({
  page,
  open,
}) => {
  await open(`#/learn?${TINY}`);
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText('trained for 150 steps')).toBeVisible();
  await expect(page.getByText(/JS [\d.]+/).first()).toBeVisible();
  await expect(page.getByRole('img', { name: /Arrows towards likely states.*learned/ })).toBeVisible();
});

test('Condition: samples follow the slow variable, beside the exact distribution', async ({ page, open }) => {
  await open(`#/condition?${TINY}&at=-1`);
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText('trained for 150 steps')).toBeVisible();
  await expect(page.getByText(/W₁ [\d.]+/)).toBeVisible();
  const line = page.getByRole('slider', { name: /Collective variable x/ }).first();
  await line.focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: 'States with x = −0.95' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Distribution of y given x = −0.95' })).toBeVisible();
  await expect(page.getByText('1,000 generated states')).toBeVisible();
  await expect(page.getByText(/W₁ [\d.]+/)).toBeVisible();
});

test('Condition: neighbours on a bent level set, moved by the slider', async ({ page, open }) => {
  await open(`#/condition?${TINY}&system=half-moon&condition.by=neighbours&condition.neighbours=100&at=-1`);
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText('trained for 150 steps')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Distribution of y₂ given y₁ - y₂² = −1' })).toBeVisible();
  await expect(page.getByText(/W₁ [\d.]+/)).toBeVisible();
  await page
    .getByRole('slider', { name: /Collective variable y/ })
    .first()
    .focus();
  await page.keyboard.press('ArrowRight');
  await expect(
    page.getByRole('heading', { name: 'Distribution of y₂ given y₁ - y₂² = −0.99' }),
  ).toBeVisible();
  await expect(page.getByText('1,000 generated states')).toBeVisible();
});

test('training stops when asked, and keeps what it has', async ({ page, open }) => {
  await open(`#/condition?${TINY.replace('train.steps=150', 'train.steps=100000')}`);
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText(/step [\d,]+ of 100,000/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText(/stopped at step [\d,]+ of 100,000/)).toBeVisible();
});

test.describe('a worker that crashes', () => {
  test.use({ allowedErrors: [/ERR_FAILED/] });

  test('is told, and a restart mends it', async ({ page, open }) => {
    await page.route('**/simulate.worker*', (route) => route.abort());
    await open();
    await expect(page.getByRole('alert')).toContainText(/simulation stopped/);
    await page.unroute('**/simulate.worker*');
    await page.getByRole('button', { name: 'Restart', exact: true }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.getByText(/256 walkers/)).toBeVisible();
  });
});

const WIDTHS = [320, 360, 390, 768, 800, 900, 1024, 1200, 1280];

for (const station of ['explore', 'bias', 'learn', 'condition', 'couple', 'close'])
  test(`${station} is never wider than the window`, async ({ page, open }) => {
    await open(`#/${station}`);
    await expect(page.getByRole('button', { name: 'Share' })).toBeVisible();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth), `${width} px`)
        .toBeLessThanOrEqual(width);
      const share = await page.getByRole('button', { name: 'Share' }).boundingBox();
      expect(share && share.x + share.width, `${width} px`).toBeLessThanOrEqual(width);
    }
  });
