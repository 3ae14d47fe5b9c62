// npm run mutate [-- words]: are the tests able to fail? Applies one seeded mistake of physics or statistics after the other to
// a copy of the tree, runs the tests that should notice, and prints those that no test noticed. Words keep only the
// mutations whose name or file contains one of them.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { command, Failure, root } from './environment.mjs';
import { mutations } from './mutations.mjs';
import { copyOfTree } from './tree.mjs';

/** Generous: a mutation may make a solver turn for ever, a busy machine only makes it slow. */
const LIMIT_S = 420;

/** @typedef {{ name: string, file: string, from: string, to: string, tests: readonly string[] }} Mutation */

/** Source files of the tree, relative to `top`. */
function filesOf(top) {
  return ['src', 'workers', 'bench'].flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(top, join(entry.parentPath, entry.name))),
  );
}

/** The one file with this name or end of path, so that entries survive a move of folders. */
function find(files, name) {
  const found = files.filter((file) => file === name || file.endsWith(`/${name}`));
  if (found.length !== 1) throw new Failure(`${name}: ${found.length} files have this name`);
  return found[0];
}

/** Replaces `from`, which must occur once; any white space matches any other, since the formatter wraps lines. */
export function mutated(text, { name, from, to }) {
  const literal = (part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = from.trim().split(/\s+/).map(literal).join('\\s+');
  const places = [...text.matchAll(new RegExp(pattern, 'g'))];
  if (places.length !== 1)
    throw new Failure(`${name}: the source has ${places.length} places with\n  ${from}`);
  const [
    {
      index,
      0: { length },
    },
  ] = places;
  return text.slice(0, index) + to + text.slice(index + length);
}

/** Every entry fits the tree, or one message names all that do not. */
function prepared(top, chosen) {
  const files = filesOf(top);
  const problems = [];
  const ready = chosen.flatMap((mutation) => {
    try {
      const file = find(files, mutation.file);
      const before = readFileSync(join(top, file), 'utf8');
      const tests = mutation.tests.map((test) => find(files, test));
      return [{ ...mutation, file, tests, before, after: mutated(before, mutation) }];
    } catch (error) {
      problems.push(error.message);
      return [];
    }
  });
  if (problems.length > 0) throw new Failure(problems.join('\n'));
  return ready;
}

/** Runs test files in a copy: `passed`, `failed` (an assertion or an error in a test), `broken` (nothing ran) or `timeout`. */
async function runTests(copy, tests) {
  const report = join(copy, 'mutate-report.json');
  rmSync(report, { force: true });
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', '--bail=1', '--maxWorkers=1', '--reporter=json', `--outputFile=${report}`, ...tests],
    ],
    { cwd: copy, stdio: 'ignore', detached: true },
  );
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    process.kill(-child.pid, 'SIGKILL');
  }, LIMIT_S * 1000);
  const status = await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  if (late) return 'timeout';
  if (status === 0) return 'passed';
  let results = [];
  try {
    results = JSON.parse(readFileSync(report, 'utf8')).testResults;
  } catch {
    return 'broken';
  }
  const failed = results.flatMap((file) => file.assertionResults).some(({ status }) => status === 'failed');
  return failed ? 'failed' : 'broken';
}

/** Tests that fail without any mutation would count everything as noticed. */
async function checkUnmutated(copies, ready) {
  const waiting = [...new Set(ready.flatMap(({ tests }) => tests))];
  const problems = [];
  await Promise.all(
    copies.map(async (copy) => {
      for (let test = waiting.shift(); test; test = waiting.shift())
        if ((await runTests(copy, [test])) !== 'passed') problems.push(test);
    }),
  );
  if (problems.length > 0)
    throw new Failure(`These tests do not pass as the source stands:\n${problems.join('\n')}`);
}

async function runMutation(copy, { file, tests, before, after }) {
  writeFileSync(join(copy, file), after);
  const verdict = await runTests(copy, tests);
  writeFileSync(join(copy, file), before);
  return verdict;
}

const WORDS = { failed: 'killed', passed: 'SURVIVED', timeout: 'SURVIVED (no answer in time)' };

async function runAll(copies, ready) {
  const waiting = [...ready];
  const survivors = [];
  await Promise.all(
    copies.map(async (copy) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const started = performance.now();
        const verdict = await runMutation(copy, next);
        if (verdict === 'broken') throw new Failure(`${next.name}: the mutated source does not run`);
        if (verdict !== 'failed') survivors.push(next);
        const seconds = ((performance.now() - started) / 1000).toFixed(0);
        console.log(`${WORDS[verdict].padEnd(9)} ${next.name} (${next.file}, ${seconds} s)`);
      }
    }),
  );
  return survivors;
}

async function main(words) {
  const chosen = mutations.filter(
    ({ name, file }) =>
      words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)),
  );
  const ready = prepared(root, chosen);
  const count = Math.min(ready.length, Math.max(1, Math.min(4, availableParallelism())));
  const copies = Array.from({ length: count }, copyOfTree);
  try {
    await checkUnmutated(copies, ready);
    const survivors = await runAll(copies, ready);
    for (const { name, file, from, to } of survivors)
      console.log(`\nNo test noticed: ${name}\n  ${file}\n  - ${from}\n  + ${to}`);
    console.log(`${ready.length - survivors.length} killed, ${survivors.length} survived`);
    return survivors.length === 0 ? 0 : 1;
  } finally {
    for (const copy of copies) rmSync(copy, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await command(() => main(process.argv.slice(2)));
