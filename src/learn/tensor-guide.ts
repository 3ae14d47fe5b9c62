/** Guidance by collective variables of batches on the device. */
import * as tf from '@tensorflow/tfjs';
import { periodOf } from '../core/dynamics/bias-term.ts';
import { differentiate } from '../core/expression/differentiate.ts';
import type { Guide, Pulled, Strength } from '../core/generative/conditioning/guidance.ts';
import type { Asked } from '../core/generative/conditioning/level.ts';
import type { Standardisation } from '../core/numerics/results.ts';
import type { SystemModel } from '../core/systems/model.ts';
import { tensorAlgebra } from './denoiser.ts';
import { evaluateOnTensors } from './tensor-program.ts';

/** Below this squared slope a cv says of no direction. */
const FLAT = 1e-12;

/** The caller tidies up: every batch answered is a new tensor. */
export function tensorGuide(
  model: SystemModel,
  asked: readonly Asked[],
  scale: Standardisation,
): Guide<tf.Tensor2D> {
  const levels = asked.map((one) => missOf(model, one, scale));
  return {
    algebra: tensorAlgebra,
    count: asked.length,
    towards: (clean) =>
      levels.map((level) => {
        const { miss, slope } = level(clean);
        const length = tf.sqrt(tf.maximum(tf.sum(tf.square(slope), 1, true), FLAT));
        return { direction: tf.div(slope, length), away: tf.mul(tf.div(miss, length), tf.onesLike(clean)) };
      }),
    correct,
  };
}

type Misses = (clean: tf.Tensor2D) => { readonly miss: tf.Tensor2D; readonly slope: tf.Tensor2D };

/** Distance from the asked value and its gradient, in standardised units. */
function missOf(model: SystemModel, asked: Asked, scale: Standardisation): Misses {
  const { coordinates } = model.system;
  const node = model.graph.expression(asked.cv.value);
  const nodes = [node, ...differentiate(model.graph, node, coordinates)];
  return (clean) => {
    const shape: [number, number] = [clean.shape[0], 1];
    const columns = tf.split(clean, coordinates.length, 1) as tf.Tensor2D[];
    const states = columns.map((column, d) => tf.add(tf.mul(column, scale.deviation[d]), scale.mean[d]));
    const named = Object.fromEntries(coordinates.map((name, d) => [name, states[d]]));
    const [cv, ...slopes] = evaluateOnTensors(model.graph, nodes, { ...model.parameters, ...named });
    const full = (tensor: tf.Tensor) => tf.broadcastTo<tf.Rank.R2>(tensor, shape) as tf.Tensor2D;
    return {
      miss: shortest(tf.sub(full(cv), asked.at), periodOf(asked.cv)),
      slope: tf.concat2d(
        slopes.map((slope, d) => tf.mul<tf.Tensor2D>(full(slope), scale.deviation[d])),
        1,
      ),
    };
  };
}

/** The elimination of `guidance.ts`, all rows at once. */
function correct(
  clean: tf.Tensor2D,
  towards: readonly Pulled<tf.Tensor2D>[],
  { weight, least }: Strength,
): tf.Tensor2D {
  const dot = (a: tf.Tensor2D, b: tf.Tensor2D) => tf.sum<tf.Tensor2D>(tf.mul(a, b), 1, true);
  const done: { direction: tf.Tensor2D; pulled: tf.Tensor2D; variance: tf.Tensor; step: tf.Tensor }[] = [];
  let out = clean;
  for (const { direction, away, pulled } of towards) {
    let own = pulled;
    let left = away;
    for (const before of done) {
      own = tf.sub(own, tf.mul(tf.div(dot(before.direction, own), before.variance), before.pulled));
      left = tf.sub(left, tf.mul(before.step, dot(direction, before.pulled)));
    }
    const variance = tf.maximum(dot(direction, own), least);
    const step = tf.div(left, variance);
    out = tf.sub(out, tf.mul(tf.mul(step, own), weight));
    done.push({ direction, pulled: own, variance, step });
  }
  return out;
}

function shortest(difference: tf.Tensor2D, period: number | undefined): tf.Tensor2D {
  if (period === undefined) return difference;
  return tf.sub(difference, tf.mul(tf.floor(tf.add(tf.div(difference, period), 0.5)), period));
}
