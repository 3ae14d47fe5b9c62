import { describe, expect, test } from 'vitest';
import {
  denoise,
  logDensity,
  type Mixture,
  mixtureDenoiser,
  sampleMixture,
} from '../exact/gaussian-mixture.fixture.ts';
import { RandomStream } from '../numerics/random.ts';
import { arrayAlgebra } from './array-batch.ts';
import { exactLogDensity, FLOW_STEPS, withDivergence } from './likelihood.ts';

const FLOW = { sigmaMin: 0.01, sigmaMax: 80, steps: FLOW_STEPS };

/** All with mean 0 and variance 1 in each coordinate. */
const LAWS: readonly [string, Mixture][] = [
  ['a Gaussian in one dimension', [{ weight: 1, mean: [0], covariance: [[1]] }]],
  [
    'a correlated Gaussian',
    [
      {
        weight: 1,
        mean: [0, 0],
        covariance: [
          [1, 0.9],
          [0.9, 1],
        ],
      },
    ],
  ],
  [
    'two wells in one dimension',
    [
      { weight: 2, mean: [-0.7], covariance: [[0.02]] },
      { weight: 1, mean: [1.4], covariance: [[0.02]] },
    ],
  ],
  [
    'two wells in two dimensions',
    [
      {
        weight: 3,
        mean: [-1.2, 0.7],
        covariance: [
          [0.2, 0.05],
          [0.05, 0.2],
        ],
      },
      {
        weight: 7,
        mean: [1.2 * (3 / 7), -0.7 * (3 / 7)],
        covariance: [
          [0.1, -0.06],
          [-0.06, 0.9],
        ],
      },
    ],
  ],
];

describe.each(LAWS)('%s', (_, mixture) => {
  const dimension = mixture[0].mean.length;
  const points = sampleMixture(mixture, 200, new RandomStream(3, 'likelihood'));
  const exact = logDensity(mixture, points);
  const evaluate = (y: Float64Array, ratio: number) => denoise(mixture, y, ratio);
  const largest = (found: Float64Array) =>
    found.reduce((most, value, n) => Math.max(most, Math.abs(value - exact[n])), 0);

  test('the likelihood by the flow is exact within 1e-3', () => {
    expect(largest(exactLogDensity(points, evaluate, arrayAlgebra, FLOW))).toBeLessThan(1e-3);
  });

  test('central differences do as well', () => {
    const differences = withDivergence(mixtureDenoiser(mixture), dimension);
    expect(largest(exactLogDensity(points, differences, arrayAlgebra, FLOW))).toBeLessThan(1e-3);
  });

  test('the error falls with the fourth power of the step', () => {
    const fine = exactLogDensity(points, evaluate, arrayAlgebra, { ...FLOW, steps: 1024 });
    const mean = (steps: number) =>
      exactLogDensity(points, evaluate, arrayAlgebra, { ...FLOW, steps }).reduce(
        (sum, value, n) => sum + Math.abs(value - fine[n]) / fine.length,
        0,
      );
    const gain = mean(128) / mean(256);
    expect(gain).toBeGreaterThan(12);
    expect(gain).toBeLessThan(20);
  });
});

test('noise at the beginning is taken away to first order', () => {
  const [, mixture] = LAWS[0];
  const x = 1.3;
  const error = (sigmaMin: number) => {
    const points = Float64Array.of(x);
    const flow = { ...FLOW, sigmaMin, steps: 400 };
    return exactLogDensity(points, (y, r) => denoise(mixture, y, r), arrayAlgebra, flow)[0];
  };
  const exact = -(x * x + Math.log(2 * Math.PI)) / 2;
  // Without the correction it would be (x^2 - 1) sigmaMin^2 / 2 = 0.0035 at 0.1.
  expect(Math.abs(error(0.1) - exact)).toBeLessThan(0.1 ** 4);
  expect(Math.abs(error(0.2) - exact) / Math.abs(error(0.1) - exact)).toBeGreaterThan(10);
});
