import { expect, test } from './fixtures.ts';

test('the bench measures this machine and says how accurate each contestant is', async ({ page }) => {
  await page.goto('./?bench=quick');
  await page.getByRole('button', { name: 'Measure' }).click();
  for (const system of ['mueller-brown', 'double-well', 'fast-slow-double-well']) {
    const table = page.getByRole('table', { name: system, exact: true });
    await expect(table).toBeVisible({ timeout: 150_000 });
    await expect(table.getByRole('row').filter({ hasText: 'WebAssembly' }).first()).toContainText('±');
    await expect(table.getByRole('row').filter({ hasText: 'harmonic bias' })).toContainText('±');
    await expect(table.getByRole('row').filter({ hasText: 'interpreter' })).toContainText('±');
  }
});
