import { expect, test } from './fixtures.ts';

test('the bench measures this machine and says how accurate each contestant is', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('./?bench');
  await page.getByRole('button', { name: 'Measure' }).click();
  for (const system of ['mueller-brown', 'double-well']) {
    const table = page.getByRole('table', { name: system });
    await expect(table).toBeVisible({ timeout: 80_000 });
    await expect(table.getByRole('row').filter({ hasText: 'WebAssembly' }).first()).toContainText('±');
    await expect(table.getByRole('row').filter({ hasText: 'interpreter' })).toContainText('±');
  }
});
