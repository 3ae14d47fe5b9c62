/** The page itself in a Chromium that Playwright drives: what it sends before anything moves, frames, and tasks that hold it up. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { median } from '../contest.ts';
import { textTable } from '../table.ts';

export interface PageOptions {
  readonly browser: Browser;
  /** Of a server of `dist`, ending in a slash. */
  readonly address: string;
  readonly dist: string;
  readonly quick: boolean;
  readonly progress: (message: string) => void;
}

interface FirstMotion {
  readonly seconds: number;
  /** Scripts and styles that had come by then, compressed, kB. */
  readonly kilobytes: number;
}

/** Frames of the screen and tasks of the main thread in a stretch of time. */
interface Pace {
  readonly p50: number;
  readonly p95: number;
  /** ms; 0 where none took over 50 ms. */
  readonly longestTask: number;
  readonly frames: number;
  /** Of the simulation, that arrived. */
  readonly delivered: number;
}

export interface PageReport {
  readonly firstMotion: FirstMotion;
  /** At 10 Mbit/s with a processor four times slower. */
  readonly firstMotionSlow: FirstMotion;
  /** kT is dragged in station Explore: frames of the walkers over those at rest, a pair of stretches each. */
  readonly drag: { readonly ratios: readonly number[]; readonly median: number };
  readonly stations: readonly { readonly station: string; readonly run: Pace; readonly drag: Pace }[];
}

const STATIONS = ['explore', 'bias', 'learn', 'condition', 'couple', 'close'] as const;

/** What is counted in the page from its first script on. */
interface Counts {
  delivered: number;
  firstMotion: number;
  frames: number[];
  tasks: number[];
}
type Counting = typeof globalThis & { saddleBench: Counts };

function count(): void {
  const counts: Counts = { delivered: 0, firstMotion: 0, frames: [], tasks: [] };
  (globalThis as Counting).saddleBench = counts;
  globalThis.Worker = class extends globalThis.Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }: MessageEvent) => {
        if (!data?.value?.walkers) return;
        // The first frame is the start; the second one has moved.
        if (++counts.delivered === 2) counts.firstMotion = performance.now();
      });
    }
  };
  let last = performance.now();
  const tick = (now: number) => {
    counts.frames.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) counts.tasks.push(duration);
  }).observe({ type: 'longtask' });
}

async function newPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.addInitScript(count);
  return page;
}

async function firstMotion({ browser, address, dist }: PageOptions, slow: boolean): Promise<FirstMotion> {
  const page = await newPage(browser);
  if (slow) {
    const session = await page.context().newCDPSession(page);
    const bytesPerSecond = 10e6 / 8;
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 20,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  const sent = new Map<string, number>();
  page.on('response', (response) => sent.set(response.url(), performance.now()));
  await page.goto(`${address}#/explore`);
  await page.waitForFunction(() => (globalThis as Counting).saddleBench.firstMotion > 0, undefined, {
    timeout: 120_000,
  });
  const moved = performance.now();
  const seconds = (await page.evaluate(() => (globalThis as Counting).saddleBench.firstMotion)) / 1000;
  const before = [...sent].filter(
    ([url, time]) => time <= moved && /\.(js|css)$/.test(new URL(url).pathname),
  );
  const sizes = before.map(([url]) => gzipSync(readFileSync(join(dist, url.slice(address.length)))).length);
  await page.context().close();
  return { seconds, kilobytes: sizes.reduce((sum, size) => sum + size, 0) / 1000 };
}

/** @param drag whether the first slider of the settings moves at each frame */
function pace(page: Page, duration: number, drag: boolean): Promise<Pace> {
  return page.evaluate(
    async ({ duration, drag }) => {
      const counts = (globalThis as Counting).saddleBench;
      const slider = document.querySelector<HTMLInputElement>('input[type=range]');
      const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!;
      const [low, high] = slider ? [Number(slider.min), Number(slider.max)] : [0, 1];
      const before = { ...counts, frames: counts.frames.length, tasks: counts.tasks.length };
      const end = performance.now() + duration;
      for (let k = 0; performance.now() < end; k++) {
        await new Promise((resolve) => setTimeout(resolve, 16));
        if (!drag || !slider) continue;
        set!.call(slider, String(low + (high - low) * (0.4 + 0.2 * Math.sin(k / 20))));
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      }
      const frames = counts.frames.slice(before.frames).sort((a, b) => a - b);
      const at = (share: number) => frames[Math.floor(share * (frames.length - 1))] ?? 0;
      return {
        p50: at(0.5),
        p95: at(0.95),
        longestTask: Math.max(0, ...counts.tasks.slice(before.tasks)),
        frames: frames.length,
        delivered: counts.delivered - before.delivered,
      };
    },
    { duration, drag },
  );
}

async function station(options: PageOptions, id: string, duration: number) {
  const page = await newPage(options.browser);
  await page.goto(`${options.address}#/${id}`);
  // Explore and Bias begin by themselves; the others wait for this.
  const play = page.getByRole('button', { name: /^(Play|Train)$/ }).first();
  await page.waitForTimeout(4000);
  if (await play.isVisible()) await play.click();
  await page.waitForTimeout(1000);
  const run = await pace(page, duration, false);
  const drag = await pace(page, duration, true);
  await page.context().close();
  return { station: id, run, drag };
}

async function dragOfTemperature(options: PageOptions, duration: number, pairs: number) {
  const page = await newPage(options.browser);
  await page.goto(`${options.address}#/explore?time=100000`);
  await page.waitForTimeout(4000);
  const ratios: number[] = [];
  for (let k = 0; k < pairs; k++) {
    const rest = await pace(page, duration, false);
    const drag = await pace(page, duration, true);
    ratios.push(drag.delivered / rest.delivered);
  }
  await page.context().close();
  return { ratios, median: median(ratios) };
}

export async function benchPage(options: PageOptions): Promise<PageReport> {
  const duration = options.quick ? 1000 : 5000;
  options.progress('page: first motion');
  const quickly = await firstMotion(options, false);
  const slowly = await firstMotion(options, true);
  options.progress('page: kT dragged');
  const drag = await dragOfTemperature(options, duration, options.quick ? 1 : 3);
  const stations: PageReport['stations'][number][] = [];
  for (const id of STATIONS) {
    options.progress(`page: ${id}`);
    stations.push(await station(options, id, duration));
  }
  return { firstMotion: quickly, firstMotionSlow: slowly, drag, stations };
}

export function pageText({
  firstMotion: quick,
  firstMotionSlow: slow,
  drag,
  stations,
}: PageReport): string[] {
  const motion = ({ seconds, kilobytes }: FirstMotion) =>
    `${seconds.toFixed(1)} s, after ${kilobytes.toFixed(0)} kB of scripts and styles (compressed)`;
  const cells = ({ p50, p95, longestTask }: Pace) => [p50.toFixed(1), p95.toFixed(1), longestTask.toFixed(0)];
  const columns = ['p50', 'p95', 'longest task'];
  return [
    '',
    `first motion of station Explore: ${motion(quick)}`,
    `at 10 Mbit/s with a processor four times slower: ${motion(slow)}`,
    `while kT is dragged ${drag.median.toFixed(2)} of the frames at rest arrive (${drag.ratios.map((ratio) => ratio.toFixed(2)).join(', ')})`,
    'frames of the screen and tasks of over 50 ms while the main job runs, and while a slider is dragged too, ms:',
    textTable([
      ['', ...columns, ...columns.map((name) => `${name}, dragged`)],
      ...stations.map(({ station: id, run, drag: dragged }) => [id, ...cells(run), ...cells(dragged)]),
    ]),
  ];
}
