import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { CloseRun } from '../coarse/close-run.ts';
import { linspace } from '../numerics/results.ts';
import { parseQuery } from '../settings/query.ts';
import { barrierOf, barrierRemark } from './barrier.ts';

describe('the barrier of a free energy', () => {
  it('of wells of different depth is what the shallower one sees', () => {
    const z = linspace(-1.6, 1.6, 321);
    const tilted = z.map((x) => 5 * (x * x - 1) ** 2 + x);
    // Minimum and top by Newton on 20 x (x^2 - 1) + 1 = 0: near 1 and near 0.
    const root = (x: number): number => {
      const next = x - (20 * x * (x * x - 1) + 1) / (60 * x * x - 20);
      return Math.abs(next - x) < 1e-12 ? next : root(next);
    };
    const energy = (x: number) => 5 * (x * x - 1) ** 2 + x;
    expect(Math.abs(barrierOf(tilted, false) - (energy(root(0)) - energy(root(1))))).toBeLessThan(0.01);
  });

  it('of one valley, and of a ring with one valley, is none', () => {
    const z = linspace(-2, 2, 81);
    expect(
      barrierOf(
        z.map((x) => 3 * x * x),
        false,
      ),
    ).toBe(0);
    const ring = linspace(-Math.PI, Math.PI, 65).slice(0, -1);
    expect(
      barrierOf(
        ring.map((x) => 4 * Math.cos(x + 1)),
        true,
      ),
    ).toBeLessThan(1e-9);
    expect(
      barrierOf(
        ring.map((x) => 4 * Math.cos(2 * x)),
        true,
      ),
    ).toBeCloseTo(8, 9);
    expect(
      barrierRemark(
        z.map((x) => x * x),
        'x',
        false,
      ),
    ).toEqual({ id: 'no-barrier', values: { cv: 'x', height: 0 } });
    expect(
      barrierRemark(
        z.map((x) => 5 * (x * x - 1) ** 2),
        'x',
        false,
      ),
    ).toBeNull();
  });
});

describe('energies that are typed', () => {
  async function frameOf(energy: string) {
    const query = `station=close&system=custom&start=0,0&system.energy=${encodeURIComponent(energy)}&close.map=none`;
    const { experiment, notices } = parseQuery(`${query}&budget=300000&close.values=9`, families);
    expect(notices).toEqual([]);
    const run = new CloseRun(families, experiment);
    await run.advance();
    return run.frame();
  }

  it('without a bound are refused where they are typed, and by the run, with the way out', async () => {
    const typed = `system=custom&system.energy=${encodeURIComponent('5*x^2 - 0.1*x^4 + y^2')}`;
    expect(JSON.stringify(parseQuery(typed, families).notices)).toContain('does-not-rise');
    const falling = { ...families.systems['two-channel'], energy: 'x^2 - y^2' };
    const others = { ...families, systems: { ...families.systems, 'two-channel': falling } };
    const run = new CloseRun(others, parseQuery('station=close&system=two-channel', families).experiment);
    await run.advance();
    expect(run.frame().problem).toMatchObject({
      id: 'energy-unbounded',
      values: { coordinates: ['x', 'y'] },
    });
  });

  it('without a barrier are run, and told', async () => {
    const { problem, consistency } = await frameOf('2*x^2 + 5*y^2');
    expect(problem).toBeNull();
    expect(consistency?.reasons.barrier?.id).toBe('no-barrier');
  });

  it('with a barrier are run without a word of it', async () => {
    const { problem, consistency } = await frameOf('5*(x^2 - 1)^2 + 20*(y - 0.3*x)^2');
    expect(problem).toBeNull();
    expect(consistency?.reasons.barrier).toBeUndefined();
    expect(consistency?.freeEnergyFromDynamics?.rmse).toBeLessThan(1);
  });
});
