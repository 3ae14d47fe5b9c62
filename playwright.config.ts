import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browser.mjs';

const executablePath = await findBrowser();
// Spares every worker, which reads this file again, the search.
if (executablePath) process.env.CHROMIUM_PATH = executablePath;

export default defineConfig({
  testDir: 'e2e',
  forbidOnly: Boolean(process.env.CI),
  // Limits are for what hangs, not for what is slow: the machine may be busy with other things.
  timeout: 300_000,
  expect: { timeout: 90_000 },
  workers: Math.min(4, Math.max(1, availableParallelism())),
  reporter: 'list',
  use: {
    // The web server takes a free port; Playwright hands the address that it prints to the workers.
    baseURL: process.env.SADDLE_TEST_ADDRESS,
    browserName: 'chromium',
    launchOptions: { executablePath },
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    trace: 'on-first-retry',
  },
  projects: [
    // Chromium as it comes has no WebGPU adapter without a graphics card: the page must do without.
    { name: 'chromium', grepInvert: /@webgpu/, retries: 0 },
    {
      name: 'webgpu',
      grep: /@webgpu/,
      workers: 1,
      // The software adapter is lost now and then on busy machines; what passes on a retry is reported as flaky.
      retries: process.env.CI ? 2 : 0,
      use: { launchOptions: { executablePath, args: ['--enable-unsafe-webgpu'] } },
    },
  ],
  webServer: {
    command: 'node scripts/serve.mjs --base /some/sub/path/ --port 0',
    wait: { stdout: /Serving (?<saddle_test_address>\S+)/ },
    timeout: 120_000,
  },
});
