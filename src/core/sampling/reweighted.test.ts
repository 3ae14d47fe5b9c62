import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { Reference } from '../exact/reference.ts';
import { parseQuery } from '../settings/query.ts';
import type { BiasFrame } from './frames.ts';
import { BiasRun } from './run.ts';

const UMBRELLA =
  'station=bias&system=three-hole&kT=1&cv=x&method=umbrella&budget=2000000&reweight=y&observable=x^2%2By';

function finished(query: string): BiasFrame {
  const run = new BiasRun(families, parseQuery(query, families).experiment);
  run.advance(Number.POSITIVE_INFINITY);
  return run.frame();
}

describe('a biased run', () => {
  it('knows the free energy along another coordinate, and the mean of an observable', async () => {
    const { reweighted, observable, finding } = finished(UMBRELLA);
    expect(finding?.warnings.map(({ id }) => id)).not.toContain('disconnected');
    const { experiment } = parseQuery(UMBRELLA, families);
    const reference = new Reference(families);
    const mean = await reference.mean(experiment, experiment.observable);
    if (!observable || !reweighted) throw new Error('nothing reweighted');
    expect(observable.expression).toBe('x^2+y');
    expect(Math.abs(observable.value - mean) / observable.stderr).toBeLessThan(4);
    expect(observable.stderr).toBeLessThan(0.1);
    expect(reweighted.variable).toBe('y');
    const exact = await reference.freeEnergy({ ...experiment, cv: 'y' }, FREE_ENERGY_BINS);
    const lowest = reweighted.F.indexOf(0);
    let compared = 0;
    exact.F.forEach((F, bin) => {
      if (F > 5 || Number.isNaN(reweighted.F[bin])) return;
      compared++;
      const difference = reweighted.F[bin] - (F - exact.F[lowest]);
      expect(Math.abs(difference)).toBeLessThan(
        4 * Math.hypot(reweighted.stderr[bin], reweighted.stderr[lowest]),
      );
    });
    expect(compared).toBeGreaterThan(20);
  });

  it('does the same without bias, and nothing unless asked', () => {
    const direct = finished('station=bias&system=double-well&method=direct&budget=100000&observable=x^2');
    expect(direct.observable?.value).toBeGreaterThan(0.5);
    expect(direct.observable?.stderr).toBeGreaterThan(0);
    expect(direct.reweighted).toBeNull();
    const plain = finished('station=bias&system=double-well&method=direct&budget=100000');
    expect(plain.observable).toBeNull();
  });
});

describe('the exact mean', () => {
  it('is that of the closed form', async () => {
    const { experiment } = parseQuery('station=bias&system=three-hole&kT=0.5988023952095808', families);
    const reference = new Reference(families);
    // Metzner, Schuette, Vanden-Eijnden's potential at beta = 1.67, by quadrature elsewhere.
    expect(await reference.mean(experiment, 'x^2')).toBeCloseTo(1.037512, 5);
    expect(await reference.mean(experiment, 'y')).toBeCloseTo(0.045577, 5);
  });
});

describe('an observable in a link', () => {
  it('is checked: coordinates, parameters and functions only', () => {
    const read = (text: string) => {
      const query = `station=bias&system=double-well&observable=${encodeURIComponent(text)}`;
      const { experiment, notices } = parseQuery(query, families);
      return {
        value: experiment.observable,
        notices: notices.map(({ key, message }) => `${key} ${JSON.stringify(message)}`),
      };
    };
    expect(read('exp(-x^2)*barrier')).toEqual({ value: 'exp(-x^2)*barrier', notices: [] });
    const bad = read('x + nonsense');
    expect(bad.value).toBe('');
    expect(bad.notices).toHaveLength(1);
    expect(bad.notices[0]).toMatch(/^observable .*nonsense/);
    expect(read('x +').notices).toHaveLength(1);
  });
});
