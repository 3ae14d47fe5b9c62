import { describe, expect, test } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import {
  conditioned,
  denoise,
  logDensity,
  type Mixture,
  momentsOf,
  sampleMixture,
} from './gaussian-mixture.fixture.ts';

const MIXTURE: Mixture = [
  {
    weight: 1,
    mean: [-1, 0.5],
    covariance: [
      [0.3, 0.1],
      [0.1, 0.2],
    ],
  },
  {
    weight: 3,
    mean: [0.8, -0.4],
    covariance: [
      [0.1, -0.05],
      [-0.05, 0.6],
    ],
  },
];

/** Sum over the nodes of a square grid that holds all of the mixture. */
function integrate(value: (x: number, y: number) => number): number {
  const h = 0.1;
  let sum = 0;
  for (let i = -65; i <= 65; i++) for (let j = -65; j <= 65; j++) sum += value(i * h, j * h);
  return sum * h * h;
}

const at = (points: readonly number[], ratio: number) =>
  logDensity(MIXTURE, Float64Array.from(points), ratio);

test('the density is normalised, with and without noise', () => {
  for (const ratio of [0, 0.4])
    expect(integrate((x, y) => Math.exp(at([x, y], ratio)[0]))).toBeCloseTo(1, 10);
});

test('moments agree with quadrature', () => {
  const p = (x: number, y: number) => Math.exp(at([x, y], 0)[0]);
  const { mean, covariance } = momentsOf(MIXTURE);
  expect(integrate((x, y) => x * p(x, y))).toBeCloseTo(mean[0], 10);
  expect(integrate((x, y) => y * p(x, y))).toBeCloseTo(mean[1], 10);
  expect(integrate((x, y) => (x - mean[0]) * (y - mean[1]) * p(x, y))).toBeCloseTo(covariance[0][1], 10);
});

describe.each([0.02, 0.5, 3])('at ratio %d', (ratio) => {
  const points = Float64Array.of(0.2, -0.3, -1.1, 0.4, 1.5, 2);
  const { denoised, divergence } = denoise(MIXTURE, points, ratio);
  const h = 1e-4 * Math.min(1, ratio * 10);

  test('the denoiser is that of the score of the density', () => {
    for (let n = 0; n < 3; n++)
      for (const i of [0, 1]) {
        const shifted = (sign: number) => {
          const point = [points[2 * n], points[2 * n + 1]];
          point[i] += sign * h;
          return at(point, ratio)[0];
        };
        const score = (shifted(1) - shifted(-1)) / (2 * h);
        expect(denoised[2 * n + i]).toBeCloseTo(points[2 * n + i] + ratio ** 2 * score, 6);
      }
  });

  test('the divergence is that of the denoiser', () => {
    for (let n = 0; n < 3; n++) {
      const slope = [0, 1].reduce((sum, i) => {
        const shifted = (sign: number) => {
          const point = points.slice(2 * n, 2 * n + 2);
          point[i] += sign * h;
          return denoise(MIXTURE, point, ratio).denoised[i];
        };
        return sum + (shifted(1) - shifted(-1)) / (2 * h);
      }, 0);
      expect(Math.abs(divergence[n] - slope)).toBeLessThan(1e-5);
    }
  });
});

test('the condition on a linear variable agrees with quadrature along the line', () => {
  const direction = [0.6, 0.8];
  const value = 0.3;
  const along = (u: number) => [0.6 * value - 0.8 * u, 0.8 * value + 0.6 * u];
  const mixture = conditioned(MIXTURE, direction, value);
  const { mean, covariance } = momentsOf(mixture);
  let [mass, first, second] = [0, 0, 0];
  for (let u = -8; u <= 8; u += 0.01) {
    const p = Math.exp(at(along(u), 0)[0]);
    mass += p;
    first += p * u;
    second += p * u * u;
  }
  const u = first / mass;
  expect(mean[0]).toBeCloseTo(along(u)[0], 10);
  expect(mean[1]).toBeCloseTo(along(u)[1], 10);
  expect(covariance[0][0] + covariance[1][1]).toBeCloseTo(second / mass - u * u, 10);
  // Exactly on the line: no spread along the direction.
  expect(0.36 * covariance[0][0] + 0.96 * covariance[0][1] + 0.64 * covariance[1][1]).toBeCloseTo(0, 12);
});

test('samples have the moments, conditional ones lie on the line', () => {
  const count = 20_000;
  const samples = sampleMixture(MIXTURE, count, new RandomStream(5, 'mixture'));
  const { mean, covariance } = momentsOf(MIXTURE);
  for (const i of [0, 1]) {
    const values = samples.filter((_, k) => k % 2 === i);
    const average = values.reduce((a, b) => a + b) / count;
    expect(Math.abs(average - mean[i])).toBeLessThan(5 * Math.sqrt(covariance[i][i] / count));
    const squares = values.map((v) => (v - mean[i]) ** 2);
    const spread = squares.reduce((a, b) => a + (b - covariance[i][i]) ** 2, 0) / count;
    const variance = squares.reduce((a, b) => a + b) / count;
    expect(Math.abs(variance - covariance[i][i])).toBeLessThan(5 * Math.sqrt(spread / count));
  }
  const onLine = sampleMixture(conditioned(MIXTURE, [1, 1], 0.5), 100, new RandomStream(5, 'mixture'));
  for (let n = 0; n < 100; n++) expect(onLine[2 * n] + onLine[2 * n + 1]).toBeCloseTo(0.5, 6);
});
