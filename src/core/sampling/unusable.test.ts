/** A typed energy whose parameters make it useless: with default ones it is in order. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import { withValue } from '../settings/settings.ts';
import { systemOf } from '../systems/model.ts';
import { BiasRun } from './run.ts';

const ENERGY = encodeURIComponent('a*(x^2 - 1)^2 + y^2; a = 1 in [-2, 3]');

function experimentOf(query: string) {
  const { experiment, notices } = parseQuery(
    `station=bias&system=custom&system.energy=${ENERGY}&${query}`,
    families,
  );
  expect(notices).toEqual([]);
  return experiment;
}

const problemOf = (query: string) => systemOf(experimentOf(query), families).problem?.id;

describe('an energy is examined with the parameters that it has', () => {
  it('whether they or the range are changed', () => {
    expect(problemOf('')).toBeUndefined();
    expect(problemOf('system.a=2.5')).toBeUndefined();
    expect(problemOf('system.a=-1.6')).toBe('does-not-rise');
    const narrow = withValue(families, experimentOf(''), 'system.xMin', 1.5);
    expect(systemOf(narrow, families).problem?.id).toBe('no-minimum');
  });

  it('and biased runs warn of it, whether walkers are lost or not', () => {
    for (const rest of ['integrator.dt=0.002', 'integrator.dt=1e-6']) {
      const run = new BiasRun(families, experimentOf(`system.a=-1.6&method=direct&budget=50000&${rest}`));
      while (!run.done) run.advance(Number.POSITIVE_INFINITY);
      const [warning] = run.frame().finding?.warnings ?? [];
      expect(warning).toMatchObject({ id: 'unusable-energy', message: { id: 'does-not-rise' } });
    }
  });
});
