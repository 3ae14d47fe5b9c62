/**
 * One run shared by several workers: each advances whole groups of walkers by itself, nothing is shared. The result is that
 * of one worker, number by number.
 */
import * as Comlink from 'comlink';
import './thrown.ts';
import {
  type Ensemble,
  groupsOf,
  type RemoteEngine,
  type StepGraph,
} from '../src/core/dynamics/step-graph.ts';
import type { Part } from './part.worker.ts';

interface Member {
  readonly worker: Worker;
  readonly part: Comlink.Remote<Part>;
  /** Rejects when the worker fails, for Comlink would wait for ever. */
  readonly failure: Promise<never>;
  readonly first: number;
  readonly walkers: number;
}

export class Team implements RemoteEngine {
  step = 0;
  private readonly members: readonly Member[];

  private constructor(ensemble: Ensemble, size: number) {
    this.members = sharesOf(ensemble, size).map((share) => {
      const worker = new Worker(new URL('./part.worker.ts', import.meta.url), { type: 'module' });
      return { ...share, worker, part: Comlink.wrap<Part>(worker), failure: failureOf(worker) };
    });
  }

  /** @throws Error when a worker cannot be started */
  static async create(
    size: number,
    graph: StepGraph,
    ensemble: Ensemble,
    parameters: Readonly<Record<string, number>>,
  ): Promise<Team> {
    const team = new Team(ensemble, size);
    // A graph crosses as plain data: its nodes are all that engines read.
    const plain = { ...graph, graph: { nodes: graph.graph.nodes } } as unknown as StepGraph;
    try {
      await team.each(({ part, first, walkers }) =>
        part.make(plain, { ...ensemble, walkers, firstWalker: ensemble.firstWalker + first }, parameters),
      );
    } catch (error) {
      team.dispose();
      throw error;
    }
    return team;
  }

  get size(): number {
    return this.members.length;
  }

  async advance(steps: number): Promise<void> {
    await this.each(({ part }) => part.advance(steps));
    this.step += steps;
  }

  async setParameters(parameters: Readonly<Record<string, number>>): Promise<void> {
    await this.each(({ part }) => part.setParameters(parameters));
  }

  async setTable(name: string, values: ArrayLike<number>): Promise<void> {
    const all = Float64Array.from(values);
    await this.each(({ part }) => part.setTable(name, all));
  }

  async read(state: string): Promise<Float64Array> {
    return joined(await this.each(({ part }) => part.read(state)));
  }

  async write(state: string, values: ArrayLike<number>): Promise<void> {
    const all = Float64Array.from(values);
    await this.each(({ part, first, walkers }) => part.write(state, all.slice(first, first + walkers)));
  }

  async averages() {
    const parts = await this.each(({ part }) => part.averages());
    return {
      visits: joined(parts.map(({ visits }) => visits)),
      sums: joined(parts.map(({ sums }) => sums)),
      records: parts[0].records,
    };
  }

  async resetAverages(): Promise<void> {
    await this.each(({ part }) => part.resetAverages());
  }

  dispose(): void {
    for (const { worker } of this.members) worker.terminate();
  }

  private each<T>(work: (member: Member) => Promise<T>): Promise<T[]> {
    return Promise.all(this.members.map((member) => Promise.race([work(member), member.failure])));
  }
}

/** Whole groups to each member, as evenly as may be. */
function sharesOf(ensemble: Ensemble, size: number): { first: number; walkers: number }[] {
  const groups = groupsOf(ensemble);
  const members = Math.min(size, groups);
  return Array.from({ length: members }, (_, k) => {
    const first = Math.round((k * groups) / members) * ensemble.groupSize;
    const end = Math.min(Math.round(((k + 1) * groups) / members) * ensemble.groupSize, ensemble.walkers);
    return { first, walkers: end - first };
  });
}

function failureOf(worker: Worker): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => {
      reject(new Error(`A worker of the simulation failed: ${message || 'it could not be started'}`));
    });
  });
  failure.catch(() => {}); // reported by whoever waits for the worker
  return failure;
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
