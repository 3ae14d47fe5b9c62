/** What a model answers beside its samples: its field at given states, and the way its samples go. */
import * as tf from '@tensorflow/tfjs';
import type { Denoiser } from '../core/generative/contract.ts';
import { beginPath, PathRecorder, pathSettings, type SamplePath } from '../core/generative/sample-path.ts';
import { linspace, type Points } from '../core/numerics/results.ts';
import type { Experiment } from '../core/params/experiment.ts';
import type { Families } from '../core/settings/families.ts';
import { type Asked, networkDenoiser, tensorAlgebra, UNCONDITIONAL } from './denoiser.ts';
import type { Session } from './session.ts';
import { standardise } from './standardise.ts';
import type { ReadBack } from './training.ts';

/** D(x; sigma) - x in the units of the coordinates, row by row. */
export async function displacementsAt(
  { training: { parameters, architecture }, scale }: Session,
  points: Points,
  { sigma, asked = UNCONDITIONAL }: { readonly sigma: number; readonly asked?: Asked },
  read: ReadBack,
): Promise<Points> {
  const { dimension, values } = standardise(points, scale);
  const displacement = tf.tidy(() => {
    const x = tf.tensor2d(values, [values.length / dimension, dimension]);
    return tf.sub(networkDenoiser(parameters, architecture, asked)(x, sigma), x);
  });
  const found = await read(displacement).finally(() => displacement.dispose());
  return { dimension, values: found.map((v, i) => v * scale.deviation[i % dimension]) };
}

/** Evaluations between two breaths of the worker, in which the device catches up. */
const BREATH = 64;

/** The way of `count` samples of a model that is not conditional, at most `most` frames of it. */
export async function networkPath(
  { training: { parameters, architecture } }: Session,
  families: Families,
  { experiment, count, most }: { experiment: Experiment; count: number; most: number },
  read: ReadBack,
): Promise<SamplePath> {
  const settings = pathSettings(experiment, families, { count, most });
  const { dimension } = settings;
  const recorder = new PathRecorder<tf.Tensor2D>((batch) => batch.dispose());
  const network = networkDenoiser(parameters, architecture, UNCONDITIONAL);
  const largestNoise = settings.generator.initialSigma(settings.params, settings.path);
  const mean = tf.tidy(() => network(tf.zeros([1, dimension]), largestNoise));
  const center = await read(mean).finally(() => mean.dispose());
  let evaluations = 0;
  const noting: Denoiser<tf.Tensor2D> = (y, ratio) => {
    recorder.note(tf.clone(y), ratio);
    evaluations += count;
    return network(y, ratio);
  };
  const made: tf.Tensor2D[][] = [[]];
  const own = (batch: tf.Tensor2D) => {
    made[0].push(batch);
    return batch;
  };
  // What a generator made before an evaluation it needs until the next but one.
  const age = () => {
    made.unshift([]);
    if (made.length > 3) tf.dispose(made.pop() ?? []);
  };
  const iterator = beginPath<tf.Tensor2D>(
    (y, ratio) => own(noting(y, ratio)),
    { combine: (terms) => own(tensorAlgebra.combine(terms)) },
    (values) => own(tf.tensor2d(Float32Array.from(values), [count, dimension])),
    settings,
    center,
  );
  try {
    let next = iterator.next();
    for (let n = 1; !next.done; n++) {
      age();
      if (n % BREATH === 0) await read(next.value);
      next = iterator.next();
    }
    recorder.note(tf.clone(next.value), 0);
    const frames = recorder.thinned(most);
    const all = tf.concat2d([...frames.map(({ batch }) => batch)], 0);
    const states = await read(all).finally(() => all.dispose());
    const ratios = Float64Array.from(frames, ({ ratio }) => ratio);
    return { ratios, dimension, count, states, evaluations };
  } finally {
    tf.dispose(made.flat());
    tf.dispose(recorder.frames.map(({ batch }) => batch));
  }
}

/** At most `count` states, evenly spaced in the order of the data. */
export function thinned({ dimension, values }: Points, count: number): Points {
  const rows = values.length / dimension;
  const kept = Math.min(rows, count);
  const thin = new Float32Array(kept * dimension);
  for (let i = 0; i < kept; i++) {
    const row = Math.floor((i * rows) / kept);
    thin.set(values.subarray(row * dimension, (row + 1) * dimension), i * dimension);
  }
  return { dimension, values: thin };
}

/** Nodes of an n x n grid over the domain, row (second coordinate) after row. */
export function gridPoints([rangeX, rangeY]: readonly (readonly [number, number])[], n: number): Points {
  const xs = linspace(rangeX[0], rangeX[1], n);
  const ys = linspace(rangeY[0], rangeY[1], n);
  const values = new Float32Array(2 * n * n);
  for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) values.set([xs[i], ys[j]], 2 * (j * n + i));
  return { dimension: 2, values };
}
