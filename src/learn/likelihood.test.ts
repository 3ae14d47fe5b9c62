import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import {
  type Mixture,
  logDensity as mixtureLogDensity,
  sampleMixture,
} from '../core/exact/gaussian-mixture.fixture.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { logLikelihood } from './likelihood.ts';

const read = (tensor: tf.Tensor) => tensor.data<'float32'>();
const flow = { sigmaMin: 0.01, sigmaMax: 80, steps: 96 };

/** D of N(0, [[1, c], [c, 1]]), in single precision on the device. */
function gaussianDenoiser(c: number) {
  return (y: tf.Tensor2D, ratio: number) => {
    const [a, b] = [1 + ratio ** 2, c];
    const [inverse, cross] = [a / (a * a - b * b), -b / (a * a - b * b)];
    const gain = tf.tensor2d([
      [inverse + c * cross, cross + c * inverse],
      [cross + c * inverse, inverse + c * cross],
    ]);
    return tf.matMul(y, gain) as tf.Tensor2D;
  };
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('a Gaussian in the units of its coordinates, in single precision', async () => {
  const distribution: Mixture = [
    {
      weight: 1,
      mean: [3, -1],
      covariance: [
        [4, 0.6 * 2 * 0.1],
        [0.6 * 2 * 0.1, 0.01],
      ],
    },
  ];
  const states = sampleMixture(distribution, 100, new RandomStream(2, 'likelihood'));
  // The model has noise of the smallest level on top, in units of the deviations.
  const noisy = [
    {
      ...distribution[0],
      covariance: distribution[0].covariance.map((row, i) =>
        row.map((c, j) => (i === j ? c * (1 + flow.sigmaMin ** 2) : c)),
      ),
    },
  ];
  const exact = mixtureLogDensity(noisy, states);
  const points = { dimension: 2, values: Float32Array.from(states) };
  const scale = { mean: [3, -1], deviation: [2, 0.1] };
  const alive = tf.memory().numTensors;
  const { logDensity, networkEvaluations } = await logLikelihood(points, gaussianDenoiser(0.6), {
    scale,
    flow,
    read,
  });
  expect(tf.memory().numTensors).toBe(alive);
  expect(networkEvaluations).toBe(100 * 5 * 4 * 96);
  for (const [n, value] of logDensity.entries()) expect(Math.abs(value - exact[n])).toBeLessThan(1e-3);
});
