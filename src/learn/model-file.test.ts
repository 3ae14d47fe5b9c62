import * as tf from '@tensorflow/tfjs';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { families } from '../catalog.ts';
import { trainingData } from '../core/datasets/training-data.ts';
import type { Experiment } from '../core/params/experiment.ts';
import type { ModelFile } from '../core/protocol/learn.ts';
import { parseQuery } from '../core/settings/query.ts';
import { Learner } from './learner.ts';
import { base64, readModelFile } from './model-file.ts';

const small = 'data.n=1000&network.width=12&network.depth=2&train.steps=60&train.batch=32&samples=200';
const learn = parseQuery(`station=learn&${small}`, families).experiment;
const condition = parseQuery(`station=condition&${small}`, families).experiment;

let learner: Learner;
beforeEach(() => {
  learner = new Learner(families, trainingData);
});

async function trainBy(target: Learner, steps: number): Promise<number[]> {
  const losses: number[] = [];
  for (let done = false; !done && losses.length < steps; ) {
    const frame = await target.train(1e6, steps - losses.length);
    losses.push(...frame.losses);
    done = frame.done;
  }
  return losses;
}

async function samplesOf(from: Learner, experiment: Experiment, at: number | null): Promise<number[]> {
  await from.beginGeneration(experiment, 100, at);
  const all: number[] = [];
  for (let done = false; !done; ) {
    const frame = await from.generate(1e6);
    all.push(...frame.samples.values);
    done = frame.done;
  }
  return all;
}

/** As it comes out of a file. */
const copy = (file: ModelFile): ModelFile => JSON.parse(JSON.stringify(file));

describe('a model in a file', () => {
  test('generates the same states and goes on training as if it had never stopped', async () => {
    await learner.start(condition, 'cpu');
    await trainBy(learner, 25);
    const file = copy(await learner.exportModel());
    const expected = await samplesOf(learner, condition, 0.4);
    const rest = await trainBy(learner, 35);
    const other = new Learner(families, trainingData);
    const info = await other.importModel(file, 'cpu');
    expect(info).toMatchObject({ backend: 'cpu', dataCount: 1000, model: { checkpoint: { step: 25 } } });
    expect(await samplesOf(other, condition, 0.4)).toEqual(expected);
    expect(await trainBy(other, 35)).toEqual(rest);
  });

  test('goes on in another learner from what the frames have handed out', async () => {
    await learner.start(condition, 'cpu');
    const begun = await learner.train(1e6, 1);
    expect(begun.checkpoint).toBeNull();
    await trainBy(learner, 24);
    const { model } = await learner.importModel(await learner.exportModel(), 'cpu');
    const expected = await samplesOf(learner, condition, 0.4);
    const rest = await trainBy(learner, 34);
    const last = await learner.train(1e6);
    expect(last).toMatchObject({ step: 60, checkpoint: { step: 60 } });
    const other = new Learner(families, trainingData);
    const kept = structuredClone(model);
    const info = await other.resume(kept, 'cpu', null);
    expect(info.model).toEqual(model);
    expect(info.model.checkpoint.average.buffer).not.toBe(kept.checkpoint.average.buffer);
    expect(await samplesOf(other, condition, 0.4)).toEqual(expected);
    expect(await trainBy(other, 35)).toEqual([...rest, ...last.losses]);
  });

  test('may come without the optimiser', async () => {
    await learner.start(learn, 'cpu');
    await trainBy(learner, 60);
    const file = { ...copy(await learner.exportModel()), optimiser: null };
    const expected = await samplesOf(learner, learn, null);
    const info = await learner.importModel(file, 'cpu');
    expect(info.model.checkpoint.step).toBe(60);
    expect(await samplesOf(learner, learn, null)).toEqual(expected);
    expect((await learner.train(1)).done).toBe(true);
  });

  describe('that was trained on states of a person', () => {
    const own = parseQuery(`station=learn&data=file&${small}`, families).experiment;
    const [ofA, ofB] = [1, 3].map((scale) =>
      Float32Array.from({ length: 400 }, (_, i) => scale * Math.sin(i * i)),
    );
    let fileOfB: ModelFile;
    beforeEach(async () => {
      const other = new Learner(families, trainingData);
      await other.start(own, 'cpu', ofB);
      fileOfB = copy(await other.exportModel());
      await learner.start(own, 'cpu', ofA);
    });

    test('is taken up with these, not with those of the model before', async () => {
      const info = await learner.importModel(fileOfB, 'cpu', ofB);
      expect(info.dataCount).toBe(200);
      expect((await learner.trainingStates()).values).toEqual(ofB);
    });

    test.each([
      ['without states', () => null, 'own-data-missing'],
      ['with other states', () => ofA, 'model-of-other-states'],
    ])('is refused %s, and the model before stays', async (_, states, reason) => {
      await expect(learner.importModel(fileOfB, 'cpu', states())).rejects.toThrow(reason);
      expect((await learner.trainingStates()).values).toEqual(ofA);
    });
  });

  test('leaves no tensor behind', async () => {
    await learner.start(learn, 'cpu');
    await trainBy(learner, 10);
    const file = copy(await learner.exportModel());
    await learner.importModel(file, 'cpu');
    const alive = tf.memory().numTensors;
    await learner.importModel(file, 'cpu');
    expect(tf.memory().numTensors).toBe(alive);
  });
});

describe('a file that is wrong', () => {
  let good: ModelFile;
  beforeAll(async () => {
    learner = new Learner(families, trainingData);
    await learner.start(learn, 'cpu');
    await trainBy(learner, 5);
    good = copy(await learner.exportModel());
  });

  const short = base64(new Float32Array(7));
  const wrong: readonly [string, (file: ModelFile) => unknown, RegExp][] = [
    ['no object', () => 'hello', /^model-not-an-object .*hello/],
    ['nothing', () => null, /^model-not-an-object .*null/],
    ['another schema', (file) => ({ ...file, schema: 'saddle-model-9' }), /^model-schema .*saddle-model-9/],
    ['no schema', () => ({}), /^model-schema .*missing/],
    [
      'another length',
      (file) => ({ ...file, weights: short }),
      /^model-length .*weights.*"found":7,"expected":\d+/,
    ],
    ['no base64', (file) => ({ ...file, weights: '***' }), /^model-not-base64 .*weights/],
    ['no weights', ({ weights: _, ...file }) => file, /^model-field-missing .*weights/],
    [
      'NaN',
      (file) => {
        const bytes = Uint8Array.from(atob(file.weights), (c) => c.charCodeAt(0));
        new DataView(bytes.buffer).setFloat32(8, Number.NaN, true);
        return { ...file, weights: btoa(String.fromCharCode(...bytes)) };
      },
      /^model-number .*weights.*NaN.*"place":3/,
    ],
    ['a bad experiment', (file) => ({ ...file, experiment: '?kT=-1' }), /^model-settings .*kT.*-1/],
    ['another station', (file) => ({ ...file, experiment: '#/explore' }), /^model-station .*explore/],
    [
      'another network',
      (file) => ({ ...file, experiment: `${file.experiment}&network.activation=tanh` }),
      /^model-architecture .*activation.*silu.*tanh/,
    ],
    ['a wrong step', (file) => ({ ...file, step: -1 }), /^model-step .*-1/],
    [
      'a wrong scale',
      (file) => ({ ...file, scale: { mean: [0, 0], deviation: [1, 0] } }),
      /^model-deviation/,
    ],
  ];

  test.each(wrong)('is refused: %s', (_, spoil, message) => {
    expect(() => readModelFile(spoil(good), families)).toThrow(message);
  });

  test('leaves the model in training as it is', async () => {
    await learner.start(learn, 'cpu');
    await trainBy(learner, 5);
    const before = await samplesOf(learner, learn, null);
    await expect(learner.importModel({ ...good, weights: short }, 'cpu')).rejects.toThrow('model-length');
    expect(await samplesOf(learner, learn, null)).toEqual(before);
    expect((await learner.train(1, 1)).step).toBe(6);
  });
});

describe('training in slow motion and on held-out states', () => {
  test('a single step answers its minibatch in the units of the coordinates', async () => {
    const { scale } = await learner.start(learn, 'cpu');
    const first = await learner.train(1e6, 1);
    expect(first.step).toBe(1);
    const { noisy, sigmas, targets, predictions } = first.minibatch ?? expect.fail('no minibatch');
    expect(sigmas).toHaveLength(32);
    // An untrained network denoises as if the data were normal: x / (1 + sigma^2) in standard units.
    let loss = 0;
    noisy.values.forEach((value, i) => {
      const [d, sigma] = [i % 2, sigmas[i >> 1]];
      const standard = (v: number) => (v - scale.mean[d]) / scale.deviation[d];
      expect(standard(predictions.values[i])).toBeCloseTo(standard(value) / (1 + sigma ** 2), 4);
      const error = standard(predictions.values[i]) - standard(targets.values[i]);
      loss += (error ** 2 * (1 + sigma ** 2)) / sigma ** 2 / 64;
    });
    expect(first.losses[0]).toBeCloseTo(loss, 3);
    expect((await learner.train(1, 2)).minibatch).toBeNull();
  });

  test('the held-out loss is the same however training is cut, and training without it is untouched', async () => {
    const held = { ...learn, 'train.validation': 0.2, 'train.steps': 120 };
    const looks: unknown[] = [];
    for (const pieces of [120, 7]) {
      await learner.start(held, 'cpu');
      const seen: { step: number; loss: number }[] = [];
      for (let done = false; !done; ) {
        const frame = await learner.train(1e6, pieces);
        seen.push(...frame.validation);
        done = frame.done;
      }
      expect(seen.map(({ step }) => step)).toEqual([50, 100]);
      expect(seen[1].loss).toBeLessThan(1.1);
      expect(seen[1].loss).toBeGreaterThan(0.2);
      looks.push(seen);
    }
    expect(looks[1]).toEqual(looks[0]);
    await learner.start(learn, 'cpu');
    expect((await learner.train(1e6, 60)).validation).toEqual([]);
  });

  test.each([
    'network.kind=energy',
    'network.activation=tanh&network.features=fourier',
    'train.objective=implicit&network.activation=softplus',
    'train.objective=sliced',
    'station=condition&train.dropCondition=0.2',
  ])('%s trains, generates and leaves no tensor behind', async (query) => {
    const { experiment } = parseQuery(`station=learn&${small}&${query}`, families);
    const at = experiment.station === 'condition' ? 0 : null;
    await learner.start(experiment, 'cpu');
    const alive = tf.memory().numTensors;
    const losses = await trainBy(learner, 60);
    expect(losses.every((loss) => Number.isFinite(loss) && loss < 20)).toBe(true);
    // The state before the last one is kept as well.
    expect(tf.memory().numTensors).toBe(alive + 4);
    expect((await samplesOf(learner, experiment, at)).every(Number.isFinite)).toBe(true);
  });
});
