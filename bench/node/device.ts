/** Runs in Chromium: the WGSL engine, asked by the bench outside. */
import { graphicsDevice } from '../../src/gpu/choice.ts';
import type { Contestant } from '../contest.ts';
import { wgslContestant } from '../engines.ts';
import { problemOf, type SystemId } from '../problems.ts';

let contestant: Contestant;

const device = {
  /** What it is, or null without a device. */
  async open(id: SystemId): Promise<string | null> {
    const found = await graphicsDevice();
    if (!found) return null;
    contestant = await wgslContestant(problemOf(id), found);
    return contestant.about;
  },
  advance: (steps: number) => contestant.advance(steps),
  async averages() {
    const { sums, records } = await contestant.averages();
    return { sums: Array.from(sums), records };
  },
};

export type Device = typeof device;
Object.assign(globalThis, { device });
