/** Tests of code in a browser before any page uses it: functions built into an empty page of the server. */
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import { build } from 'vite';

type Functions<C> = Record<keyof C, (...list: never[]) => unknown>;

/**
 * Opens such a page before every test of the file.
 * @param entry module, relative to this folder, that puts its functions under a name into the global scope
 * @returns calls one of them in the page
 */
export function inEmptyPage<C extends Functions<C>>(entry: string, name: string) {
  let code = '';
  test.beforeAll(async () => {
    code = await bundled(entry);
  });
  test.beforeEach(async ({ page }) => {
    // Of the server's own address: WebGPU wants a secure context.
    await page.route('**/empty-page', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Checks</title>' }),
    );
    await page.goto('./empty-page');
    await page.addScriptTag({ content: code, type: 'module' });
    await page.waitForFunction((key) => key in globalThis, name);
  });
  return <K extends keyof C & string>(
    page: Page,
    called: K,
    ...args: Parameters<C[K]>
  ): Promise<Awaited<ReturnType<C[K]>>> =>
    page.evaluate(
      async ([from, key, given]) => {
        const all = globalThis as unknown as Record<string, Record<string, (...list: unknown[]) => unknown>>;
        return all[from][key](...given);
      },
      [name, called, args as unknown[]] as const,
    ) as Promise<Awaited<ReturnType<C[K]>>>;
}

async function bundled(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: { output: { codeSplitting: false } },
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ['es'] },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (!('output' in bundle)) throw new Error('Nothing was built');
  return bundle.output[0].code;
}
