/** The same simulation in C and in NumPy, as processes that are asked line by line; they time themselves. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Contestant } from '../contest.ts';
import { BINS, GROUP_SIZE, type Problem, STRIDE, WALKERS } from '../problems.ts';

const FLAGS = ['-O3', '-march=native'];

export interface Program {
  readonly name: string;
  readonly about: string;
  readonly command: readonly string[];
}

/** A program, or the reason why there is none. */
export type Found = Program | { readonly name: string; readonly missing: string };

export function findPeers(folder: string, cache: string): Found[] {
  return [findNumPy(folder), compileC(folder, cache)];
}

function findNumPy(folder: string): Found {
  const name = 'NumPy';
  const script = join(folder, 'langevin.py');
  for (const python of ['python3', 'python']) {
    const { status, stdout } = spawnSync(python, ['-c', 'import numpy; print(numpy.__version__)'], {
      encoding: 'utf8',
    });
    if (status === 0)
      return {
        name,
        about: `${stdout.trim()}, vectorised, double precision, PCG64`,
        command: [python, script],
      };
  }
  return { name, missing: 'python3 with numpy is not installed' };
}

function compileC(folder: string, cache: string): Found {
  const name = 'C';
  mkdirSync(cache, { recursive: true });
  const program = join(cache, 'langevin');
  const source = join(folder, 'langevin.c');
  for (const compiler of ['cc', 'gcc', 'clang']) {
    const { status } = spawnSync(compiler, ['-std=c11', ...FLAGS, '-o', program, source, '-lm']);
    if (status === 0)
      return {
        name,
        about: `${versionOf(compiler)} ${FLAGS.join(' ')}, scalar, double precision, xoshiro128**`,
        command: [program],
      };
  }
  return { name, missing: 'no C compiler is installed' };
}

function versionOf(compiler: string): string {
  const { stdout } = spawnSync(compiler, ['--version'], { encoding: 'utf8' });
  const [line] = stdout.split('\n');
  const kind = /clang/i.test(line) ? 'clang' : 'gcc';
  return `${kind} ${/\d+\.\d+(\.\d+)?/.exec(line)?.[0] ?? ''}`.trim();
}

export class Peer implements Contestant {
  readonly name: string;
  readonly about: string;
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string>;

  constructor({ name, about, command: [program, ...given] }: Program, problem: Problem) {
    this.name = name;
    this.about = about;
    const { id, kT, dt, range, ensemble, start } = problem;
    const parameters = [id, WALKERS, kT, dt, STRIDE, GROUP_SIZE, ensemble.seed, ...range, BINS];
    // NumPy uses its threads for linear algebra only; there is none here.
    this.process = spawn(program, [...given, ...parameters.map(String)]);
    this.process.stderr.pipe(process.stderr);
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    this.process.stdin.write(`${start.map((values) => values.join('\n')).join('\n')}\n`);
  }

  async advance(steps: number): Promise<number> {
    const [seconds] = await this.ask(`advance ${steps}`);
    return seconds;
  }

  async averages() {
    const [records, ...sums] = await this.ask('averages');
    return { records, sums };
  }

  close(): void {
    this.process.stdin.end();
  }

  private async ask(line: string): Promise<number[]> {
    this.process.stdin.write(`${line}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error(`${this.name} stopped`);
    return (value as string).split(' ').map(Number);
  }
}
