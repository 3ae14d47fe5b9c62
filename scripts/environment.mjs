// What every command needs before it can start: a recent Node, installed dependencies, an up-to-date build.
// Imports nothing but Node itself, since it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '..', '..');
export const dist = join(root, 'dist');

const cache = join(root, 'node_modules', '.cache');
const sources = [
  'src',
  'workers',
  'bench',
  'public',
  'index.html',
  'vite.config.ts',
  'tsconfig.base.json',
  'package-lock.json',
];
const tools = {
  biome: '@biomejs/biome/bin/biome',
  playwright: '@playwright/test/cli.js',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
};

/** A failure that the reader can act on: shown as its message, without a stack. */
export class Failure extends Error {}

/** Runs a command's main function; a Failure becomes a message and exit code 1. */
export async function command(main) {
  try {
    requireNode();
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}

export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 23;
  if (!supported) {
    throw new Failure(
      `Saddle needs Node 20.19 or later (or 22.12 or later); this is Node ${version}.\n` +
        'Install a current version from https://nodejs.org and run the command again.',
    );
  }
}

/**
 * Runs an installed tool and returns its exit code.
 * @param {keyof typeof tools} name
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, stdout?: 'inherit' | 2 }} [options] stdout 2 sends output to stderr
 */
export function runTool(name, args, { env = {}, stdout = 'inherit' } = {}) {
  const script = join(root, 'node_modules', tools[name]);
  return run(process.execPath, [script, ...args], { env, stdout });
}

export function run(program, args, { env = {}, stdout = 'inherit', shell = false } = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['inherit', stdout, 'inherit'],
    shell,
  });
  if (error) console.error(`${program}: ${error.message}`);
  return status ?? 1;
}

/** Installs the dependencies that package-lock.json asks for, if they are not there. */
export function ensureDependencies() {
  if (dependenciesInstalled()) return;
  console.error('Installing dependencies (once; needs the network) ...');
  // Under `npm start` npm tells where it is, which spares Windows the shell that npm.cmd needs.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const status = npm?.endsWith('.js')
    ? run(process.execPath, [npm, ...args], { stdout: 2 })
    : run('npm', args, { stdout: 2, shell: process.platform === 'win32' });
  if (status !== 0)
    throw new Failure('The dependencies could not be installed: see the messages of npm above.');
}

/** Compares versions, not times: a fresh `git pull` touches the lockfile even when nothing in it has changed. */
function dependenciesInstalled() {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const packages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const installed = packages(installedLock);
  return Object.entries(packages(join(root, 'package-lock.json'))).every(
    ([path, { version, optional, link }]) =>
      path === '' || link || (installed[path] ? installed[path].version === version : Boolean(optional)),
  );
}

/** Builds the page unless the one in dist is newer than every source. */
export function ensureBuild() {
  if (buildIsCurrent()) return;
  console.error('Building the page ...');
  if (!build()) throw new Failure('The page could not be built: see the messages above.');
}

function buildIsCurrent() {
  const page = join(dist, 'index.html');
  return existsSync(page) && sources.every((name) => newest(join(root, name)) < statSync(page).mtimeMs);
}

function newest(path) {
  if (!existsSync(path)) return 0;
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds next to dist and swaps, so that a page being served never sees half a build. */
export function build() {
  const started = new Date();
  const fresh = join(cache, `build-${process.pid}`);
  mkdirSync(cache, { recursive: true });
  const status = runTool('vite', ['build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'], {
    stdout: 2,
  });
  if (status === 0) {
    // A source edited during the build must count as newer.
    utimesSync(join(fresh, 'index.html'), started, started);
    replaceDirectory(dist, fresh);
  }
  rmSync(fresh, { recursive: true, force: true });
  return status === 0;
}

function replaceDirectory(target, fresh) {
  const old = join(cache, `old-${process.pid}`);
  for (let attempt = 1; ; attempt++) {
    try {
      if (existsSync(target)) renameSync(target, old);
      renameSync(fresh, target);
      break;
    } catch (error) {
      // Another command swapped its own build in between our two renames.
      if (attempt === 5) throw error;
    } finally {
      rmSync(old, { recursive: true, force: true });
    }
  }
}
