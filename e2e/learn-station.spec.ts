/** Station Learn: what a hand can do there. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

const TINY =
  'network.width=16&network.depth=2&train.steps=120&train.batch=64&data.n=2000&samples=800&generator.steps=9';

const slider = (page: Page) => page.getByRole('slider', { name: text.learn.noise.level, exact: true });
const place = async (page: Page) => Number(await slider(page).inputValue());

async function trained(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText('trained for 120 steps')).toBeVisible();
}

/** Number of dots on the canvas of the particles, roughly: opaque pixels. */
function inked(page: Page): Promise<number> {
  return page.locator('.noise-stage canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 128) count++;
    return count;
  });
}

/** The description of a figure once it changes no more: the field at another noise level may still be on its way. */
async function settled(figure: Locator): Promise<string | null> {
  const label = () => figure.getAttribute('aria-label');
  let last = await label();
  await expect(async () => {
    const before = last;
    last = await label();
    expect(last).toBe(before);
  }).toPass({ intervals: [1500], timeout: 120_000 });
  return last;
}

test('noise is played, paused and scrubbed, by hand and by keys', async ({ page, open }) => {
  await open(`#/learn?${TINY}`);
  await expect.poll(() => inked(page)).toBeGreaterThan(500);
  // It moves by itself once.
  const begun = await place(page);
  await expect.poll(() => place(page)).toBeGreaterThan(begun);
  await page.getByRole('button', { name: 'Pause the noise' }).click();
  await expect(page.getByRole('button', { name: 'Play the noise' })).toBeVisible();
  // The slider is drawn a few times a second: what it shows now may be from before the pause.
  await page.waitForTimeout(500);
  const paused = await place(page);
  await page.waitForTimeout(300);
  expect(Math.abs((await place(page)) - paused)).toBeLessThan(2);
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveValue('0');
  await page.keyboard.press('PageUp');
  await expect.poll(() => place(page)).toBe(100);
  await page.keyboard.press('End');
  await expect(slider(page)).toHaveValue('1000');
  await expect(page.getByText(/σ = 80 standard deviations: [\d.]+ along x, [\d.]+ along y/)).toBeVisible();
  // The link says where it rests.
  await expect.poll(() => page.url()).toContain('sigma=80');
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Pause the noise' })).toBeVisible();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Play the noise' })).toBeVisible();
});

test.describe('a person who wants stillness', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  test('sees nothing move by itself', async ({ page, open }) => {
    await open(`#/learn?${TINY}&sigma=0.5`);
    await expect.poll(() => inked(page)).toBeGreaterThan(500);
    const begun = await place(page);
    await page.waitForTimeout(700);
    expect(await place(page)).toBe(begun);
    await expect(page.getByText('σ = 0.5', { exact: true })).toBeVisible();
  });
});

test('fields are switched, with the error of the learned one', async ({ page, open }) => {
  await open(`#/learn?${TINY}`);
  await expect(
    page.getByRole('img', { name: /Arrows towards likely states.*the exact field/ }),
  ).toBeVisible();
  await trained(page);
  for (const [button, words] of [
    ['Learned', 'learned'],
    ['Exact', 'exact'],
    ['Difference', 'learned minus exact'],
    ['Both', 'exact and learned'],
  ]) {
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(
      page.getByRole('img', { name: new RegExp(`, ${words}; relative error of the learned field`) }),
    ).toBeVisible();
  }
  await expect(
    page.getByText(/Root mean square error of the learned score: [\d.e-]+, where the exact score has/),
  ).toBeVisible();
  // The force: a row for every noise, and a word on it.
  await expect(
    page.getByRole('img', { name: /Force over kT .* relative error over the density/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: text.learn.force.show(0.2) }).click();
  await expect(page.getByRole('img', { name: /beside the learned score at noise level 0.2/ })).toBeVisible();
  await expect(
    page.getByText(/^The score of this model agrees with force|^Here the learned score differs from force/),
  ).toBeVisible();
});

test('one step shows its minibatch and its loss, and training goes on from it', async ({ page, open }) => {
  await open(`#/learn?${TINY}`);
  await page.getByRole('button', { name: 'One step' }).click();
  const picture = page.getByRole('img', { name: /Training step 1: \d+ noisy states.*loss [\d.]+/ });
  await expect(picture).toBeVisible();
  await expect(page.getByText('stopped at step 1 of 120')).toBeVisible();
  await page.getByRole('button', { name: 'One step' }).click();
  await expect(page.getByRole('img', { name: /Training step 2:/ })).toBeVisible();
  await page.getByRole('button', { name: text.parts.training.resume }).click();
  await expect(page.getByText('trained for 120 steps')).toBeVisible();
});

test('a model that is saved and loaded gives the same field, and brings its experiment', async ({
  page,
  open,
}) => {
  await open(`#/learn?${TINY}&kT=0.55&sigma=0.5`);
  await trained(page);
  // The field at rest.
  await slider(page).focus();
  await page.keyboard.press('End');
  const summary = page.getByRole('img', { name: /Arrows towards.*noise level 80, .*relative error/ });
  const before = await settled(summary);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save model' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('saddle-model-three-hole-learn-120.json');
  const path = await file.path();

  await open(`#/learn?${TINY}`);
  const input = page.getByLabel('Model file');
  await input.setInputFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from('x,y\n1,2\n'),
  });
  await expect(page.getByRole('alert')).toContainText('The file is not a model: it is not valid JSON');
  const wrong = { ...JSON.parse(await readFile(path, 'utf8')), weights: 'AAAA' };
  await input.setInputFiles({
    name: 'y.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(wrong)),
  });
  await expect(page.getByRole('alert')).toContainText('weights');
  await input.setInputFiles(path);
  await expect(page.getByText('trained for 120 steps')).toBeVisible();
  await expect.poll(() => page.url()).toContain('kT=0.55');
  await slider(page).focus();
  await page.keyboard.press('End');
  expect(await settled(summary)).toBe(before);
});

test('the exact denoiser generates without a network', async ({ page, open }) => {
  await open(`#/learn?${TINY.replace('samples=800', 'samples=2000')}`);
  await page.getByRole('button', { name: 'Noise → samples' }).click();
  await expect(page.getByText(text.learn.noise.untrained)).toBeVisible();
  await page.getByRole('button', { name: 'exact', exact: true }).click();
  await expect(page.getByText('2,000 generated states, exact denoiser')).toBeVisible();
  await expect(page.getByRole('button', { name: /^exact: JS [\d.]+/ })).toBeVisible();
  await expect(page.getByText(/With the exact denoiser the samples/)).toBeVisible();
  await expect(page.getByRole('heading', { name: text.learn.story.idle })).toBeVisible();
  await slider(page).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => inked(page)).toBeGreaterThan(500);
  // Distances of the samples beside those of exact states.
  const row = page.getByRole('row', { name: /sliced W₁/ });
  await expect(row).toHaveText(/sliced W₁0?\.\d+0?\.\d+/);
});

test('on opening the default system a model is there', async ({ page, open }) => {
  await open('#/learn');
  await expect(page.getByText('This network has been trained before')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train from scratch' })).toBeVisible();
  await expect(page.getByRole('img', { name: /relative error of the learned field/ })).toBeVisible();
});

test('a training that breaks down says why and offers a smaller rate', async ({ page, open }) => {
  const longer = TINY.replace('train.steps=120', 'train.steps=300');
  await open(`#/learn?${longer}&network.kind=energy&train.learningRate=1&sigma=0.5`);
  await page.getByRole('button', { name: 'Train the model' }).click();
  await expect(page.getByText(/Training diverged after step \d+/)).toBeVisible();
  await page.getByRole('button', { name: 'Train with learning rate 0.3' }).click();
  await expect.poll(() => page.url()).toContain('train.learningRate=0.3');
  await expect(page.getByText(/Training diverged after step/)).toBeHidden();
});
