import { expect, test } from './fixtures.ts';

test('the page opens under a sub-path', async ({ page, open }) => {
  await open();
  await expect(page).toHaveTitle(/Saddle/);
  expect(new URL(page.url()).pathname).toBe('/some/sub/path/');
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
