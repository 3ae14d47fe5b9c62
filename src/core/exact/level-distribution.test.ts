import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { RandomStream } from '../numerics/random.ts';
import { linspace } from '../numerics/results.ts';
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

  it('along a ring angle is the distribution of the radius, counted by the circumference', async () => {
    const at = 0.3;
    const { distribution, setting, experiment } = lawOf('system=ring&cv=angle', at);
    // p(r) ~ r exp(-U / kT) along the ray; the stated coordinate is r times the cosine or the sine of the angle.
    const radii = linspace(1e-3, 4, 8001);
    const weights = radii.map(
      (r) => r * Math.exp(-setting.model.energyAt([r * Math.cos(at), r * Math.sin(at)]) / setting.kT),
    );
    const total = weights.reduce((a, b) => a + b, 0);
    const share = distribution.distribution.coordinate === 'x' ? Math.cos(at) : Math.sin(at);
    const moment = (f: (v: number) => number) =>
      radii.reduce((sum, r, i) => sum + (weights[i] / total) * f(share * r), 0);
    const mean = moment((v) => v);
    expect(distribution.distribution.mean).toBeCloseTo(mean, 5);
    const variance = moment((v) => (v - mean) ** 2);
    expect(distribution.distribution.variance / variance).toBeCloseTo(1, 4);
    const served = await new Reference(families).conditional(experiment, at);
    expect(served.coordinate).toBe(distribution.distribution.coordinate);
    expect(served.mean).toBeCloseTo(mean, 5);
    const { values } = distribution.sample(500, new RandomStream(3, 'test'));
    const cv = setting.model.observable(setting.cv.value);
    for (let n = 0; n < 500; n++) expect(cv.at([values[2 * n], values[2 * n + 1]])[0]).toBeCloseTo(at, 5);
  });

  it.each([-1, 0.4, 1.5])('of a bent level %f is that of a thin shell around it', (at) => {
    const value = 'x%2Bx%5E3/3%2By%5E2/2';
    const { distribution } = lawOf(
      `system=custom&system.energy=2*(x%5E2-1)%5E2%2By%5E2-x*y&system.cv=${value}&cv=typed&kT=0.8`,
      at,
    );
    expect(distribution.distribution.coordinate).toBe('y');
    const energy = (x: number, y: number) => 2 * (x * x - 1) ** 2 + y * y - x * y;
    // The cv grows with x: where it is z, by bisection. What lies between at - h and at + h needs no Jacobian.
    const xOf = (z: number, y: number) => {
      let [low, high] = [-6, 6];
      for (let n = 0; n < 60; n++) {
        const middle = (low + high) / 2;
        if (middle + middle ** 3 / 3 + (y * y) / 2 < z) low = middle;
        else high = middle;
      }
      return low;
    };
    const h = 1e-4;
    const ys = linspace(-5, 5, 2001);
    const weights = ys.map((y) => {
      const thickness = xOf(at + h, y) - xOf(at - h, y);
      return thickness * Math.exp(-energy(xOf(at, y), y) / 0.8);
    });
    const total = weights.reduce((a, b) => a + b, 0);
    const moment = (f: (v: number) => number) =>
      ys.reduce((sum, y, i) => sum + (weights[i] / total) * f(y), 0);
    const mean = moment((v) => v);
    const variance = moment((v) => (v - mean) ** 2);
    expect(distribution.distribution.mean).toBeCloseTo(mean, 4);
    expect(distribution.distribution.variance / variance).toBeCloseTo(1, 3);
    const count = 4000;
    const { values } = distribution.sample(count, new RandomStream(4, 'test'));
    const drawn = moments(Array.from({ length: count }, (_, n) => values[2 * n + 1]));
    expect(Math.abs(drawn.mean - mean) / Math.sqrt(variance / count)).toBeLessThan(4);
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
