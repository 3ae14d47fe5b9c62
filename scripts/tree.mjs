// A copy of the tree to try something on: sources and settings, with the installed packages linked and caches of its own.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './environment.mjs';

const LEFT_OUT = ['.git', 'node_modules', 'dist', 'test-results', 'playwright-report', 'shared'];

/** @returns {string} its folder; the caller removes it */
export function copyOfTree() {
  const copy = mkdtempSync(join(tmpdir(), 'saddle-tree-'));
  const skipped = new Set(LEFT_OUT.map((name) => join(root, name)));
  cpSync(root, copy, { recursive: true, filter: (source) => !skipped.has(source) });
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!['.cache', '.vite', '.vitest'].includes(name))
      symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  return copy;
}
