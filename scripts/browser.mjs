// Finds a Chromium, or installs one. Needs the npm dependencies.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, run, runTool } from './environment.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where the systems that we know of keep a Chromium or a browser built on it. */
function usualPlaces() {
  const { platform, env } = process;
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  }
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(env.PATH ?? '').split(delimiter)];
  return [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/opt/google/chrome/chrome',
  ];
}

/** Starting it tells a browser from a stub, or from one whose system libraries are missing. */
function works(path) {
  if (!existsSync(path)) return false;
  // Chrome for Windows opens a window instead of printing its version.
  if (process.platform === 'win32') return true;
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/**
 * The path of a Chromium that works: CHROMIUM_PATH, else one downloaded by Playwright, else one of the system.
 * @returns {Promise<string | undefined>}
 */
export async function findBrowser() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (works(asked)) return asked;
    throw new Failure(`CHROMIUM_PATH=${asked} is not a browser that starts.`);
  }
  const { chromium } = await import('@playwright/test');
  return [chromium.executablePath(), ...usualPlaces()].find(works);
}

/**
 * The same, installing one if there is none.
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  const path = (await findBrowser()) ?? (await installBrowser());
  if (path) return path;
  throw new Failure(
    'No Chromium was found and none could be installed. Do one of the following and run the command again:\n' +
      "  - install Chromium or Google Chrome with your system's package manager;\n" +
      "  - npx playwright install --with-deps chromium (asks for the administrator's password);\n" +
      '  - set CHROMIUM_PATH to the program file of a Chromium that you already have.',
  );
}

async function installBrowser() {
  const rootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
  console.error('Installing Chromium (once; needs the network) ...');
  const downloaded = runTool('playwright', ['install', 'chromium'], { stdout: 2 }) === 0;
  // Not --with-deps: where the download is blocked, its libraries would be installed for nothing.
  if (downloaded && rootOnLinux) runTool('playwright', ['install-deps', 'chromium'], { stdout: 2 });
  const path = await findBrowser();
  if (path || !rootOnLinux || !existsSync('/usr/bin/apt-get')) return path;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update'], { env, stdout: 2 });
  run('apt-get', ['install', '-y', 'chromium'], { env, stdout: 2 });
  return findBrowser();
}
