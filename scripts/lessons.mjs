// npm run -s lessons [-- --only=02 --headed]: plays every lesson in Chromium, on the built page, to its end with right answers, and
// looks whether each check fails in its wrong state. One line a lesson; the last line says `N passed, N failed`, in steps and checks.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { command, ensureBuild, ensureDependencies, root } from './environment.mjs';
import { whileServed } from './serve.mjs';

/** For one step, ms: runs take half a minute at most on a quiet machine. */
const PATIENCE = 600_000;
const cache = join(root, 'node_modules', '.cache', 'lessons');

/** The lessons and what reads results, bundled for Node. */
async function load() {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: join(root, 'src', 'lessons', 'player.ts'), outDir: cache, target: 'es2023' },
  });
  return import(pathToFileURL(join(cache, 'player.js')).href);
}

const resultsOf = (page, query) => page.evaluate((link) => globalThis.saddle.run(link), query);

async function predict(page, step, results, { reader, sketchOf }) {
  const form = page.locator('form.prediction');
  await form.waitFor();
  const { predict: prediction } = step;
  const read = results && reader(results);
  if (prediction.kind === 'choice')
    await form.getByLabel(prediction.options[prediction.answer], { exact: true }).check();
  if (prediction.kind === 'number')
    await form.getByRole('textbox').fill(String(prediction.answer.value(read)));
  if (prediction.kind === 'order') await putInOrder(form, prediction.items);
  if (prediction.kind === 'curve') await sketch(page, form.getByRole('slider'), sketchOf(prediction, read));
  await form.getByRole('button', { name: 'Predict and run' }).click();
}

/** Moves each item up until it stands where it belongs. */
async function putInOrder(form, items) {
  for (const [place, item] of items.entries())
    for (;;) {
      const texts = await form.locator('li').allInnerTexts();
      const now = texts.findIndex((text) => text.startsWith(item));
      if (now <= place) break;
      await form.locator('li').nth(now).getByRole('button').click();
    }
}

/** @param points shares of width and height, from the lower left */
async function sketch(page, axes, points) {
  await axes.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await axes.boundingBox();
  const at = ([right, up]) => [x + right * width, y + (1 - up) * height];
  await page.mouse.move(...at(points[0]));
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...at(point));
  await page.mouse.up();
}

/** Plays a step as a reader would. @throws Error where it is not reached */
async function play(page, address, lesson, at, tools) {
  const step = lesson.steps[at];
  const asksResults = step.predict?.kind === 'number' || step.predict?.kind === 'curve';
  await page.goto('about:blank');
  await page.goto(`${address}#/lesson/${lesson.id}/${at + 1}`);
  await page.getByRole('heading', { name: step.title, exact: true }).waitFor();
  const results = asksResults ? await resultsOf(page, tools.queryOf(step, step.right ?? '')) : null;
  if (step.predict) await predict(page, step, results, tools);
  if (step.right !== null)
    await page.evaluate(
      (query) => {
        location.hash = `#/?${query}`;
      },
      tools.queryOf(step, step.right),
    );
  const start = page.getByRole('button', { name: /^(Play|Train)$/ }).first();
  const done = page.locator('.lesson .reached');
  for (let waited = 0; !(await done.isVisible()); waited += 500) {
    if (waited > PATIENCE) throw new Error('not reached');
    if (await start.isVisible()) await start.click({ timeout: 2000 }).catch(() => {});
    await page.waitForTimeout(500);
  }
  if (step.predict && !(await page.locator('.outcome.right').isVisible()))
    throw new Error('the right answer counts as wrong');
  const missing = await page.locator('.prose output').filter({ hasText: '…' }).count();
  if (missing > 0) throw new Error(`${missing} figures are missing in the explanation`);
}

/** @throws Error where the check holds in its wrong state */
async function checkWrong(page, step, { reader, queryOf }) {
  const query = queryOf(step, step.wrong);
  const results = await resultsOf(page, query);
  const scope = reader({ ...results, run: { phase: 'finished' } });
  if (step.check.value(scope) === true) throw new Error(`the check holds with ${step.wrong}`);
}

async function playLesson(browser, address, lesson, tools) {
  const failures = [];
  let tried = 0;
  const attempt = async (step, what) => {
    tried++;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    page.on('pageerror', (error) => failures.push(`${step.title}: ${error.message}`));
    await page
      .goto(address)
      .then(() => what(page))
      .catch((error) => failures.push(`${step.title}: ${error.message.split('\n')[0]}`));
    await context.close();
  };
  for (const [at, step] of lesson.steps.entries()) {
    await attempt(step, (page) => play(page, address, lesson, at, tools));
    if (step.check) await attempt(step, (page) => checkWrong(page, step, tools));
  }
  return { tried, failures };
}

async function main() {
  const { values } = parseArgs({
    options: { only: { type: 'string', default: '' }, headed: { type: 'boolean', default: false } },
  });
  ensureDependencies();
  const { ensureBrowser } = await import('./browser.mjs');
  const { chromium } = await import('@playwright/test');
  const executablePath = await ensureBrowser();
  ensureBuild();
  const tools = await load();
  const browser = await chromium.launch({ executablePath, headless: !values.headed });
  let [passed, failed] = [0, 0];
  const playAll = async (address) => {
    for (const lesson of tools.lessons.filter(({ id }) => id.startsWith(values.only))) {
      const { tried, failures } = await playLesson(browser, address, lesson, tools);
      passed += tried - failures.length;
      failed += failures.length;
      console.log(
        `${failures.length === 0 ? 'passed' : 'FAILED'}  ${lesson.id}: ${lesson.steps.length} steps`,
      );
      for (const failure of failures) console.log(`        ${failure}`);
    }
  };
  try {
    await whileServed(playAll);
  } finally {
    await browser.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

await command(main);
