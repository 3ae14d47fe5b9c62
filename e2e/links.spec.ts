import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('Share copies a link that restores the experiment', async ({ page, open }) => {
  const query =
    '#/condition?v=1&seed=42&kT=0.6&walkers=64&data.n=5000&train.steps=300&samples=2000&at=-1,0.5';
  await open(query);
  await page.getByRole('button', { name: 'Share' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toBe(query);
  await open();
  await page.goto(link);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'States with x = −1' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe(query);
});

test('settings before the hash are read too', async ({ page }) => {
  await page.goto('./?station=condition&at=-0.5');
  await expect(page.getByRole('heading', { name: 'States with x = −0.5' })).toBeVisible();
  await page.goto('./?utm_source=course');
  await expect(page.getByText(/256 walkers/)).toBeVisible();
  await expect(page.getByRole('region', { name: text.frame.notices.title })).toHaveCount(0);
});

test('back and forward move between what was opened', async ({ page, open }) => {
  await open();
  await page.getByRole('link', { name: 'Learn' }).click();
  await expect(page).toHaveURL(/#\/learn/);
  await page.getByRole('link', { name: 'Condition' }).click();
  await expect(page).toHaveURL(/#\/condition/);
  await page.goBack();
  await expect(page.getByRole('heading', { name: text.learn.story.idle })).toBeVisible();
  await page.goBack();
  await expect(page.getByText(/256 walkers/)).toBeVisible();
  await page.goForward();
  await expect(page).toHaveURL(/#\/learn/);
});

test('a change can be undone', async ({ page, open }) => {
  await open();
  await page.getByRole('button', { name: /^System/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Müller–Brown potential/ })
    .click();
  await expect(page).toHaveURL(/system=mueller-brown/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page).not.toHaveURL(/system=mueller-brown/);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(page).toHaveURL(/system=mueller-brown/);
});

for (const query of ['kT=-1', 'system=nope', 'at=banana', 'seed=1e99', 'colour=red&kT=x'])
  test(`${query}: a notice names the culprit, the defaults open`, async ({ page, open }) => {
    await open(query);
    await expect(page.getByRole('status').filter({ hasText: query.split('&')[0] })).toBeVisible();
    await expect(page.getByText(/256 walkers/)).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss the notices' }).click();
    await expect(page.getByRole('region', { name: 'Notices' })).toHaveCount(0);
  });

test('a hash of a megabyte opens the defaults with a notice', async ({ page, open }) => {
  await open();
  await page.evaluate(() => {
    location.hash = `#/explore?kT=${'1'.repeat(1_000_000)}`;
  });
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('more than the 16384');
  await expect(page.getByText(/256 walkers/)).toBeVisible();
});

test('markup in every key stays text', async ({ page, open }) => {
  const keys = ['v', 'station', 'seed', 'system', 'system.a', 'kT', 'cv', 'walkers', 'time', 'integrator'];
  const more = [
    'data',
    'data.n',
    'data.flat',
    'network.width',
    'train.steps',
    'generator',
    'samples',
    'at',
    'sigma',
  ];
  const markup = encodeURIComponent('<img src=x onerror="window.pwned=1">');
  await open([...keys, ...more].map((key) => `${key}=${markup}`).join('&'));
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('<img src=x');
  await open(`${markup}=1&<script>window.pwned=1</script>=2`);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('is not a setting');
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(await page.locator('img[src="x"]').count()).toBe(0);
});
