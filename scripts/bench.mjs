// npm run bench [-- --json | --quick]: walker-steps per second and accuracy of every engine, beside a loop by hand, NumPy and C.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { command, ensureDependencies, Failure, root } from './environment.mjs';

const usage = `Usage: npm run bench -- [options]

  --json   print the results as JSON
  --quick  short turns: shows that everything runs, not how fast`;

const folder = join(root, 'bench');
const cache = join(root, 'node_modules', '.cache', 'bench');

function readArguments() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
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
    build: { write: false, target: 'es2023', lib: { entry: join(folder, path), formats: ['es'] } },
  });
  return [built].flat()[0].output[0].code;
}

/** How to open the WGSL engine; without a browser, how to say so. */
async function deviceOpener(open) {
  const { findBrowser } = await import('./browser.mjs');
  const executablePath = await findBrowser();
  if (!executablePath) return { open: async () => 'no Chromium was found', close: async () => {} };
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath, args: ['--enable-unsafe-webgpu'] });
  const code = await bundle('node/device.ts');
  return {
    open: async (system) => (await open(browser, code, system)) ?? 'Chromium has no WebGPU adapter',
    close: () => browser.close(),
  };
}

await command(async () => {
  const { json, quick, help } = readArguments();
  if (help) return console.log(usage);
  ensureDependencies();
  const { bench, openDevice, reportText } = await load('node/main.ts');
  const device = await deviceOpener(openDevice);
  try {
    const report = await bench({
      quick,
      cache,
      peers: join(folder, 'peers'),
      openDevice: device.open,
      progress: (message) => console.error(message),
    });
    console.log(json ? JSON.stringify(report, null, 2) : reportText(report));
  } finally {
    await device.close();
  }
});
