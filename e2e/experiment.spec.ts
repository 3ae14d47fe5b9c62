import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user does, in a browser of its own. */
function experiment(...args: string[]): Promise<Outcome> {
  return new Promise((done) => {
    execFile(process.execPath, ['scripts/experiment.mjs', ...args], (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const query = 'station=explore&system=mueller-brown&kT=15&walkers=16&time=0.1';

test('the experiment command prints the results, and nothing else, as JSON', async () => {
  const { code, stdout, stderr } = await experiment(query);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 3,
    experiment: { system: 'mueller-brown', walkers: 16 },
  });
});

test('the experiment command takes a full link and writes a file', async () => {
  const file = test.info().outputPath('results', 'explore.json');
  const { code, stdout, stderr } = await experiment(
    `https://example.org/lab/#/explore?${query}`,
    '--out',
    file,
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toBe('');
  expect(JSON.parse(readFileSync(file, 'utf8')).experiment.kT).toBe(15);
});

test('a bad query ends with code 2, every fault named, no stack trace and no file', async () => {
  const file = test.info().outputPath('bad.json');
  const { code, stdout, stderr } = await experiment('kT=-1&system=nope&at=banana', '--out', file);
  expect(code).toBe(2);
  expect(stdout).toBe('');
  for (const fault of ['kT=-1', 'system=nope', 'at=banana']) expect(stderr).toContain(fault);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(file)).toBe(false);
});

test('what the command line does not know ends with code 2 and the usage', async () => {
  for (const args of [[], ['--nope'], [query, query]]) {
    const { code, stderr } = await experiment(...args);
    expect(code).toBe(2);
    expect(stderr).toContain('Usage');
  }
});
