import { expect, test } from './fixtures.ts';

test('the page opens under a sub-path', async ({ page, open }) => {
  await open();
  await expect(page).toHaveTitle(/Saddle/);
  expect(new URL(page.url()).pathname).toBe('/some/sub/path/');
});

test('every station opens from its link in the header, Explore with its walkers', async ({ page, open }) => {
  await open();
  await expect(page.locator('main canvas').first()).toBeVisible();
  const links = page.getByRole('navigation', { name: 'Stations' }).getByRole('link');
  await expect(links.first()).toBeVisible();
  for (const link of await links.all()) {
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'step');
  }
});

test('the server of these tests keeps to its folder', async ({ request }) => {
  for (const path of [
    '..%2fpackage.json',
    '..%2f..%2fpackage.json',
    'assets/..%5c..%5cpackage.json',
    '%00',
  ]) {
    const response = await request.get(`./${path}`);
    expect(response.ok(), path).toBe(false);
  }
});
