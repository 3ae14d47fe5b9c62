// npm run bench [-- --json | --quick | --only=learning]: walker-steps per second and accuracy of every engine, beside a loop by hand,
// NumPy and C; training steps on WebAssembly and WebGPU, beside stock tfjs and PyTorch; frames, tasks and sizes of the page.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { command, dist, ensureBuild, ensureDependencies, Failure, root } from './environment.mjs';
import { whileServed } from './serve.mjs';

const usage = `Usage: npm run bench -- [options]

  --json   print the results as JSON
  --quick  short turns: shows that everything runs, not how fast
  --only   walkers, learning or page: one part alone`;

const PARTS = ['walkers', 'learning', 'page'];

const folder = join(root, 'bench');
const cache = join(root, 'node_modules', '.cache', 'bench');

function readArguments() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Failure(`${error.message}\n\n${usage}`);
  }
}

const shared = { configFile: false, root, logLevel: 'error' };

/** The module of a TypeScript file, bundled for Node. */
async function load(path) {
  const { build } = await import('vite');
  await build({
    ...shared,
    ssr: { noExternal: true },
    build: { ssr: join(folder, path), outDir: cache, target: 'es2023', emptyOutDir: false },
  });
  const name = path.split('/').at(-1).replace(/\.ts$/, '.js');
  return import(pathToFileURL(join(cache, name)).href);
}

/** The text of a TypeScript file, bundled for the browser. */
async function bundle(path) {
  const { build } = await import('vite');
  const built = await build({
    ...shared,
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { output: { codeSplitting: false } },
      lib: { entry: join(folder, path), formats: ['es'] },
    },
  });
  return [built].flat()[0].output[0].code;
}

/** A Chromium with WebGPU, or null. */
async function openBrowser() {
  const { findBrowser } = await import('./browser.mjs');
  const executablePath = await findBrowser();
  if (!executablePath) return null;
  const { chromium } = await import('@playwright/test');
  return chromium.launch({ executablePath, args: ['--enable-unsafe-webgpu'] });
}

/** How to open the WGSL engine; without a browser, how to say so. */
async function deviceOpener(browser, open) {
  if (!browser) return async () => 'no Chromium was found';
  const code = await bundle('node/device.ts');
  return async (system) => (await open(browser, code, system)) ?? 'Chromium has no WebGPU adapter';
}

async function learningReport(browser, { benchLearning }, { quick, progress }) {
  if (!browser) return null;
  const code = { own: await bundle('node/own-training.ts'), stock: await bundle('node/stock-training.ts') };
  return benchLearning({ browser, code, peers: join(folder, 'peers'), quick, progress });
}

async function pageReport(browser, { benchPage }, options) {
  if (!browser) return null;
  ensureBuild();
  return whileServed((address) => benchPage({ ...options, browser, address, dist }));
}

await command(async () => {
  const { json, quick, only, help } = readArguments();
  if (help) return console.log(usage);
  if (only !== undefined && !PARTS.includes(only))
    throw new Failure(`--only=${only} must be one of ${PARTS.join(', ')}\n\n${usage}`);
  const wanted = (part) => only === undefined || only === part;
  ensureDependencies();
  const progress = (message) => console.error(message);
  const node = await load('node/main.ts');
  const browser = await openBrowser();
  try {
    const options = { quick, cache, peers: join(folder, 'peers'), progress };
    const openDevice = await deviceOpener(browser, node.openDevice);
    const walkers = wanted('walkers') ? await node.bench({ ...options, openDevice }) : null;
    const learning = wanted('learning') ? await learningReport(browser, node, options) : null;
    const page = wanted('page') ? await pageReport(browser, node, options) : null;
    const text = () => [
      ...(walkers ? [node.reportText(walkers)] : []),
      ...(learning ? node.learningText(learning) : []),
      ...(page ? node.pageText(page) : []),
    ];
    console.log(json ? JSON.stringify({ ...walkers, learning, page }, null, 2) : text().join('\n'));
  } finally {
    await browser?.close();
  }
});
