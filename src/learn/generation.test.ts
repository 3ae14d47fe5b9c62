import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { families } from '../catalog.ts';
import { arrayAlgebra, NormalDraws } from '../core/generative/array-batch.ts';
import type { Diffusion } from '../core/generative/contract.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { defaultsOf } from '../core/params/params.ts';
import { architectureOf } from './architecture.ts';
import { UNCONDITIONAL } from './denoiser.ts';
import { Generation } from './generation.ts';
import { arrayHost, networkHost } from './hosts.ts';
import { initialParameters } from './network.ts';

const COUNT = 600;
const { params, path: bind } = families.schedules.vp;
const path = bind(defaultsOf(params));

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A network that answers zero, as one does before training, is the exact denoiser of N(0, 1). */
const architecture = architectureOf(
  { kind: 'mlp', activation: 'silu', features: 'log-sigma', width: 4, depth: 1 },
  2,
  { conditions: 0, nullable: false },
);

const hostOf = (parameters: tf.Tensor1D) =>
  networkHost(parameters, architecture, { asked: UNCONDITIONAL }, (tensor) => tensor.data<'float32'>());

async function onTensors(id: string, budgetMs: number) {
  const generator = families.generators[id];
  const parameters = tf.tensor1d(initialParameters(architecture, new RandomStream(1, 'weights')));
  const settings = {
    seed: 4,
    count: COUNT,
    generator,
    params: { ...defaultsOf(generator.params), steps: 40 },
    path,
  };
  const generation = new Generation(hostOf(parameters), settings);
  const values: number[] = [];
  while (!generation.done) values.push(...(await generation.advance(budgetMs)));
  generation.dispose();
  parameters.dispose();
  return { values, evaluations: generation.networkEvaluations };
}

function onArrays(id: string) {
  const generator = families.generators[id];
  const params = { ...defaultsOf(generator.params), steps: 40 };
  const draws = new NormalDraws(new RandomStream(4, 'generation'), { first: 0, count: COUNT, dimension: 2 });
  const diffusion: Diffusion<Float64Array> = {
    denoiser: (y, ratio) => y.map((value) => value / (1 + ratio * ratio)),
    algebra: arrayAlgebra,
    path,
    noise: () => draws.next(),
  };
  const start = draws.next().map((z) => z * generator.initialSigma(params, path));
  const iterator = generator.generate(start, diffusion, params);
  for (let evaluations = 0; ; evaluations++) {
    const { done, value } = iterator.next();
    if (done) return { values: value, evaluations };
  }
}

test.each(Object.keys(families.generators))(
  '%s: tensors and arrays give the same samples, whatever the chunks, and leak nothing',
  async (id) => {
    const alive = tf.memory().numTensors;
    const { values, evaluations } = await onTensors(id, 1e6);
    expect(tf.memory().numTensors).toBe(alive);
    const arrays = onArrays(id);
    expect(values).toHaveLength(2 * COUNT);
    for (const [i, value] of arrays.values.entries()) expect(Math.abs(values[i] - value)).toBeLessThan(1e-4);
    // One chunk of 500 and one of 250, of which 600 samples are kept.
    expect(evaluations).toBe(750 * arrays.evaluations);
    expect((await onTensors(id, 0)).values).toEqual(values);
  },
);

test('a generation that is dropped half way leaves nothing behind', async () => {
  const alive = tf.memory().numTensors;
  const generator = families.generators['reverse-sde'];
  const parameters = tf.tensor1d(initialParameters(architecture, new RandomStream(1, 'weights')));
  const settings = { seed: 4, count: COUNT, generator, params: defaultsOf(generator.params), path };
  const generation = new Generation(hostOf(parameters), settings);
  expect(await generation.advance(0)).toHaveLength(0);
  expect(await generation.advance(0)).toHaveLength(0);
  expect(generation.networkEvaluations).toBe(1000);
  generation.dispose();
  parameters.dispose();
  expect(tf.memory().numTensors).toBe(alive);
});

test('starts around the mean of the distribution: its mean is right from little noise on', async () => {
  const generator = families.generators['probability-flow'];
  const variance = 0.25;
  /** Exact for normal states of mean 2. */
  const denoiser = (y: Float64Array, ratio: number) =>
    y.map((value) => (variance * value + 2 * ratio ** 2) / (variance + ratio ** 2));
  const generation = new Generation(arrayHost(denoiser, 1), {
    seed: 4,
    count: 4000,
    generator,
    params: { ...defaultsOf(generator.params), steps: 40, sigmaMax: 2 },
    path: families.schedules.edm.path(defaultsOf(families.schedules.edm.params)),
  });
  const values: number[] = [];
  while (!generation.done) values.push(...(await generation.advance(1e6)));
  const mean = values.reduce((a, b) => a + b) / values.length;
  // The flow carries the start y to mean 2 + (y - 2) / 4.1: D(0; 2) = 1.88 leaves -0.03, a start around 0 would leave -0.49.
  expect(Math.abs(mean - 1.97)).toBeLessThan((5 * 0.5) / Math.sqrt(4000));
});
