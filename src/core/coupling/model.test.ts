import { describe, expect, test } from 'vitest';
import { Draws } from '../numerics/draws.ts';
import { normalDistribution, normalQuantile } from '../numerics/normal.ts';
import { RandomStream } from '../numerics/random.ts';
import { linspace } from '../numerics/results.ts';
import { gaussianModel, mixtureModel, QuantileTable } from './model.ts';

const nodes = Float64Array.of(-1, 0.5, 2);
/** Two channels whose shares change along the cv. */
const quantiles = [-1.2, -1, -0.9, -0.8, 1, -1.1, -0.9, 0.8, 1, 1.1, -1, 0.9, 1, 1.1, 1.3];
const table = new QuantileTable(nodes, quantiles, 1e-3);
const models = [
  ['table', table],
  ['Gaussian', gaussianModel(0.2, 0.6)],
  ['mixture', mixtureModel(table, gaussianModel(0, 1.2), 0.1)],
] as const;

/** Shares of `bins` cells of [-8, 8] by the midpoint rule on the density. */
function integrated(density: (y: number) => number, edges: Float64Array): Float64Array {
  const fine = 4000;
  return Float64Array.from({ length: edges.length - 1 }, (_, i) => {
    const h = (edges[i + 1] - edges[i]) / fine;
    let sum = 0;
    for (let k = 0; k < fine; k++) sum += h * density(edges[i] + (k + 0.5) * h);
    return sum;
  });
}

describe.each(models)('a conditional model: %s', (_, model) => {
  const edges = linspace(-8, 8, 81);

  test.each([-2, -0.4, 0.5, 1.7])(
    'has a density at %d that integrates to 1 and is that of its draws',
    (at) => {
      const shares = integrated((y) => Math.exp(model.logDensity(at, y)), edges);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
      const count = 40_000;
      const draws = new Draws(new RandomStream(3, 'draws'));
      const histogram = new Float64Array(shares.length);
      for (let n = 0; n < count; n++) {
        const y = model.quantile(at, draws.next());
        histogram[Math.floor((y + 8) / 0.2)]++;
      }
      let chi2 = 0;
      let cells = 0;
      shares.forEach((share, i) => {
        if (share * count < 5) return;
        chi2 += (histogram[i] - share * count) ** 2 / (share * count);
        cells++;
      });
      // Within four standard deviations of a chi-squared variable.
      expect(cells).toBeGreaterThan(4);
      expect(chi2).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
    },
  );
});

test('a table meets its quantiles', () => {
  quantiles.forEach((q, i) => {
    expect(table.quantile(nodes[Math.floor(i / 5)], ((i % 5) + 0.5) / 5)).toBeCloseTo(q, 12);
  });
  expect(table.quantile(-0.25, 0.5)).toBeCloseTo((-0.9 + 0.8) / 2, 12);
  expect(table.logDensity(0, 5)).toBe(Number.NEGATIVE_INFINITY);
});

test('data that coincide make a finite density', () => {
  const point = new QuantileTable(Float64Array.of(0), [1, 1, 1, 1], 0.01);
  expect(point.logDensity(0, 1.005)).toBeCloseTo(Math.log(0.25 / 0.01), 10);
});

test('normal quantiles', () => {
  for (const u of [1e-6, 0.003, 0.02425, 0.1, 0.5, 0.8, 0.99, 0.99999])
    expect(normalDistribution(normalQuantile(u))).toBeCloseTo(u, 6);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 8);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 7);
});

test('stratified draws fall once into each part', () => {
  const values = new Draws(new RandomStream(5, 'strata')).stratified(16);
  expect([...values].map((v) => Math.floor(16 * v)).sort((a, b) => a - b)).toEqual([...Array(16).keys()]);
  expect([...values]).not.toEqual([...values].sort((a, b) => a - b));
});
