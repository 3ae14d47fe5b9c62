import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { RandomStream } from '../numerics/random.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { exactDensity } from './density.ts';
import { LevelDistribution } from './level-distribution.ts';
import { Reference } from './reference.ts';

function lawOf(query: string, at: number) {
  const { experiment } = parseQuery(query, families);
  const setting = settingOf(experiment, families);
  return {
    setting,
    distribution: new LevelDistribution(setting, exactDensity(setting.model, setting.kT), at),
    experiment,
  };
}

const moments = (values: readonly number[]) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length };
};

describe('distribution on the level sets of a cv', () => {
  it('of the half-moon is the normal distribution of the fast coordinate, whatever the slow one', () => {
    for (const at of [-1.2, 0, 0.9]) {
      const { distribution } = lawOf('system=half-moon&kT=1&cv=slow', at);
      expect(distribution.distribution.coordinate).toBe('y2');
      expect(distribution.distribution.mean).toBeCloseTo(0, 6);
      const { setting } = lawOf('system=half-moon&kT=1&cv=slow', at);
      const variance = moments([...exactY2(setting)]).variance;
      expect(distribution.distribution.variance / variance).toBeCloseTo(1, 1);
    }
  });

  it('has samples on the level set that follow it', () => {
    const { distribution, setting } = lawOf('system=half-moon&kT=1&cv=slow', 0.5);
    const count = 4000;
    const { values } = distribution.sample(count, new RandomStream(1, 'test'));
    const cv = setting.model.observable(setting.cv.value);
    const states = Array.from({ length: count }, (_, n) => [values[2 * n], values[2 * n + 1]]);
    for (const state of states) expect(Math.abs(cv.at(state)[0] - 0.5)).toBeLessThan(1e-5);
    const { mean, variance } = moments(states.map(([, y2]) => y2));
    expect(
      Math.abs(mean - distribution.distribution.mean) / Math.sqrt(distribution.distribution.variance / count),
    ).toBeLessThan(4);
    expect(Math.abs(variance / distribution.distribution.variance - 1) / Math.sqrt(2 / count)).toBeLessThan(
      4,
    );
  });

  it('meets several branches with their weights: x^2 + y^2 = r^2 in an isotropic well is an even circle', () => {
    const { distribution } = lawOf(
      'system=custom&system.energy=(x%5E2%2By%5E2)/2&system.cv=x%5E2%2By%5E2&cv=typed&kT=1',
      1,
    );
    const count = 4000;
    const { values } = distribution.sample(count, new RandomStream(2, 'test'));
    const x = Array.from({ length: count }, (_, n) => values[2 * n]);
    const y = Array.from({ length: count }, (_, n) => values[2 * n + 1]);
    // On an even circle of radius 1 x and y have mean 0, variance 1/2, and their signs are independent.
    for (const values of [x, y]) {
      const { mean, variance } = moments(values);
      expect(Math.abs(mean) / Math.sqrt(0.5 / count)).toBeLessThan(4);
      expect(Math.abs(variance - 0.5) / Math.sqrt(0.125 / count)).toBeLessThan(4);
    }
    const same = x.filter((v, n) => v * y[n] > 0).length / count;
    expect(Math.abs(same - 0.5) / (0.5 / Math.sqrt(count))).toBeLessThan(4);
  });

  it('along a ring angle is the distribution of the radius', async () => {
    const { distribution, setting, experiment } = lawOf('system=ring&cv=angle', 0.3);
    const { values } = distribution.sample(500, new RandomStream(3, 'test'));
    const angle = setting.model.observable(setting.cv.value);
    for (let n = 0; n < 500; n++) expect(angle.at([values[2 * n], values[2 * n + 1]])[0]).toBeCloseTo(0.3, 5);
    const served = await new Reference(families).conditional(experiment, 0.3);
    expect(served.coordinate).toBe(distribution.distribution.coordinate);
    expect(served.mean).toBeCloseTo(distribution.distribution.mean, 12);
  });
});

/** Draws of the fast coordinate of the half-moon at equilibrium: independent of the slow one. */
function exactY2(setting: ReturnType<typeof settingOf>): number[] {
  const { axes, values } = exactDensity(setting.model, setting.kT);
  const [xs, ys] = axes;
  const share = ys.map((_, j) =>
    values.subarray(j * xs.length, (j + 1) * xs.length).reduce((a, b) => a + b, 0),
  );
  const total = share.reduce((a, b) => a + b, 0);
  return [...ys].flatMap((y, j) => new Array<number>(Math.round((share[j] / total) * 20000)).fill(y));
}
