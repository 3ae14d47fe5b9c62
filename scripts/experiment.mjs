// npm run -s experiment -- '<link or query>' [--out result.json]: runs an experiment to its end in Chromium, on
// the built page, and writes its results as JSON. Exit code 2 for a bad query, 1 for any other failure.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as util from 'node:util';
import { command, ensureBuild, ensureDependencies, Failure } from './environment.mjs';
import { whileServed } from './serve.mjs';

const backends = ['auto', 'webgpu', 'wasm', 'webgl', 'cpu'];
const usage = `Usage: npm run -s experiment -- '<link or query>' [options]

  --out FILE        where the results go (standard output without it)
  --backend NAME    ${backends.join(', ')} (auto without it)
  --timeout SECONDS how long the experiment may take (900 without it)
  --headed          show the browser`;

// One fault often has several messages, and a rejected run says more than the error logged beside it: wait for both.
const settling = 500;

/** The query cannot be run, or the command line cannot be understood: exit code 2. */
class BadQuery extends Error {}

function readArguments() {
  let parsed;
  try {
    parsed = util.parseArgs({
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        backend: { type: 'string', default: 'auto' },
        timeout: { type: 'string', default: '900' },
        headed: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new BadQuery(`${error.message}\n\n${usage}`);
  }
  const { values, positionals } = parsed;
  const { out, backend, headed, help } = values;
  const timeout = Number(values.timeout);
  if (help) return { help };
  if (positionals.length !== 1) throw new BadQuery(`One link or query is needed, in quotes.\n\n${usage}`);
  if (!backends.includes(backend))
    throw new BadQuery(`--backend ${backend}: not one of ${backends.join(', ')}.`);
  if (!(timeout > 0)) throw new BadQuery(`--timeout ${values.timeout}: not a positive number of seconds.`);
  return { query: hashOf(positionals[0]), out: out && fromCaller(out), backend, headed, timeout };
}

/** Of a full link only what follows # is the experiment; a bare query stays as it is. */
function hashOf(link) {
  const index = link.indexOf('#');
  return index < 0 ? link : link.slice(index);
}

/** npm runs scripts in the project's folder; a relative path means the folder that npm was called from. */
function fromCaller(path) {
  const calledByNpm = process.env.npm_lifecycle_event === 'experiment';
  return resolve((calledByNpm && process.env.INIT_CWD) || process.cwd(), path);
}

function launchOptions({ backend, headed }, executablePath) {
  const args = backend === 'webgpu' ? ['--enable-unsafe-webgpu'] : [];
  return { executablePath, headless: !headed, args };
}

/** A promise that rejects on the first sign that the page has failed. */
function failureOf(page) {
  const messages = [];
  const failure = new Promise((_, reject) => {
    const report = async (message) => {
      messages.push(message);
      await sleep(settling);
      reject(new Failure(messages.join('\n')));
    };
    page.on('pageerror', (error) => report(`Error in the page: ${error.message}`));
    page.on('crash', () => report('The page crashed (out of memory?).'));
    page.on('close', () => report('The browser was closed.'));
    page.on('console', (message) => {
      if (message.type() === 'error')
        report(`Error on the console: ${message.text()} (${message.location().url})`);
    });
  });
  failure.catch(() => {});
  return { failure, messages };
}

/** Runs the query in the page and returns the results as JSON text, which is far quicker to hand over than objects. */
async function runInPage(page, { query, backend }) {
  // Not waitForFunction: the page's content security policy forbids what it does.
  while (!(await page.evaluate(() => typeof globalThis.saddle?.run === 'function'))) await sleep(50);
  const outcome = await page.evaluate(
    async ([query, backend]) => {
      try {
        return { json: JSON.stringify(await globalThis.saddle.run(query, { backend })) };
      } catch (error) {
        return { name: error?.name, message: error?.message ?? String(error) };
      }
    },
    [query, backend],
  );
  if (outcome.json) return outcome.json;
  throw outcome.name === 'QueryError' ? new BadQuery(outcome.message) : new Failure(outcome.message);
}

/** Writes the progress to stderr: one line that changes on a terminal, a line every tenth of the way otherwise. */
async function showProgress(page, signal) {
  const { isTTY } = process.stderr;
  let last = '';
  while (!signal.aborted) {
    const progress = await page.evaluate(() => globalThis.saddle?.progress).catch(() => undefined);
    if (progress?.phase && !signal.aborted) {
      const percent = Math.round(100 * progress.fraction);
      const line = `${progress.phase} ${isTTY ? percent : Math.floor(percent / 10) * 10} %`;
      if (line !== last) process.stderr.write(isTTY ? `\r\x1b[K${line}` : `${line}\n`);
      last = line;
    }
    await sleep(isTTY ? 200 : 1000, undefined, { signal }).catch(() => {});
  }
  if (isTTY && last) process.stderr.write('\r\x1b[K');
}

async function timeLimit(seconds, signal) {
  await sleep(1000 * seconds, undefined, { signal });
  throw new Failure(`The experiment was not finished after ${seconds} s; --timeout gives it more.`);
}

async function runInBrowser(options, address, executablePath) {
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch(launchOptions(options, executablePath));
  const finished = new AbortController();
  try {
    const page = await browser.newPage();
    const { failure, messages } = failureOf(page);
    const run = page
      .goto(address)
      .then(() => runInPage(page, options))
      .catch(async (error) => {
        if (error instanceof BadQuery || error instanceof Failure) throw error;
        // Playwright's own error: it says only that the page has gone, the page's last words say why.
        await sleep(settling);
        throw new Failure(messages.join('\n') || error.message);
      });
    const limit = timeLimit(options.timeout, finished.signal);
    limit.catch(() => {});
    const progress = showProgress(page, finished.signal);
    const json = await Promise.race([run, failure, limit]).finally(() => {
      run.catch(() => {});
      finished.abort();
      return progress;
    });
    if (messages.length) throw new Failure(messages.join('\n'));
    return json;
  } finally {
    await browser.close();
  }
}

async function main() {
  const options = readArguments();
  if (options.help) return console.log(usage);
  ensureDependencies();
  const { ensureBrowser } = await import('./browser.mjs');
  const executablePath = await ensureBrowser();
  ensureBuild();
  if (options.out) mkdirSync(dirname(options.out), { recursive: true });
  const results = await whileServed((address) => runInBrowser(options, address, executablePath));
  await writeResults(results, options.out);
}

async function writeResults(json, out) {
  if (!out) return new Promise((written) => process.stdout.write(`${json}\n`, written));
  const unfinished = `${out}.${process.pid}`;
  writeFileSync(unfinished, `${json}\n`);
  renameSync(unfinished, out);
}

await command(() =>
  main().catch((error) => {
    if (!(error instanceof BadQuery)) throw error;
    console.error(error.message);
    return 2;
  }),
);
