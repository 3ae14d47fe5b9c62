import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { Reference } from '../exact/reference.ts';
import { parseQuery } from '../settings/query.ts';
import { SimulationRun } from './simulation.ts';

const BINS = 60;
const FINE = 20;
/** Bins above this many kT are visited too seldom for an error bar. */
const CEILING = 6;

async function ended(link: string) {
  const { experiment } = parseQuery(`${link}&integrator=leimkuhler-matthews`, families);
  const run = await SimulationRun.create(families, experiment);
  await run.advance(Number.POSITIVE_INFINITY);
  return { experiment, frame: await run.frame() };
}

/** Differences of F from its average over each bin, in stated errors, after the best shift. */
async function deviations(link: string): Promise<number[]> {
  const { experiment, frame } = await ended(link);
  const { F, stderr } = frame.freeEnergy;
  const fine = (await new Reference(families).freeEnergy(experiment, BINS * FINE)).F;
  const exact = Array.from({ length: BINS }, (_, bin) => {
    const densities = fine.subarray(bin * FINE, (bin + 1) * FINE).map((value) => Math.exp(-value));
    return -Math.log(densities.reduce((a, b) => a + b, 0) / FINE);
  });
  const counted = exact.flatMap((value, bin) => (value < CEILING && stderr[bin] > 0 ? [bin] : []));
  const weights = counted.map((bin) => stderr[bin] ** -2);
  const weighted = counted.reduce((sum, bin, k) => sum + weights[k] * (F[bin] - exact[bin]), 0);
  const shift = weighted / weights.reduce((a, b) => a + b, 0);
  return counted.map((bin) => Math.abs(F[bin] - exact[bin] - shift) / stderr[bin]);
}

describe('error bars of direct simulation', () => {
  it.each([
    'system=double-well&system.barrier=3&kT=1&walkers=256&time=100',
    'system=wolfe-quapp&kT=2&walkers=128&time=60',
  ])('hold although all walkers start in one well: %s', async (link) => {
    const all = (await Promise.all([1, 2, 3, 4].map((seed) => deviations(`${link}&seed=${seed}`)))).flat();
    const within = (errors: number) => all.filter((z) => z < errors).length / all.length;
    expect(within(1)).toBeGreaterThan(0.55);
    expect(within(3)).toBeGreaterThan(0.95);
  });

  it('a run that leaks out of its well all the time is told', async () => {
    const { frame } = await ended('system=double-well&system.barrier=6&kT=1&walkers=1024&time=100');
    expect(frame.settled).toBe(false);
  });

  it('nothing is left out of a run that begins in equilibrium, or too soon', async () => {
    const { frame } = await ended('system=ornstein-uhlenbeck&walkers=256&time=0.01');
    expect(frame.discarded).toBe(0);
  });
});
