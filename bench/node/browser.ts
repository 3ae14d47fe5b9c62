/** The WGSL engine in a Chromium that Playwright drives, one page for each system. */
import type { Browser, Page } from '@playwright/test';
import type { Contestant } from '../contest.ts';
import type { SystemId } from '../problems.ts';
import type { Device } from './device.ts';

type InPage = typeof globalThis & { readonly device: Device };

/** @param code the bundle of `device.ts`  @returns null without a graphics device, not even a software one */
export async function openDevice(browser: Browser, code: string, id: SystemId): Promise<Contestant | null> {
  const page = await browser.newPage();
  // WebGPU wants a secure context: an empty page of the machine itself, which no server needs to serve.
  await page.route('**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Bench</title>' }),
  );
  await page.goto('http://localhost/');
  await page.addScriptTag({ content: code, type: 'module' });
  await page.waitForFunction(() => 'device' in globalThis);
  const about = await page.evaluate((system) => (globalThis as InPage).device.open(system), id);
  return about === null ? null : contestant(page, about);
}

function contestant(page: Page, about: string): Contestant {
  return {
    name: 'WGSL',
    about,
    advance: (steps) => page.evaluate((n) => (globalThis as InPage).device.advance(n), steps),
    averages: () => page.evaluate(() => (globalThis as InPage).device.averages()),
  };
}
