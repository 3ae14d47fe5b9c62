import { describe, expect, it } from 'vitest';
import { Cumulative } from '../numerics/cumulative.ts';
import { NUMBERS_PER_BLOCK, RandomStream } from '../numerics/random.ts';
import { linspace, type Points } from '../numerics/results.ts';
import { energyDistance } from './energy-distance.ts';
import { freeEnergyError } from './free-energy-error.ts';
import { jensenShannon } from './jensen-shannon.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { memorisation } from './memorisation.ts';
import { sampleWasserstein, slicedWasserstein } from './sliced-wasserstein.ts';
import { twoSampleScore } from './two-sample.ts';
import { wasserstein1 } from './wasserstein.ts';

/** Standard normal states with their first coordinate shifted. */
function normals(seed: number, rows: number, dimension: number, shift = 0): Points {
  const stream = new RandomStream(seed, 'metrics');
  const block = new Float64Array(NUMBERS_PER_BLOCK);
  const values = new Float32Array(rows * dimension);
  for (let row = 0; row < rows; row++) {
    stream.normals(row, 0, block);
    for (let d = 0; d < dimension; d++) values[row * dimension + d] = block[d] + (d === 0 ? shift : 0);
  }
  return { dimension, values };
}

/** erf by its series: exact to double precision for the small arguments here. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const seeds = Array.from({ length: 10 }, (_, k) => 2 * k + 1);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const spread = (values: readonly number[]) =>
  Math.sqrt(mean(values.map((v) => (v - mean(values)) ** 2)) / (values.length - 1));

describe('energy distance', () => {
  it('has mean 0 for equal distributions', () => {
    // Its distribution is skewed: ten pairs of samples are too few for a mean and its error.
    const found = Array.from({ length: 60 }, (_, k) =>
      energyDistance(normals(2 * k, 150, 2), normals(2 * k + 1, 150, 2)),
    );
    expect(Math.abs(mean(found)) / spread(found)).toBeLessThan(4);
  });

  it('of shifted normals is the closed form', () => {
    const shift = 1.5;
    // X - Y is N(shift, 2): E|X - Y| = 2/sqrt(pi) exp(-shift^2/4) + shift erf(shift/2).
    const apart = (m: number) => (2 / Math.sqrt(Math.PI)) * Math.exp(-(m * m) / 4) + m * erf(m / 2);
    const exact = 2 * apart(shift) - 2 * apart(0);
    const found = seeds.map((seed) =>
      energyDistance(normals(seed, 800, 1, shift), normals(seed + 1, 800, 1)),
    );
    expect(Math.abs(mean(found) - exact) / spread(found)).toBeLessThan(4);
    expect(spread(found) / exact).toBeLessThan(0.05);
  });
});

describe('Wasserstein distances of samples', () => {
  it('of a shifted copy is the shift', () => {
    const x = normals(3, 500, 1).values;
    expect(
      sampleWasserstein(
        x,
        x.map((v) => v + 0.75),
      ),
    ).toBeCloseTo(0.75, 6);
  });

  it('of samples of different size is the area between the distribution functions', () => {
    expect(sampleWasserstein([0, 1], [0, 0, 3])).toBeCloseTo(1 / 6 + 2 / 3, 12);
  });

  it('sliced: a shift counts by its mean projection', () => {
    const shift = 0.8;
    const base = normals(3, 2000, 2);
    const moved = { ...base, values: base.values.map((v, i) => (i % 2 === 0 ? v + shift : v)) };
    // Mean of |cos| over directions in the plane is 2/pi; 64 directions give it within 10 %.
    expect(slicedWasserstein(moved, base) / ((2 / Math.PI) * shift)).toBeGreaterThan(0.9);
    expect(slicedWasserstein(moved, base) / ((2 / Math.PI) * shift)).toBeLessThan(1.1);
  });
});

describe('Wasserstein distance from a distribution', () => {
  const uniform = { x: linspace(0, 1, 11), density: new Float64Array(11).fill(2) };
  const quantiles = Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40);

  it('is a shift, and half of what a stretch moves the end by', () => {
    expect(wasserstein1(quantiles, uniform)).toBeCloseTo(0, 12);
    expect(
      wasserstein1(
        quantiles.map((v) => v - 0.3),
        uniform,
      ),
    ).toBeCloseTo(0.3, 12);
    expect(
      wasserstein1(
        quantiles.map((v) => 3 * v),
        uniform,
      ),
    ).toBeCloseTo(1, 12);
  });
});

describe('Jensen-Shannon divergence', () => {
  it('is log 2 apart, 0 together, and the mean of two divergences from the middle between, either way round', () => {
    expect(jensenShannon([3, 0], [0, 5])).toBeCloseTo(Math.LN2, 12);
    expect(jensenShannon([1, 2, 3], [2, 4, 6])).toBeCloseTo(0, 12);
    const half = (p: number, q: number) => (p * Math.log((2 * p) / (p + q))) / 2;
    const exact = half(0.2, 0.5) + half(0.8, 0.5) + half(0.5, 0.2) + half(0.5, 0.8);
    expect(jensenShannon([1, 4], [1, 1])).toBeCloseTo(exact, 12);
    expect(jensenShannon([1, 1], [1, 4])).toBeCloseTo(exact, 12);
  });
});

describe('Kolmogorov-Smirnov', () => {
  const x = linspace(-8, 8, 1601);
  const density = x.map((v) => Math.exp((-v * v) / 2));

  it('gives p values that are evenly spread for samples of the distribution', () => {
    const p = Array.from(
      { length: 200 },
      (_, k) => kolmogorovSmirnov(normals(k, 300, 1).values, { x, density }).pValue,
    );
    // Mean of a uniform variable over 200 draws: 0.5 +- 0.0204.
    expect(Math.abs(mean(p) - 0.5) / 0.0204).toBeLessThan(4);
    expect(p.filter((value) => value < 0.05).length).toBeLessThan(25);
  });

  it('sees a shift, and less of it in correlated samples', () => {
    const shifted = normals(1, 1000, 1, 0.2).values;
    expect(kolmogorovSmirnov(shifted, { x, density }).pValue).toBeLessThan(1e-3);
    expect(kolmogorovSmirnov(shifted, { x, density }, 20).pValue).toBeGreaterThan(0.2);
  });

  it.each([
    [0.8276, 0.5],
    [1.2238, 0.1],
    [1.3581, 0.05],
    [1.6276, 0.01],
  ])('has at %f the tabulated probability %f of the Kolmogorov distribution', (z, p) => {
    // All samples at the median are half of all away; so many independent ones bring the statistic to z.
    const samples = new Float64Array(10);
    const root = 2 * z - 0.12;
    const effective = ((root + Math.sqrt(root * root - 0.44)) / 2) ** 2;
    const { statistic, pValue } = kolmogorovSmirnov(samples, { x, density }, effective);
    expect(statistic).toBeCloseTo(0.5, 10);
    expect(pValue).toBeCloseTo(p, 4);
  });

  it('rests on a distribution function that inverts the quantiles', () => {
    const cumulative = new Cumulative(x, density);
    for (const u of [0.001, 0.2, 0.5, 0.93])
      expect(cumulative.share(cumulative.quantile(u))).toBeCloseTo(u, 10);
  });
});

describe('classifier two-sample score', () => {
  it('is one half within its error for equal distributions', () => {
    const scores = seeds.map((seed) => twoSampleScore(normals(seed, 300, 2), normals(seed + 1, 300, 2)));
    expect(Math.abs(mean(scores) - 0.5) / spread(scores)).toBeLessThan(4);
  });

  it('approaches the best classifier for a shift', () => {
    // The best rule for a shift of 3 is right with probability Phi(1.5) = 0.933.
    const best = (1 + erf(1.5 / Math.SQRT2)) / 2;
    const score = twoSampleScore(normals(1, 500, 1, 3), normals(2, 500, 1));
    expect(Math.abs(score - best)).toBeLessThan(0.03);
  });
});

describe('memorisation', () => {
  const training = normals(1, 2000, 2);
  const fresh = normals(2, 500, 2);

  it('leaves fresh states alone', () => {
    const { share } = memorisation(normals(3, 500, 2), training, fresh);
    // 0.1 with a binomial error of 0.013, and as much from the threshold.
    expect(Math.abs(share - 0.1)).toBeLessThan(0.08);
  });

  it('finds repeated training states', () => {
    const repeated = { dimension: 2, values: training.values.slice(0, 1000).map((v) => v + 1e-4) };
    const { share, generated } = memorisation(repeated, training, fresh);
    expect(share).toBeGreaterThan(0.95);
    expect(generated).toBeLessThan(1e-3);
  });
});

describe('free-energy error', () => {
  const cv = linspace(-1, 1, 5);
  const exact = { cv, F: Float64Array.of(0, 2, 9, 2, 0) };

  it('does not depend on the shift, nor on bins above 8 kT', () => {
    expect(freeEnergyError({ cv, F: Float64Array.of(3, 5, 0, 5, 3) }, exact)?.rmse).toBeCloseTo(0, 12);
  });

  it('counts what was not visited', () => {
    const half = { cv, F: Float64Array.of(0, 2, Number.NaN, Number.NaN, Number.NaN) };
    expect(freeEnergyError(half, exact)?.rmse).toBeGreaterThan(4);
    expect(freeEnergyError(half, exact)?.unvisitedShare).toBeCloseTo(2 / 4, 12);
  });

  it('says nothing of an estimate that is not there', () => {
    expect(freeEnergyError({ cv, F: new Float64Array(5).fill(Number.NaN) }, exact)).toBeNull();
  });
});
