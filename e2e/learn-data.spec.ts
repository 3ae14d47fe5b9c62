/** Training data of one's own: files, drawings, biased runs, and what is said of bad ones. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import biased from '../src/text/en/datasets/biased.ts';
import drawn from '../src/text/en/datasets/drawn.ts';
import file from '../src/text/en/datasets/file.ts';
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';
import type { AllResults } from './globals.d.ts';

const TINY = 'network.width=16&network.depth=2&train.steps=60&train.batch=64&data.n=2000&samples=500';

/** Two clouds, at (-1, 0) and (1, 1), with a header and decimal commas. */
function cloudsCsv(rows: number): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const [side, angle] = [n % 2 === 0 ? -1 : 1, n * 2.399963];
    const radius = 0.2 * Math.sqrt(((n * 7) % rows) / rows);
    const [x, y] = [side + radius * Math.cos(angle), (side + 1) / 2 + radius * Math.sin(angle)];
    return `${n};${y.toFixed(5).replace('.', ',')};${x.toFixed(5).replace('.', ',')}`;
  });
  return ['time;y;x', ...lines].join('\r\n');
}

const choose = (page: Page, name: string, text: string) =>
  page.getByLabel('File of states').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const source = (page: Page) => page.getByRole('group', { name: 'Training data' });

async function trained(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Train (the model|again)/ }).click();
  await expect(page.getByText('trained for 60 steps')).toBeVisible();
}

test('a file is imported, seen and learned from; a bad one is refused with line and column, and nothing is lost', async ({
  page,
  open,
}) => {
  await open(`#/learn?${TINY}&data=file`);
  await expect(source(page)).toContainText('Choose the file again');
  await page.getByRole('button', { name: /^Train (the model|again)/ }).click();
  await expect(page.getByRole('region', { name: 'Training' })).toContainText('Choose the file again');
  await choose(page, 'clouds.csv', cloudsCsv(600));
  await expect(source(page)).toContainText('clouds.csv: 600 states.');
  await expect(page.getByRole('region', { name: 'Training' })).not.toContainText('Choose the file again');
  await expect(source(page)).toContainText(/600 states, x from −1\.\d+ to 1\.\d+, y from/);
  await expect(
    source(page).getByRole('img', { name: '600 training states on the energy landscape' }),
  ).toBeVisible();
  await trained(page);
  await expect(page.getByText(`from 600 ${file.states}`)).toBeVisible();
  expect(page.url()).toContain('data=file');
  expect(page.url()).not.toContain('clouds');

  await choose(page, 'bad.csv', `${cloudsCsv(100)}\n100;0,5;<b>half</b>\n`);
  const dialog = page.getByRole('dialog', { name: text.data.columnChoice.title });
  await expect(dialog).toContainText(
    'bad.csv: 1 of 101 rows is no state. Line 102, column 3 (x): “<b>half</b>” is not a number.',
  );
  await dialog.getByRole('button', { name: text.data.cancel }).click();
  await expect(source(page)).toContainText('clouds.csv: 600 states.');
  for (const [name, text, words] of [
    ['empty.csv', '', 'The file is empty'],
    ['nan.csv', `x,y\n1,2\n3,NaN\n4,5\n`, 'Line 3, column 2 (y): “NaN” is not a finite number.'],
    ['one.csv', `1\n2\n3`, 'Line 1, column 1: there is 1 column, but 2 are needed'],
    ['picture.png', '\u0089PNG\r\n\u001a\n\u0000', 'this is not text'],
  ] as const) {
    await choose(page, name, text);
    await expect(source(page).getByRole('alert')).toContainText(words);
  }
  await expect(page.getByText('trained for 60 steps')).toBeVisible();
  await expect(page.getByText('with different settings')).toBeHidden();
  await choose(page, 'more.csv', cloudsCsv(800));
  await expect(page.getByText(text.parts.training.stale(text.parts.training.otherData))).toBeVisible();
});

test('columns in doubt are asked about with their cloud, by keys; the answer is remembered for the same header', async ({
  page,
  open,
}) => {
  const words = text.data.columnChoice;
  const dialog = page.getByRole('dialog', { name: words.title });
  const named = (rows: number) => cloudsCsv(rows).replace('time;y;x', 'step;psi;phi');
  await open(`#/learn?${TINY}&data=file`);
  await choose(page, 'good.csv', cloudsCsv(300));
  await expect(source(page)).toContainText('good.csv: 300 states.');
  await choose(page, 'doubt.csv', named(600));
  await expect(dialog).toContainText('The columns are named step, psi and phi');
  await expect(dialog.getByRole('img')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('.columns-dialog').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  for (const [width, height] of [
    [390, 844],
    [320, 640],
    [768, 1024],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    const box = (await dialog.boundingBox())!;
    expect(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= height).toBe(true);
  }
  // Nothing is lost by saying no.
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(source(page)).toContainText('good.csv: 300 states.');
  await choose(page, 'doubt.csv', named(600));
  const [x, y] = [dialog.getByLabel('x', { exact: true }), dialog.getByLabel('y', { exact: true })];
  await expect(x.locator('option')).toContainText([/^step: 0 to 599/, /^psi: .* to .*/, /^phi: /]);
  await expect(x).toHaveValue('1');
  await x.selectOption('2');
  await expect(dialog).toContainText(words.twice);
  await expect(dialog.getByRole('button', { name: words.use })).toBeDisabled();
  await y.focus();
  await y.selectOption('1');
  await y.press('Tab');
  await dialog.getByRole('button', { name: words.use }).press('Enter');
  await expect(source(page)).toContainText('doubt.csv: 600 states. x is phi and y is psi, as chosen.');
  await expect(source(page)).toContainText(/600 states, x from −1\.\d+ to 1\.\d+, y from/);
  await choose(page, 'again.csv', named(500));
  await expect(source(page)).toContainText('again.csv: 500 states. x is phi and y is psi, as chosen.');
  await source(page).getByRole('button', { name: words.change }).click();
  await expect(dialog).toContainText('again.csv');
});

test('rows that are not numbers are counted, and left out if the person agrees', async ({ page, open }) => {
  const words = text.data.columnChoice;
  await open(`#/learn?${TINY}&data=file`);
  await choose(page, 'gaps.csv', `${cloudsCsv(100)}\n100;NaN;0\n101;;1\n102;0;0\n`);
  const dialog = page.getByRole('dialog', { name: words.title });
  await expect(dialog).toContainText('2 of 103 rows are no states.');
  await dialog.getByRole('button', { name: words.use }).click();
  await expect(source(page)).toContainText(
    'gaps.csv: 101 states. 2 rows without these numbers are left out.',
  );
});

test('a file of 200 MB is read while the page goes on, and a sample of it is kept', async ({
  page,
  open,
}) => {
  await open(`#/learn?${TINY}&data=file`);
  await expect(source(page)).toBeVisible();
  await page.getByLabel('File of states').evaluate((element) => {
    const line = (n: number) => `${Math.sin(n).toFixed(6)},${Math.cos(3 * n).toFixed(6)}\n`;
    const piece = new Blob([Array.from({ length: 50_000 }, (_, n) => line(n)).join('')]);
    const parts = Array.from({ length: Math.ceil(2e8 / piece.size) }, () => piece);
    const files = new DataTransfer();
    files.items.add(new File(parts, 'large.csv', { type: 'text/csv' }));
    (element as HTMLInputElement).files = files.files;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  });
  // The page answers while the file is read: timers go on from when the text says so until it says something else.
  const turns = await page.evaluate(async () => {
    const reading = () => document.body.textContent?.includes('Reading large.csv');
    const turn = () => new Promise((resolve) => setTimeout(resolve, 25));
    while (!reading()) await turn();
    let turns = 0;
    for (; reading(); turns++) await turn();
    return turns;
  });
  expect(turns).toBeGreaterThan(3);
  await expect(source(page)).toContainText(/A random sample of 200,000 of the [\d,]+ states is used/, {
    timeout: 150_000,
  });
});

test('points are drawn with the pointer and by keys, undone, and learned from once there are fifty', async ({
  page,
  open,
}) => {
  await open(`#/learn?${TINY}&data=drawn`);
  await expect(source(page)).toContainText('0 points: draw at least 50');
  await page.getByRole('button', { name: /^Train (the model|again)/ }).click();
  await expect(page.getByRole('region', { name: 'Training' })).toContainText('Draw points again');
  const surface = page.getByRole('application', { name: /Surface to draw points on/ });
  await surface.focus();
  await page.keyboard.press('ArrowLeft');
  for (let n = 0; n < 4; n++) await page.keyboard.press('Enter');
  await expect(source(page)).toContainText('40 points: draw at least 50');
  await page.keyboard.press('Delete');
  await expect(source(page)).toContainText(/\d points?: draw at least/);
  await source(page).getByRole('button', { name: 'Undo' }).click();
  await expect(source(page)).toContainText('40 points');
  const box = (await surface.boundingBox())!;
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.5 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.7 * box.width, box.y + 0.5 * box.height, { steps: 20 });
  await page.mouse.up();
  await expect(source(page)).toContainText(/1\d\d points\. They stay|[2-9]\d\d points\. They stay/);
  await trained(page);
  await expect(page.getByText(new RegExp(`from \\d+ ${drawn.states}`))).toBeVisible();
});

test('the biased run is training data in the page and in headless runs', async ({ page, open }) => {
  await open(`#/condition?${TINY}&data=biased&budget=200000`);
  await expect(source(page)).toContainText(/force evaluations/);
  await expect(page.getByRole('heading', { name: biased.run })).toBeVisible();
  const query = `station=learn&data=biased&method=umbrella&budget=300000&${TINY}`;
  const results: AllResults = await page.evaluate(
    (text) => globalThis.saddle.run(text, { backend: 'wasm' }),
    query,
  );
  expect(results.training?.loss).toHaveLength(60);
  expect(results.cost.forceEvaluations).toBeGreaterThan(290_000);
  await expect(page.evaluate(() => globalThis.saddle.run('station=learn&data=file'))).rejects.toThrow(
    'Choose the file again',
  );
});

test('trapped data say what they cannot tell', async ({ page, open }) => {
  await open(`#/learn?${TINY}&data=simulation&kT=0.2&time=2`);
  await expect(source(page)).toContainText(
    /None of the states is in the wells? “.*right.*”, which ha(s|ve) \d+ % of the equilibrium probability/,
  );
});

for (const data of ['simulation', 'biased', 'file', 'drawn'])
  test(`${data}: accessible, and no wider than a phone`, async ({ page, open }) => {
    await open(`#/learn?data=${data}&budget=100000&time=2`);
    await expect(source(page)).toBeVisible();
    if (data === 'file') await choose(page, 'bad.csv', 'x,y\n1,2\n1,abc\n2,3');
    const settled = { file: 'is not a number', drawn: 'draw at least' }[data] ?? 'at the cost of';
    await expect(source(page)).toContainText(settled);
    const { violations } = await new AxeBuilder({ page }).include('.data-source').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
