import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { adamStep, averageDecay, initialState, learningRateAt } from './optimiser.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('two Adam steps agree with the algorithm in double precision', () => {
  const gradients = [
    [0.3, -2, 1e-3],
    [-0.1, -1.5, 2e-3],
  ];
  const rate = 0.01;
  let state = initialState(Float32Array.of(1, 2, 3));
  const [m, v, w] = [
    [0, 0, 0],
    [0, 0, 0],
    [1, 2, 3],
  ];
  let average = [...w];
  gradients.forEach((gradient, step) => {
    state = adamStep(state, tf.tensor1d(gradient), step, rate);
    gradient.forEach((g, i) => {
      m[i] = 0.9 * m[i] + 0.1 * g;
      v[i] = 0.999 * v[i] + 0.001 * g * g;
      w[i] -=
        (rate * (m[i] / (1 - 0.9 ** (step + 1)))) / (Math.sqrt(v[i] / (1 - 0.999 ** (step + 1))) + 1e-8);
    });
    average = average.map((a, i) => averageDecay(step) * a + (1 - averageDecay(step)) * w[i]);
  });
  const parameters = state.parameters.dataSync();
  const averaged = state.average.dataSync();
  w.forEach((value, i) => {
    expect(Math.abs(parameters[i] - value)).toBeLessThan(2e-6);
    expect(Math.abs(averaged[i] - average[i])).toBeLessThan(2e-6);
  });
});

test('the first Adam step has the length of the learning rate', () => {
  const { parameters } = adamStep(initialState(Float32Array.of(0)), tf.tensor1d([123]), 0, 0.02);
  expect(parameters.dataSync()[0]).toBeCloseTo(-0.02, 6);
});

test('the learning rate rises, then falls along a cosine to zero', () => {
  const rate = (step: number) => learningRateAt(step, 2000, 4e-3);
  expect(rate(0)).toBeCloseTo(4e-3 / 50, 8);
  expect(rate(1000)).toBeCloseTo(2e-3, 12);
  expect(rate(500)).toBeCloseTo(4e-3 * 0.5 * (1 + Math.SQRT1_2), 12);
  expect(rate(1999)).toBeLessThan(1e-8);
  expect(learningRateAt(0, 1, 0.1)).toBeCloseTo(0.1, 12);
});

test('the weight average forgets the start, then remembers some hundred steps', () => {
  expect(averageDecay(0)).toBeCloseTo(0.1, 12);
  expect(averageDecay(90)).toBeCloseTo(0.91, 12);
  expect(averageDecay(1e6)).toBeLessThan(0.9991);
});
