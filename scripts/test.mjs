// npm test: type check, lint, unit tests, build, browser tests. The last line says `N passed, N failed`.
// npm run quick: the same without the unit tests that take seconds, and with the smoke test alone of those in a browser.
// npm test -- --measure: writes what each file of unit tests took, by which `quick` chooses.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, command, ensureDependencies, root, runTool } from './environment.mjs';

/** @typedef {{ passed: number, failed: number, skipped?: string[], flaky?: string[] }} Counts */

/** Seconds of each file of unit tests that takes long, by name: measured, see `--measure`. */
const MEASURED = join(root, 'scripts', 'slow-tests.json');
const SLOW_S = 1;

const single = (succeeded) => ({ passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 });

/** A runner that failed without naming a test (no report, an error outside the tests) counts as one failure. */
const checked = (status, counts) => (status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

/** New files are fast until they have been measured. */
const withoutSlow = () => Object.keys(readReport(MEASURED) ?? {}).map((name) => `--exclude=**/${name}`);

function noteSlow(files) {
  const seconds = files.map(({ name, startTime, endTime }) => [basename(name), (endTime - startTime) / 1000]);
  const slow = seconds.filter(([, time]) => time >= SLOW_S).sort(([a], [b]) => (a < b ? -1 : 1));
  const rounded = slow.map(([name, time]) => [name, Number(time.toPrecision(2))]);
  writeFileSync(MEASURED, `${JSON.stringify(Object.fromEntries(rounded), null, 2)}\n`);
}

function unitTests(folder, { quick, measure }) {
  const path = join(folder, 'unit.json');
  const status = runTool('vitest', [
    'run',
    `--reporter=${quick ? 'dot' : 'default'}`,
    '--reporter=json',
    `--outputFile.json=${path}`,
    ...(quick ? withoutSlow() : []),
  ]);
  if (measure) noteSlow(readReport(path)?.testResults ?? []);
  const files = readReport(path)?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const withStatus = (...statuses) => tests.filter((test) => statuses.includes(test.status));
  const brokenFiles = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return checked(status, {
    passed: withStatus('passed').length,
    failed: withStatus('failed').length + brokenFiles.length,
    skipped: withStatus('skipped', 'pending', 'todo', 'disabled').map((test) => test.fullName),
  });
}

async function browserTests(folder, { quick }) {
  const { ensureBrowser } = await import('./browser.mjs');
  const path = join(folder, 'browser.json');
  const status = runTool(
    'playwright',
    ['test', '--reporter=list,json', ...(quick ? ['smoke', '--project=chromium'] : [])],
    {
      env: { CHROMIUM_PATH: await ensureBrowser(), CI: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: path },
    },
  );
  const tests = (readReport(path)?.suites ?? []).flatMap((suite) => testsOf(suite));
  const withStatus = (status) => tests.filter((test) => test.status === status).map((test) => test.title);
  const flaky = withStatus('flaky');
  return checked(status, {
    passed: withStatus('expected').length + flaky.length,
    failed: withStatus('unexpected').length,
    skipped: withStatus('skipped'),
    flaky,
  });
}

function testsOf(suite, titles = []) {
  const path = [...titles, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status, projectName }) => ({
      status,
      title: [projectName, ...path, spec.title].join(' > '),
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => testsOf(inner, path))];
}

/** Runs a stage; what it throws is a failure of that stage, and the others still run. */
async function runStage(name, stage) {
  console.log(`\n=== ${name}`);
  const started = performance.now();
  /** @type {Counts} */
  let counts;
  try {
    counts = await stage();
  } catch (error) {
    console.error(error.message);
    counts = single(false);
  }
  return { name, seconds: (performance.now() - started) / 1000, skipped: [], flaky: [], ...counts };
}

async function runStages(folder, options) {
  const results = [
    await runStage('install', () => {
      ensureDependencies();
      return { passed: 0, failed: 0 };
    }),
  ];
  if (results[0].failed) return results;
  results.push(await runStage('type check', () => single(runTool('tsc', ['-b']) === 0)));
  results.push(
    await runStage('lint', () => single(runTool('biome', ['check', '--error-on-warnings', '.']) === 0)),
  );
  results.push(await runStage('unit tests', () => unitTests(folder, options)));
  const built = await runStage('build', () => single(build()));
  results.push(built);
  if (built.failed) console.error('\nThe browser tests were not run, since there is no build to test.');
  else results.push(await runStage('browser tests', () => browserTests(folder, options)));
  return results;
}

function report(results) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log('\n=== summary');
  for (const { name, passed, failed, seconds } of results) {
    console.log(
      `${name.padEnd(14)}${`${passed} passed, ${failed} failed`.padEnd(28)}${seconds.toFixed(1)} s`,
    );
  }
  for (const { name, skipped, flaky } of results) {
    for (const title of flaky) console.log(`passed only when tried again (${name}): ${title}`);
    for (const title of skipped) console.log(`skipped (${name}): ${title}`);
  }
  console.log(`${total('passed')} passed, ${total('failed')} failed`);
  return total('failed') === 0 ? 0 : 1;
}

await command(async () => {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, measure: { type: 'boolean', default: false } },
  });
  const folder = mkdtempSync(join(tmpdir(), 'saddle-test-'));
  try {
    return report(await runStages(folder, values));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
