/** Activation functions with their derivatives, on the tape and off it. */
import * as tf from '@tensorflow/tfjs';
import { elementwise } from './elementwise.ts';

export const ACTIVATIONS = ['silu', 'tanh', 'softplus'] as const;
export type ActivationId = (typeof ACTIVATIONS)[number];

/** Value of an activation, and what turns dL/dvalue into dL/dz. */
export interface Activated {
  readonly value: tf.Tensor2D;
  readonly pullBack: (upstream: tf.Tensor2D) => tf.Tensor2D;
}

export interface Activation {
  /** Differentiable any number of times. */
  value(z: tf.Tensor2D): tf.Tensor2D;
  /** Derivative; differentiable any number of times. */
  slope(z: tf.Tensor2D): tf.Tensor2D;
  /** Value and pull-back with as few kernels as possible, not differentiable. */
  fused(z: tf.Tensor2D): Activated;
}

const sigmoid = (z: tf.Tensor2D): tf.Tensor2D => tf.sigmoid(z);

/** By the logistic function on WebAssembly, where that is vectorised and tanh is not; good to 1e-7. */
function tanh(z: tf.Tensor2D): tf.Tensor2D {
  return tf.getBackend() === 'wasm' ? tf.sub(tf.mul(sigmoid(tf.mul(z, 2)), 2), 1) : tf.tanh(z);
}

// The argument of exp is bounded: WGSL lets compilers assume that there is no infinity.
const GATE = '(1.0 / (1.0 + exp(clamp(-a, -80.0, 80.0))))';

export const activations: Readonly<Record<ActivationId, Activation>> = {
  /** z sigmoid(z) */
  silu: {
    value: (z) => tf.mul(z, sigmoid(z)),
    slope: (z) => {
      const gate = sigmoid(z);
      return tf.mul(gate, tf.add(1, tf.mul(z, tf.sub(1, gate))));
    },
    fused: (z) => {
      if (tf.getBackend() === 'webgpu')
        return {
          value: elementwise('silu', `a * ${GATE}`, [z]),
          pullBack: (up) => elementwise('silu slope', `b * ${GATE} * (1.0 + a * (1.0 - ${GATE}))`, [z, up]),
        };
      const gate = sigmoid(z);
      const value: tf.Tensor2D = tf.mul(z, gate);
      return { value, pullBack: (up) => tf.mul(up, tf.add(gate, tf.sub(value, tf.mul(value, gate)))) };
    },
  },
  tanh: {
    value: tanh,
    slope: (z) => tf.sub(1, tf.square(tanh(z))),
    fused: (z) => {
      const value = tanh(z);
      return {
        value,
        pullBack: (up) =>
          tf.getBackend() === 'webgpu'
            ? elementwise('tanh slope', 'b * (1.0 - a * a)', [value, up])
            : tf.sub(up, tf.mul(up, tf.square(value))),
      };
    },
  },
  /** ln(1 + exp(z)) */
  softplus: {
    value: (z) => tf.softplus(z),
    slope: sigmoid,
    fused: (z) => ({
      value: tf.softplus(z),
      pullBack: (up) =>
        tf.getBackend() === 'webgpu'
          ? elementwise('softplus slope', `b * ${GATE}`, [z, up])
          : tf.mul(up, sigmoid(z)),
    }),
  },
};
