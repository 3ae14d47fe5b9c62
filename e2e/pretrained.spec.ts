/** The models that come with the page. */
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

for (const station of ['learn', 'condition'])
  test(`station ${station} has a trained model from the start, until one is trained`, async ({
    page,
    open,
  }) => {
    await open(`#/${station}?samples=2000`);
    const known = page.getByText(text.parts.training.trainedBefore);
    const given = page.getByRole('button', { name: text.parts.pretrained.use });
    await expect(page.getByText('trained for 2,000 steps')).toBeVisible();
    await expect(known).toBeVisible();
    await expect(given).toBeHidden();
    if (station === 'condition') await expect(page.getByText('2,000 generated states')).toBeVisible();
    await page.getByRole('button', { name: 'Train from scratch' }).click();
    await expect(known).toBeHidden();
    await expect(page.getByText(/step [1-9]\d* of 2,000/)).toBeVisible();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await given.click();
    await expect(known).toBeVisible();
    await open(`#/${station}?network.width=32`);
    await expect(page.getByRole('button', { name: 'Train the model' })).toBeVisible();
    await expect(given).toBeHidden();
  });
