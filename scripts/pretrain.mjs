// npm run pretrain: trains the models that come with the page (the default system, stations Learn and Condition) on WebAssembly in
// Chromium and writes them to public/pretrained, without what only training needs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, ensureDependencies, root } from './environment.mjs';

const models = { 'three-hole-learn': 'station=learn', 'three-hole-condition': 'station=condition' };
const folder = join(root, 'public', 'pretrained');

async function bundle() {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { output: { codeSplitting: false } },
      lib: { entry: join(root, 'workers', 'pretrain.page.ts'), formats: ['es'] },
    },
  });
  return [built].flat()[0].output[0].code;
}

async function openPage(browser, code) {
  const page = await browser.newPage();
  await page.route('**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Training</title>' }),
  );
  await page.goto('http://localhost/');
  await page.addScriptTag({ content: code, type: 'module' });
  await page.waitForFunction(() => 'pretrain' in globalThis);
  return page;
}

await command(async () => {
  ensureDependencies();
  const { ensureBrowser } = await import('./browser.mjs');
  const executablePath = await ensureBrowser();
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await openPage(browser, await bundle());
    mkdirSync(folder, { recursive: true });
    for (const [name, link] of Object.entries(models)) {
      console.error(`training ${name}`);
      const file = await page.evaluate((query) => globalThis.pretrain(query), link);
      const text = JSON.stringify({ ...file, optimiser: null });
      writeFileSync(join(folder, `${name}.json`), `${text}\n`);
      console.error(`${name}: ${text.length} bytes, step ${file.step}`);
    }
  } finally {
    await browser.close();
  }
});
