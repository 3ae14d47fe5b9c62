// npm test: type check, lint, unit tests, build, browser tests. The last line says `N passed, N failed`.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, command, ensureDependencies, runTool } from './environment.mjs';

/** @typedef {{ passed: number, failed: number, skipped?: string[], flaky?: string[] }} Counts */

const single = (succeeded) => ({ passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 });

/** A runner that failed without naming a test (no report, an error outside the tests) counts as one failure. */
const checked = (status, counts) => (status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

const readReport = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);

function unitTests(folder) {
  const path = join(folder, 'unit.json');
  const status = runTool('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path}`,
  ]);
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

async function browserTests(folder) {
  const { ensureBrowser } = await import('./browser.mjs');
  const path = join(folder, 'browser.json');
  const status = runTool('playwright', ['test', '--reporter=list,json'], {
    env: { CHROMIUM_PATH: await ensureBrowser(), CI: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: path },
  });
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

async function runStages(folder) {
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
  results.push(await runStage('unit tests', () => unitTests(folder)));
  const built = await runStage('build', () => single(build()));
  results.push(built);
  if (built.failed) console.error('\nThe browser tests were not run, since there is no build to test.');
  else results.push(await runStage('browser tests', () => browserTests(folder)));
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
  const folder = mkdtempSync(join(tmpdir(), 'saddle-test-'));
  try {
    return report(await runStages(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
