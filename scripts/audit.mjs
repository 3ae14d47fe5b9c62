// npm run -s audit [-- --only=couple --system=fold]: runs every station with every system as it opens, and each station as it opens by
// itself, in Chromium, on the built page. One line each: station, system, the figure of the run, or why there is none and what would
// give one, in the words of the page. The last line says `N passed, N failed`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { command, ensureBuild, ensureDependencies, root } from './environment.mjs';
import { whileServed } from './serve.mjs';

/** For one run, ms. */
const PATIENCE = 300_000;
const RUNS_AT_ONCE = 2;
/** What a station opens with by itself. */
const OPENING = 'as it opens';

const usage = `Usage: npm run -s audit -- [options]

  --only=STATION    one station alone
  --system=SYSTEM   one system alone, or none: what the stations open with
  --query=SETTINGS  settings of every run beside the system, as budget=100000`;

const idsOf = (folder, ending) =>
  readdirSync(join(root, 'src', folder), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => name.split(/[\\/]/).at(-1).slice(0, -ending.length))
    .sort();

const kT = (rmse) => (Number.isFinite(rmse) ? `RMSE of F ${rmse.toFixed(3)} kT` : null);
const number = (name, value) => (Number.isFinite(value) ? `${name} ${value.toPrecision(3)}` : null);

/** The figure of each station, or null; beside a figure stands what the run says against it. */
const figures = {
  explore: ({ freeEnergy, moments }) =>
    kT(freeEnergy?.rmse) ?? number('no exact F; mean of the collective variable', moments?.cv),
  bias: ({ freeEnergy, warnings }) => withNotes(kT(freeEnergy?.rmse), warnings),
  learn: ({ generated }) =>
    generated &&
    [number('JS', generated.metrics.js), number('of exact samples', generated.metrics.jsFloor)].join(', '),
  condition: ({ conditional }) =>
    conditional?.length
      ? [
          number('W1', conditional[0].metrics?.w1),
          number('of exact samples', conditional[0].metrics?.w1Floor),
        ].join(', ')
      : null,
  couple: ({ arms }) =>
    arms.map(({ id, rmse, problem }) => (problem ? `${id}: ${problem}` : `${id} ${kT(rmse)}`)).join(', '),
  close: ({ consistency }) => {
    const F = consistency?.freeEnergyFromDynamics;
    const reasons = Object.values(consistency?.reasons ?? {}).map((text) => ({ text }));
    return withNotes(kT(F?.rmse) ?? number('JS from a direct run', F?.direct?.js), reasons);
  },
};

/** What is said in place of a figure counts as well. */
function withNotes(figure, notes) {
  const said = [...new Set(notes.map(({ text }) => text))];
  return figure || said.length ? [figure, ...said].filter(Boolean).join(' · ') : null;
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      system: { type: 'string' },
      query: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  return values;
}

function casesOf({ only, system, query }) {
  const systems = [OPENING, ...idsOf(join('core', 'systems', 'members'), '.system.ts')];
  return idsOf('stations', '.traits.ts')
    .filter((station) => !only || station === only)
    .flatMap((station) =>
      systems
        .filter((id) => !system || id === system || (system === 'none' && id === OPENING))
        .map((id) => ({
          station,
          system: id,
          link: id === OPENING ? `#/${station}` : `#/${station}?system=${id}${query ? `&${query}` : ''}`,
        })),
    );
}

/** What a run comes to, and what the page says at once where the station cannot use the system. */
async function examine(browser, address, { station, link }) {
  const page = await browser.newPage();
  try {
    await page.goto(`${address}${link}`);
    const refusal = page.locator('.unavailable');
    await page.locator('.stage').first().waitFor({ timeout: PATIENCE });
    if (await refusal.count()) {
      const text = (await refusal.innerText()).replace(/\s+/g, ' ');
      return { passed: (await refusal.locator('.remark').count()) > 0, text };
    }
    // The run of the page itself would take the cores of the one that is looked at.
    await page.goto('about:blank');
    await page.goto(address);
    while (!(await page.evaluate(() => typeof globalThis.saddle?.run === 'function')))
      await page.waitForTimeout(50);
    const run = page.evaluate((query) => globalThis.saddle.run(query), link);
    const late = page.waitForTimeout(PATIENCE).then(() => {
      throw new Error(`not finished after ${PATIENCE / 1000} s`);
    });
    late.catch(() => {});
    const results = await Promise.race([run, late]);
    const figure = figures[station](results);
    const seconds = `${results.cost.seconds.toFixed(0)} s`;
    return { passed: Boolean(figure), text: figure ? `${figure} (${seconds})` : 'no figure and no reason' };
  } catch (error) {
    return { passed: false, text: error.message.split('\n').slice(0, 2).join(' ') };
  } finally {
    await page.close().catch(() => {});
  }
}

async function main() {
  const options = readArguments();
  if (options.help) return console.log(usage);
  ensureDependencies();
  const { ensureBrowser } = await import('./browser.mjs');
  const executablePath = await ensureBrowser();
  ensureBuild();
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath });
  const waiting = casesOf(options);
  let [passed, failed] = [0, 0];
  const work = async (address) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await examine(browser, address, next);
      if (outcome.passed) passed++;
      else failed++;
      console.log(`${outcome.passed ? 'ok  ' : 'FAIL'} ${next.station}, ${next.system}: ${outcome.text}`);
    }
  };
  try {
    await whileServed((address) => Promise.all(Array.from({ length: RUNS_AT_ONCE }, () => work(address))));
  } finally {
    await browser.close();
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

await command(main);
