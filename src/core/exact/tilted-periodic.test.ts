import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { lifsonJackson, tiltedTransport, transportOf } from './tilted-periodic.ts';

const NODES = 256;
const cosine = (barrier: number) =>
  Float64Array.from({ length: NODES }, (_, i) => (barrier / 2) * (1 - Math.cos((2 * Math.PI * i) / NODES)));
const of = (barrier: number, force: number, kT = 1) =>
  tiltedTransport({ energies: cosine(barrier), period: 2 * Math.PI, kT, mobility: 1, force });

/** Modified Bessel function of order 0, by its integral. */
const bessel = (z: number) => {
  let sum = 0;
  for (let i = 0; i < 400; i++) sum += Math.exp(z * Math.cos((2 * Math.PI * i) / 400));
  return sum / 400;
};

/** Velocity and diffusion of a jump process on a fine ring: its first two cumulants, by linear equations. */
function jumps(barrier: number, force: number, cells = 400): { velocity: number; diffusion: number } {
  const h = (2 * Math.PI) / cells;
  const V = (i: number) => (barrier / 2) * (1 - Math.cos(i * h)) - force * i * h;
  const up = Array.from({ length: cells }, (_, i) => Math.exp((V(i) - V(i + 1)) / 2) / h ** 2);
  const down = Array.from({ length: cells }, (_, i) => Math.exp((V(i) - V(i - 1)) / 2) / h ** 2);
  const solve = (source: number[]): number[] => {
    // Stationary equation with a source of sum 0; the first value is fixed and the rest follows by elimination.
    const m = Array.from({ length: cells }, (_, i) => {
      const row = new Array(cells + 1).fill(0);
      row[i] -= up[i] + down[i];
      row[(i + cells - 1) % cells] += up[(i + cells - 1) % cells];
      row[(i + 1) % cells] += down[(i + 1) % cells];
      row[cells] = source[i];
      return row;
    });
    m[0] = [...new Array(cells).fill(1), source === zero ? 1 : 0];
    for (let k = 0; k < cells; k++) {
      let pivot = k;
      for (let i = k + 1; i < cells; i++) if (Math.abs(m[i][k]) > Math.abs(m[pivot][k])) pivot = i;
      [m[k], m[pivot]] = [m[pivot], m[k]];
      for (let i = k + 1; i < cells; i++) {
        const factor = m[i][k] / m[k][k];
        if (factor !== 0) for (let j = k; j <= cells; j++) m[i][j] -= factor * m[k][j];
      }
    }
    const x = new Array(cells).fill(0);
    for (let k = cells - 1; k >= 0; k--) {
      let rest = m[k][cells];
      for (let j = k + 1; j < cells; j++) rest -= m[k][j] * x[j];
      x[k] = rest / m[k][k];
    }
    return x;
  };
  const zero = new Array(cells).fill(0);
  const p = solve(zero);
  const velocity = h * p.reduce((sum, value, i) => sum + value * (up[i] - down[i]), 0);
  const flow = (x: readonly number[], i: number) => {
    const [left, right] = [(i + cells - 1) % cells, (i + 1) % cells];
    return h * (x[left] * up[left] - x[right] * down[right]);
  };
  const b = solve(p.map((value, i) => velocity * value - flow(p, i)));
  const activity = h ** 2 * p.reduce((sum, value, i) => sum + value * (up[i] + down[i]), 0);
  return {
    velocity,
    diffusion: activity / 2 + h * b.reduce((sum, value, i) => sum + value * (up[i] - down[i]), 0),
  };
}

describe('transport in a tilted periodic potential', () => {
  it('is free without a potential: M F and kT M', () => {
    const { velocity, diffusion } = of(0, 0.7, 0.5);
    // To the error of Simpson's rule.
    expect(velocity).toBeCloseTo(0.7, 7);
    expect(diffusion).toBeCloseTo(0.5, 7);
  });

  it.each([1, 5, 12])(
    'without a tilt is that of Lifson and Jackson, by Bessel functions: barrier %d',
    (barrier) => {
      const expected = 1 / bessel(barrier / 2) ** 2;
      expect(
        Math.abs(lifsonJackson({ energies: cosine(barrier), kT: 1, mobility: 1 }) / expected - 1),
      ).toBeLessThan(1e-12);
      const { velocity, diffusion } = of(barrier, 0);
      expect(velocity).toBe(0);
      expect(Math.abs(diffusion / expected - 1)).toBeLessThan(1e-8);
    },
  );

  it('obeys Einstein: the velocity under a small force is D F / kT', () => {
    expect(of(5, 1e-4, 0.8).velocity / 1e-4 / (of(5, 0, 0.8).diffusion / 0.8)).toBeCloseTo(1, 6);
  });

  it.each([
    [5, 1],
    [5, 2.6],
    [3, -2],
  ])('agrees with the cumulants of a jump process on a ring: barrier %d, force %d', (barrier, force) => {
    const [found, jumping] = [of(barrier, force), jumps(barrier, force)];
    expect(Math.abs(found.velocity / jumping.velocity - 1)).toBeLessThan(1e-3);
    expect(Math.abs(found.diffusion / jumping.diffusion - 1)).toBeLessThan(1e-3);
  });

  it('of the washboard: curves pass through its own numbers, with giant diffusion near the critical tilt', () => {
    const { experiment } = parseQuery('system=washboard&system.barrier=5&system.tilt=2.5&kT=0.3', families);
    const { model, kT } = settingOf(experiment, families);
    const found = transportOf(model, kT);
    expect(found?.force).toBeCloseTo(2.5, 9);
    expect(found?.lifsonJackson).toBeCloseTo(0.3 / bessel(2.5 / 0.3) ** 2, 9);
    expect(found?.diffusion).toBeGreaterThan(2 * 0.3);
    expect(found?.velocities.at(20)).toBe(0);
  });
});
