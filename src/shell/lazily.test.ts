import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { lazily, persistently } from './lazily.ts';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Fails so often, then gives a number. */
function failing(times: number): { load: () => Promise<number>; calls: () => number } {
  let calls = 0;
  const load = async () => {
    if (calls++ < times) throw new Error('network away');
    return calls;
  };
  return { load, calls: () => calls };
}

it('loads once', async () => {
  const { load, calls } = failing(0);
  const part = lazily(load);
  expect(await Promise.all([part(), part()])).toEqual([1, 1]);
  expect(await part()).toBe(1);
  expect(calls()).toBe(1);
});

it('forgets a failure', async () => {
  const part = lazily(failing(1).load);
  await expect(part()).rejects.toThrow('network away');
  expect(await part()).toBe(2);
  expect(await part()).toBe(2);
});

it('tries until it succeeds, with longer rests', async () => {
  const rests: number[] = [];
  const rest = async (milliseconds: number) => void rests.push(milliseconds);
  expect(await persistently(lazily(failing(7).load), () => true, rest)).toBe(8);
  expect(rests).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

it('gives up when it is not wanted any more', async () => {
  const { load, calls } = failing(9);
  expect(
    await persistently(
      load,
      () => calls() < 3,
      async () => undefined,
    ),
  ).toBeNull();
  expect(calls()).toBe(3);
});
