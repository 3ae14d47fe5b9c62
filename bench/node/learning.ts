/** Training steps per backend: those of the page, stock tfjs and, where it is installed, PyTorch. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';

import type { BackendId } from '../../src/core/generative/backends.ts';
import { median } from '../contest.ts';
import { textTable } from '../table.ts';
import type { Trainer } from './trainer.ts';
import { BATCH, DEPTH, INPUTS, OUTPUTS, WIDTH } from './training-problem.ts';

const BACKENDS: readonly BackendId[] = ['wasm', 'webgpu'];
const OWN = 'Saddle';
const STOCK = 'stock tfjs';
/** Time of a turn, ms. */
const TURN = { full: 400, quick: 50 };
const TURNS = { full: 9, quick: 2 };

export interface LearningResult {
  readonly name: string;
  readonly backend: string;
  readonly firstMs: number;
  readonly ms: number;
  readonly lowestMs: number;
  /** Time in which JavaScript was busy issuing a step, ms. */
  readonly issueMs: number | null;
  readonly kernels: number | null;
  readonly dispatches: number | null;
}

export interface LearningReport {
  readonly results: readonly LearningResult[];
  /** Time of a step over that of stock tfjs on the same backend, median over turns. */
  readonly ratios: readonly { readonly backend: BackendId; readonly ratio: number }[];
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

export interface LearningOptions {
  readonly browser: Browser;
  /** Bundles of `own-training.ts` and `stock-training.ts`. */
  readonly code: { readonly own: string; readonly stock: string };
  /** Folder of `training.py`. */
  readonly peers: string;
  readonly quick: boolean;
  progress(message: string): void;
}

export async function benchLearning(options: LearningOptions): Promise<LearningReport> {
  const results: LearningResult[] = [];
  const ratios: { backend: BackendId; ratio: number }[] = [];
  const missing: { name: string; reason: string }[] = [];
  for (const backend of BACKENDS) {
    options.progress(`training on ${backend}`);
    const found = await onBackend(backend, options);
    if (found) {
      results.push(...found.results);
      ratios.push({ backend, ratio: found.ratio });
    } else missing.push({ name: `training on ${backend}`, reason: 'the browser does not offer it' });
  }
  const torch = pyTorch(options);
  if ('reason' in torch) missing.push(torch);
  else results.push(torch);
  return { results, ratios, missing };
}

async function onBackend(backend: BackendId, { browser, code, quick }: LearningOptions) {
  const contestants = [];
  for (const [name, text] of [
    [OWN, code.own],
    [STOCK, code.stock],
  ]) {
    const page = await trainingPage(browser, text);
    const firstMs = await page.evaluate((id) => (globalThis as InPage).trainer.open(id), backend);
    if (firstMs === null) return null;
    const counts = await page.evaluate(() => (globalThis as InPage).trainer.counts());
    const { ms } = await stepsOf(page, 3);
    const count = Math.max(2, Math.round(TURN[quick ? 'quick' : 'full'] / ms));
    contestants.push({ name, page, firstMs, counts, count, turns: [] as { ms: number; issueMs: number }[] });
  }
  for (let turn = 0; turn < TURNS[quick ? 'quick' : 'full']; turn++)
    for (const { page, count, turns } of contestants) turns.push(await stepsOf(page, count));
  const results = contestants.map(({ name, firstMs, counts, turns }) => ({
    name,
    backend,
    firstMs,
    ms: median(turns.map(({ ms }) => ms)),
    lowestMs: Math.min(...turns.map(({ ms }) => ms)),
    issueMs: backend === 'webgpu' ? median(turns.map(({ issueMs }) => issueMs)) : null,
    kernels: counts.kernels,
    dispatches: backend === 'webgpu' ? counts.dispatches : null,
  }));
  const [own, stock] = contestants;
  for (const { page } of contestants) await page.close();
  return { results, ratio: median(own.turns.map(({ ms }, turn) => ms / stock.turns[turn].ms)) };
}

type InPage = typeof globalThis & { readonly trainer: Trainer };

const stepsOf = (page: Page, count: number) =>
  page.evaluate((n) => (globalThis as InPage).trainer.steps(n), count);

async function trainingPage(browser: Browser, code: string): Promise<Page> {
  const page = await browser.newPage();
  // WebGPU wants a secure context: an empty page of the machine itself, which no server needs to serve.
  await page.route('**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Bench</title>' }),
  );
  await page.goto('http://localhost/');
  await page.addScriptTag({ content: code, type: 'module' });
  await page.waitForFunction(() => 'trainer' in globalThis);
  return page;
}

function pyTorch({ peers, quick }: LearningOptions): LearningResult | { name: string; reason: string } {
  const name = 'PyTorch';
  const sizes = [INPUTS, WIDTH, DEPTH, OUTPUTS, BATCH, TURNS[quick ? 'quick' : 'full']].map(String);
  for (const python of ['python3', 'python']) {
    const { status, stdout } = spawnSync(python, [join(peers, 'training.py'), ...sizes], {
      encoding: 'utf8',
    });
    if (status !== 0) continue;
    const [version, firstMs, ms, lowestMs] = stdout.trim().split(' ');
    return {
      name: `${name} ${version}`,
      backend: 'one thread',
      firstMs: Number(firstMs),
      ms: Number(ms),
      lowestMs: Number(lowestMs),
      issueMs: null,
      kernels: null,
      dispatches: null,
    };
  }
  return { name, reason: 'python3 with torch is not installed' };
}

export function learningText({ results, ratios, missing }: LearningReport): string[] {
  const number = (value: number | null, digits = 3) =>
    value === null ? '' : String(+value.toPrecision(digits));
  const rows = results.map(({ name, backend, firstMs, ms, lowestMs, issueMs, kernels, dispatches }) => [
    `${name}, ${backend}`,
    number(ms),
    number(lowestMs),
    number(issueMs),
    number(firstMs),
    number(kernels),
    number(dispatches),
  ]);
  return [
    '',
    `training, ${INPUTS}-${new Array(DEPTH).fill(WIDTH).join('-')}-${OUTPUTS}, SiLU, Adam, batch ${BATCH}, in Chromium`,
    textTable([
      ['', 'ms a step', 'lowest', 'JavaScript ms', 'first step ms', 'kernels', 'dispatches'],
      ...rows,
    ]),
    ...ratios.map(
      ({ backend, ratio }) => `on ${backend} a step takes ${ratio.toFixed(2)} of the time of stock tfjs`,
    ),
    ...missing.map(({ name, reason }) => `${name}: not measured, ${reason}`),
  ];
}
