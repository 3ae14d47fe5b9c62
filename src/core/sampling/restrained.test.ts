import { describe, expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { Reference } from '../exact/reference.ts';
import { valuesOf } from '../generative/conditioning/level.ts';
import { conditionalDistance } from '../metrics/comparison.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { type RestrainedSamples, restrainedSamples } from './restrained.ts';

const experimentOf = (query: string) => parseQuery(query, families).experiment;

/** Mean of a function of a coordinate with its standard error from the spread between walkers. */
function meanOf({ points, walkers }: RestrainedSamples, d: number, f: (v: number) => number) {
  const count = Math.max(...walkers) + 1;
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  walkers.forEach((w, n) => {
    sums[w] += f(points.values[n * points.dimension + d]);
    weights[w]++;
  });
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = sums.reduce((a, b) => a + b, 0) / total;
  const square = sums.reduce((sum, s, w) => sum + (s - mean * weights[w]) ** 2, 0);
  return { mean, stderr: Math.sqrt(square * (count / (count - 1))) / total };
}

describe('a restrained simulation', () => {
  test.each([
    ['a coordinate', 'system=three-hole&kT=0.6&seed=4', 1],
    [
      'a coordinate far from the start',
      'system=fast-slow-double-well&integrator=leimkuhler-matthews&seed=5',
      1.2,
    ],
    ['a curved function of both coordinates', 'system=half-moon&cv=slow&seed=6', 0.5],
    ['an angle', 'system=ring&cv=angle&seed=7', 3],
  ])('along %s gives the conditional distribution', async (_, query, at) => {
    const experiment = experimentOf(query);
    const found = restrainedSamples(families, experiment, at, 1_000_000);
    const reference = new Reference(families);
    const distribution = await reference.conditional(experiment, at);
    const { model, cv } = settingOf(experiment, families);
    const d = model.system.coordinates.indexOf(distribution.coordinate);
    expect(found.walkers.length).toBeGreaterThan(500);
    expect(found.forceEvaluations).toBeLessThanOrEqual(1_000_000);
    const first = meanOf(found, d, (v) => v);
    expect(Math.abs(first.mean - distribution.mean) / first.stderr).toBeLessThan(5);
    const second = meanOf(found, d, (v) => (v - distribution.mean) ** 2);
    expect(Math.abs(second.mean - distribution.variance) / second.stderr).toBeLessThan(5);
    expect(conditionalDistance(found.points, d, distribution)).toBeLessThan(
      0.15 * Math.sqrt(distribution.variance),
    );
    const period = cv.periodic ? 2 * Math.PI : Number.POSITIVE_INFINITY;
    for (const value of valuesOf(model, cv.value, found.points))
      expect(Math.min(Math.abs(value - at), Math.abs(Math.abs(value - at) - period))).toBeLessThanOrEqual(
        found.reach + 1e-6,
      );
  });

  test('hidden barriers across the slow variable stay: walkers that came one way do not see the other', async () => {
    const experiment = experimentOf('system=wolfe-quapp&kT=1&seed=5');
    const distribution = await new Reference(families).conditional(experiment, 1.2);
    const { points } = restrainedSamples(families, experiment, 1.2, 1_000_000);
    expect(conditionalDistance(points, 1, distribution)).toBeGreaterThan(
      0.3 * Math.sqrt(distribution.variance),
    );
  });

  test('is a function of the experiment', () => {
    const experiment = experimentOf('system=three-hole&seed=2');
    const [a, b] = [1, 2].map(() => restrainedSamples(families, experiment, 0.3, 20_000));
    expect(a.points.values).toEqual(b.points.values);
    const other = restrainedSamples(families, { ...experiment, seed: 3 }, 0.3, 20_000);
    expect(other.points.values).not.toEqual(a.points.values);
  });

  test('a spring that the step cannot carry is softened, and says how wide it is', () => {
    const fine = restrainedSamples(families, experimentOf('integrator.dt=0.0005'), 0, 20_000);
    const coarse = restrainedSamples(families, experimentOf('integrator.dt=0.02'), 0, 20_000);
    expect(fine.width).toBeLessThan(coarse.width);
    expect(coarse.springConstant * 0.02).toBeCloseTo(0.2, 6);
    expect(coarse.reach).toBe(fine.reach);
  });

  test('too few evaluations are refused, and walkers that are lost are told', () => {
    expect(() => restrainedSamples(families, experimentOf(''), 0, 100)).toThrow(
      'restraint-needs-budget {"least":2000}',
    );
    expect(() =>
      restrainedSamples(families, experimentOf('system=mueller-brown&integrator.dt=0.01'), 0, 50_000),
    ).toThrow(/^time-step-too-long .*"dt":0.01.*"safe":0/);
    expect(() => restrainedSamples(families, experimentOf('system=half-moon&cv=y1'), 1.2, 700_000)).toThrow(
      /^restraint-unstable .*"dt":0.001,.*"shorter":0.00025,"cv":"y₁"/,
    );
  });
});
