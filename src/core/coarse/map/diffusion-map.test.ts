import { describe, expect, it } from 'vitest';
import { leadingEigen } from '../../numerics/lanczos.ts';
import { NUMBERS_PER_BLOCK, RandomStream } from '../../numerics/random.ts';
import { diffusionMap, euclideanDistances } from './diffusion-map.ts';
import { harmonicResiduals } from './harmonics.ts';
import { kernelScale } from './kernel-scale.ts';
import { burstCovariances, mahalanobisDistances } from './mahalanobis.ts';
import { NystromExtension } from './nystrom.fixture.ts';

/** `count` rows made of four random numbers each. */
function rows(
  count: number,
  kind: 'normals' | 'uniforms',
  make: (u: Float64Array) => readonly number[],
  seed = 1,
): Float64Array {
  const stream = new RandomStream(seed, 'diffusion map test');
  const u = new Float64Array(NUMBERS_PER_BLOCK);
  return Float64Array.from(
    Array.from({ length: count }, (_, i) => {
      stream[kind](i, 0, u);
      return make(u);
    }).flat(),
  );
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  const mean = (v: ArrayLike<number>) => Array.from(v).reduce((x, y) => x + y, 0) / n;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) ** 2;
    bb += (b[i] - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('leading eigenvectors', () => {
  it('of a chain of springs are the closed form', () => {
    const n = 100;
    const multiply = (x: Float64Array, out: Float64Array) => {
      for (let i = 0; i < n; i++) out[i] = 0.5 * ((x[i - 1] ?? 0) + (x[i + 1] ?? 0));
    };
    const { values, vectors } = leadingEigen(n, 4, multiply);
    values.forEach((value, k) => {
      expect(value).toBeCloseTo(Math.cos(((k + 1) * Math.PI) / (n + 1)), 7);
    });
    const sine = Float64Array.from({ length: n }, (_, i) => Math.sin(((i + 1) * 2 * Math.PI) / (n + 1)));
    expect(Math.abs(correlation(vectors[1], sine))).toBeGreaterThan(1 - 1e-8);
  });
});

describe('diffusion maps', () => {
  it('of a circle have the rates k^2, each twice', () => {
    // Evenly spaced points: what is left is the bias of the scale, and of chords for arcs.
    const n = 1000;
    const points = Float64Array.from({ length: 2 * n }, (_, i) => {
      const angle = (2 * Math.PI * Math.floor(i / 2)) / n;
      return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    });
    const { rates } = diffusionMap(euclideanDistances(points, 2), { scale: 0.01, alpha: 1, count: 4 });
    [1, 1, 4, 4].forEach((exact, k) => {
      expect(Math.abs(rates[k] / exact - 1)).toBeLessThan(0.01);
    });
  });

  it('of a strip have the rates k^2/4, whatever the density along it', () => {
    // Length 2 pi, and so thin that it is a line; twice as dense at one end.
    const n = 2000;
    const points = rows(n, 'uniforms', ([u, v]) => [2 * Math.PI * (Math.sqrt(1 + 3 * u) - 1), 0.01 * v]);
    const { rates } = diffusionMap(euclideanDistances(points, 2), { scale: 0.02, alpha: 1, count: 4 });
    [1, 4, 9, 16].forEach((squared, k) => {
      expect(Math.abs(rates[k] / (squared / 4) - 1)).toBeLessThan(0.08);
    });
  });

  it('of normal data with alpha = 1/2 have the rates 1, 2, 3, 4 of their Fokker-Planck operator', () => {
    // Quantiles instead of draws: an outlier in the tail would be a slow variable of its own.
    const n = 3000;
    const points = Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n));
    const { rates } = diffusionMap(euclideanDistances(points, 1), { scale: 0.05, alpha: 0.5, count: 4 });
    [1, 2, 3, 4].forEach((exact, k) => {
      expect(Math.abs(rates[k] / exact - 1)).toBeLessThan(0.05);
    });
    const half = diffusionMap(euclideanDistances(points, 1), { scale: 0.05, alpha: 0, count: 2 });
    expect(Math.abs(half.rates[0] / 2 - 1)).toBeLessThan(0.08);
  });

  it('find the scale and the dimension of the data', () => {
    const plane = rows(1500, 'uniforms', ([u, v]) => [u, v]);
    const { dimension, scale } = kernelScale(euclideanDistances(plane, 2));
    expect(dimension).toBeGreaterThan(1.5);
    expect(dimension).toBeLessThan(2.2);
    expect(scale).toBeGreaterThan(1e-4);
    expect(scale).toBeLessThan(0.2);
  });

  it('tell harmonics of the first coordinate from a new one', () => {
    // A strip of sides 1 and 0.4: the harmonic 4 of the long side comes before the first of the short one (6.25).
    const points = rows(1500, 'uniforms', ([u, v]) => [u, 0.4 * v]);
    const { coordinates } = diffusionMap(euclideanDistances(points, 2), { scale: 0.01, alpha: 1, count: 3 });
    const residuals = harmonicResiduals(coordinates);
    const short = Float64Array.from({ length: 1500 }, (_, i) => points[2 * i + 1]);
    expect(Math.abs(correlation(coordinates[2], short))).toBeGreaterThan(0.9);
    expect(residuals[1]).toBeLessThan(0.3);
    expect(residuals[2]).toBeGreaterThan(0.6);
  });
});

describe('extension to new states', () => {
  const points = rows(800, 'uniforms', ([u, v]) => [3 * u, 0.3 * v]);
  const options = { scale: 0.05, alpha: 1, count: 2 };
  const map = diffusionMap(euclideanDistances(points, 2), options);
  const extension = new NystromExtension(points, 2, map, options);

  it('repeats the coordinate at the points', () => {
    for (const i of [0, 17, 500])
      expect(extension.at(points.subarray(2 * i, 2 * i + 2)).value).toBeCloseTo(map.coordinates[0][i], 4);
  });

  it('has the derivative of its value as gradient', () => {
    const at = [1.3, 0.12];
    const { gradient } = extension.at(at);
    const h = 1e-5;
    for (const d of [0, 1]) {
      const shifted = (by: number) => extension.at(at.map((v, k) => (k === d ? v + by : v))).value;
      expect(gradient[d]).toBeCloseTo((shifted(h) - shifted(-h)) / (2 * h), 5);
    }
  });
});

describe('Mahalanobis distances', () => {
  /** The half-moon in hidden coordinates: x1 uniform over a drift of 9, x2 normal with variance 1/2. */
  const epsilon = 1e-3;
  const hidden = rows(1500, 'uniforms', ([a, b, c]) => [
    9 * a,
    Math.sqrt(-Math.log(b)) * Math.cos(2 * Math.PI * c),
  ]);
  const seen = hidden.map((_, i) => (i % 2 === 0 ? hidden[i] + hidden[i + 1] ** 2 : hidden[i]));
  const slow = Float64Array.from({ length: 1500 }, (_, i) => hidden[2 * i]);

  it('are those of the hidden coordinates, up to the curvature of the map', () => {
    const duration = epsilon / 100;
    const bursts = 200;
    const ends = new Float64Array(1500 * bursts * 2);
    const stream = new RandomStream(3, 'bursts');
    const u = new Float64Array(NUMBERS_PER_BLOCK);
    for (let k = 0; k < 1500 * bursts; k++) {
      stream.normals(k, 0, u);
      const i = Math.floor(k / bursts);
      const x1 = hidden[2 * i] + Math.sqrt(duration) * u[0];
      const x2 = hidden[2 * i + 1] + Math.sqrt(duration / epsilon) * u[1];
      ends[2 * k] = x1 + x2 * x2;
      ends[2 * k + 1] = x2;
    }
    const noise = burstCovariances(ends, 2, bursts, duration);
    // C = [[1 + 4 x2^2/eps, 2 x2/eps], [2 x2/eps, 1/eps]].
    const ratios = Array.from({ length: 1500 }, (_, i) => noise.covariances[4 * i + 3] * epsilon);
    const mean = ratios.reduce((a, b) => a + b, 0) / ratios.length;
    expect(Math.abs(mean - 1) / (Math.sqrt(2 / (bursts - 1)) / Math.sqrt(1500))).toBeLessThan(4);
    const mahalanobis = diffusionMap(mahalanobisDistances(seen, noise), { scale: 0.5, alpha: 0, count: 1 });
    const euclidean = diffusionMap(euclideanDistances(seen, 2), { scale: 0.5, alpha: 0, count: 1 });
    expect(Math.abs(correlation(mahalanobis.coordinates[0], slow))).toBeGreaterThan(0.95);
    expect(Math.abs(correlation(euclidean.coordinates[0], slow))).toBeLessThan(
      Math.abs(correlation(mahalanobis.coordinates[0], slow)),
    );
  });

  it('refuse data without noise in a direction', () => {
    const still = { dimension: 2, covariances: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0) };
    expect(() => mahalanobisDistances(Float64Array.of(0, 0, 1, 1), still)).toThrow('noise-missing');
  });
});

/** Quantile of the normal distribution by bisection of its distribution function (trapezoidal rule on a fine grid). */
function normalQuantile(u: number): number {
  let [low, high] = [-8, 8];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < u) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Normal distribution function by its series (both tails are far from needed digits here). */
function normalShare(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
