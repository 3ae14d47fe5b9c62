import { type BrowserContext, test as base, expect } from '@playwright/test';

export { expect };

interface Options {
  /**
   * What a test provokes on purpose; any other error on the console or in the page fails the test. One pattern at
   * most: Playwright mistakes an array of two objects for a value with its settings.
   */
  allowedErrors: [] | [RegExp];
}

interface Fixtures {
  /** Opens the page afresh, as following a link from elsewhere does: `#/explore?kT=1` or the bare query of one. */
  open: (link?: string) => Promise<void>;
  watched: undefined;
}

export const test = base.extend<Options & Fixtures>({
  allowedErrors: [[], { option: true }],

  watched: [
    async ({ context, baseURL, allowedErrors }, use) => {
      const complaints = watch(context, new URL(baseURL!).host);
      await use(undefined);
      const unexpected = complaints.filter((text) => !allowedErrors.some((pattern) => pattern.test(text)));
      expect(unexpected, 'errors and requests to other hosts').toEqual([]);
    },
    { auto: true },
  ],

  open: async ({ page }, use) => {
    await use(async (link = '') => {
      // A change of the hash alone would not load the page again.
      await page.goto('about:blank');
      await page.goto(link === '' || link.startsWith('#') ? `./${link}` : `./#/?${link}`);
    });
  },
});

function watch(context: BrowserContext, host: string): string[] {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (webError) => complaints.push(`error: ${webError.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    const local = url.host === host || ['about:', 'blob:', 'data:'].includes(url.protocol);
    if (!local) complaints.push(`request to another host: ${request.url()}`);
  });
  return complaints;
}
