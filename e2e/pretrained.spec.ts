/** The models that come with the page. */
import { expect, test } from './fixtures.ts';

for (const station of ['learn', 'condition'])
  test(`station ${station} has a trained model from the start`, async ({ page, open }) => {
    await open(`#/${station}?samples=2000`);
    await page.getByRole('button', { name: 'Use the trained one' }).click();
    await expect(page.getByText('trained for 2,000 steps')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('button', { name: 'Use the trained one' })).toBeHidden();
    await open(`#/${station}?network.width=32`);
    await expect(page.getByRole('button', { name: 'Train the model' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Use the trained one' })).toBeHidden();
  });
