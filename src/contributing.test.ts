/** The skeletons of CONTRIBUTING.md: each is written into a copy of the tree, which then compiles and keeps every contract. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfTree } from '../scripts/tree.mjs';

const TEXT = readFileSync(new URL('../CONTRIBUTING.md', import.meta.url), 'utf8');

/** Complete files of the document, told by their path after the language. */
const skeletons = [...TEXT.matchAll(/^(`{3,})\w+ file=(\S+)\n([\s\S]*?)^\1$/gm)].map(
  ([, , file, source]) => ({
    file,
    source,
  }),
);

/** Tests that go through the members of families. */
const CONTRACTS = [
  'src/structure.test.ts',
  'src/skeleton-station.test.ts',
  'src/lessons/lessons.test.ts',
  'src/shell/lessons/problems.test.ts',
  'src/text/words.test.ts',
  'src/core/systems/systems.test.ts',
  'src/core/dynamics/engines/engines.test.ts',
  'src/core/dynamics/integrators/integrators.test.ts',
  'src/core/estimators/estimators.test.ts',
  'src/core/sampling/methods.test.ts',
  'src/core/generative/schedules/schedules.test.ts',
  'src/core/generative/generators/generators.test.ts',
  'src/core/datasets/datasets.test.ts',
];

/** A station has no contract of numbers: links must open it, and its page must have something to show. */
const STATION_TEST = `
import { renderToString } from 'react-dom/server';
import { createElement } from 'react';
import { expect, it } from 'vitest';
import { families } from './catalog.ts';
import { parseQuery } from './core/settings/query.ts';
import station from './stations/skeleton/skeleton.station.tsx';

it('the station skeleton is opened by its link', () => {
  const { experiment, notices } = parseQuery('station=skeleton&walkers=12', families);
  expect([experiment.station, experiment.walkers, notices]).toEqual(['skeleton', 12, []]);
});
it('the station skeleton is the last of the row', () => {
  expect(Object.keys(families.stations).at(-1)).toBe('skeleton');
});
it('the station skeleton draws its page and has settings', () => {
  expect(renderToString(createElement(station.View))).toContain('walkers at time');
  const { experiment } = parseQuery('station=skeleton', families);
  expect(station.settings(experiment)[0].keys).toContain('kT');
});
`;

/** Ids of the members, and of those of which each contract must have run. */
const members = skeletons.flatMap(({ file }) => {
  if (file.endsWith('.md')) return [{ id: 'skeleton-lesson', family: 'lesson' }];
  const found =
    /([\w-]+)\.(system|integrator|method|schedule|generator|estimator|coupled|dataset|station)\.tsx?$/.exec(
      file,
    );
  return found ? [{ id: found[1], family: found[2] }] : [];
});

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

let copy = '';
const run = (tool: string, args: readonly string[]) =>
  spawnSync(process.execPath, [join('node_modules', tool), ...args], {
    cwd: copy,
    encoding: 'utf8',
    // The copy is another run, not a part of this one.
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });

beforeAll(() => {
  copy = copyOfTree();
  for (const { file, source } of skeletons) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), source);
  }
  writeFileSync(join(copy, 'src/skeleton-station.test.ts'), STATION_TEST);
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the skeletons of CONTRIBUTING.md', () => {
  it('are one of each family, and new to the tree', () => {
    expect(members.map(({ family }) => family).sort()).toEqual([
      'coupled',
      'dataset',
      'estimator',
      'generator',
      'integrator',
      'lesson',
      'method',
      'schedule',
      'station',
      'system',
    ]);
    for (const { file } of skeletons) expect(file).toMatch(/skeleton/);
  });

  it('compile, and pass the linter', () => {
    const { stdout } = run('typescript/bin/tsc', ['-b']);
    expect(stdout).toBe('');
    const files = skeletons.map(({ file }) => file).filter((file) => !file.endsWith('.md'));
    const lint = run('@biomejs/biome/bin/biome', ['lint', '--error-on-warnings', ...files]);
    expect(lint.status, lint.stderr).toBe(0);
  });

  it('keep the contracts of their families, in which nothing else has to name them', () => {
    const report = join(copy, 'report.json');
    const names = members.map(({ id }) => id).join('|');
    run('vitest/vitest.mjs', [
      ...['run', '--maxWorkers=1', '--reporter=json', `--outputFile=${report}`],
      ...['-t', `${names}|has no import circle|lists no member|words of shared`],
      ...CONTRACTS,
    ]);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    expect(testResults.map(({ message }) => message).filter(Boolean)).toEqual([]);
    expect(tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)).toEqual([]);
    const passed = tests.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName);
    // Coupled methods are held to their contract all in one test.
    for (const { id } of members.filter(({ family }) => family !== 'coupled'))
      expect(passed.filter((name) => name.includes(id)).length, id).toBeGreaterThan(0);
  });
});
