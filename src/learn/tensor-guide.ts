/** Guidance by a collective variable of batches on the device. */
import * as tf from '@tensorflow/tfjs';
import { periodOf } from '../core/bias.ts';
import type { Guide } from '../core/conditioning/guidance.ts';
import type { Asked } from '../core/conditioning/level.ts';
import { differentiate } from '../core/expression/differentiate.ts';
import type { Model } from '../core/model.ts';
import type { Standardisation } from '../core/protocol.ts';
import { tensorAlgebra } from './denoiser.ts';
import { evaluateOnTensors } from './tensor-program.ts';

/** Below this squared slope a cv says of no direction. */
const FLAT = 1e-12;

/** The caller tidies up: every batch answered is a new tensor. */
export function tensorGuide(model: Model, asked: Asked, scale: Standardisation): Guide<tf.Tensor2D> {
  const { coordinates } = model.system;
  const node = model.graph.expression(asked.cv.value);
  const nodes = [node, ...differentiate(model.graph, node, coordinates)];
  const values = (clean: tf.Tensor2D): { miss: tf.Tensor2D; slope: tf.Tensor2D } => {
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
  return {
    algebra: tensorAlgebra,
    towards(clean) {
      const { miss, slope } = values(clean);
      const length = tf.sqrt(tf.maximum(tf.sum(tf.square(slope), 1, true), FLAT));
      return { direction: tf.div(slope, length), away: tf.mul(tf.div(miss, length), tf.onesLike(clean)) };
    },
    correct(clean, { direction, away, pulled }, { weight, least }) {
      const variance = tf.maximum(tf.sum(tf.mul(direction, pulled), 1, true), least);
      return tf.sub(clean, tf.mul(tf.div(tf.mul(away, pulled), variance), weight));
    },
  };
}

function shortest(difference: tf.Tensor2D, period: number | undefined): tf.Tensor2D {
  if (period === undefined) return difference;
  return tf.sub(difference, tf.mul(tf.floor(tf.add(tf.div(difference, period), 0.5)), period));
}
