/** What the tests of the learning engine run in the page: numbers in, numbers out. */
import * as tf from '@tensorflow/tfjs';
import {
  type Case,
  exponentialError,
  gradientMismatch,
  networkSecondError,
  normals,
  secondDerivativeError,
} from '../../checks/derivatives.ts';
import type { BackendId } from '../../src/core/generative/backends.ts';
import { architectureOf, parameterCount } from '../../src/learn/architecture.ts';
import { activate } from '../../src/learn/backends.ts';
import { disposeState, initialState } from '../../src/learn/optimiser.ts';
import { trainingStep } from '../../src/learn/training.ts';

const learning = { steps: 1e6, learningRate: 1e-3, objective: 'denoising' } as const;

interface Size {
  readonly width: number;
  readonly depth: number;
  readonly batch: number;
}

/** A training of a network of three inputs on random numbers. */
function training({ width, depth, batch }: Size) {
  const settings = { kind: 'mlp', activation: 'silu', features: 'log-sigma', width, depth } as const;
  const architecture = architectureOf(settings, 2, { conditions: 0, nullable: false });
  const examples = {
    inputs: normals(3 * batch, 'inputs'),
    targets: normals(2 * batch, 'targets'),
    weights: null,
    ratios: new Float32Array(batch).fill(1),
    slices: null,
  };
  let state = initialState(normals(parameterCount(architecture), 'weights', 0.1));
  let step = 0;
  return {
    take() {
      const next = trainingStep(state, architecture, examples, step++, learning);
      disposeState(state);
      next.loss.dispose();
      state = next.state;
    },
    settle: async () => void (await state.parameters.data()),
    dispose: () => disposeState(state),
  };
}

const learnChecks = {
  activate: (id: BackendId) => activate(id),
  gradientMismatch: (which: Case) => gradientMismatch(which),
  secondDerivativeError,
  networkSecondError,
  exponentialError,

  /** Kernels dispatched to the device by one training step, when everything is compiled. */
  async dispatches(size: Size): Promise<number> {
    const run = training(size);
    run.take();
    await run.settle();
    const pass = GPUComputePassEncoder.prototype;
    const original = pass.dispatchWorkgroups;
    let count = 0;
    pass.dispatchWorkgroups = function (this: GPUComputePassEncoder, ...counts) {
      count++;
      return original.apply(this, counts);
    };
    run.take();
    await run.settle();
    pass.dispatchWorkgroups = original;
    run.dispose();
    return count;
  },

  /** Tensors and their bytes after a tenth of the steps and after all of them, and the memory of the backend where it tells. */
  async soak(size: Size, steps: number) {
    const before = tf.memory().numTensors;
    const run = training(size);
    const state = () => {
      const { numTensors, numBytes } = tf.memory();
      const { wasm } = tf.backend() as unknown as { wasm?: { HEAPU8: Uint8Array } };
      return { tensors: numTensors, bytes: numBytes, heap: wasm?.HEAPU8.byteLength ?? null };
    };
    for (let step = 0; step < steps / 10; step++) run.take();
    await run.settle();
    const early = state();
    for (let step = steps / 10; step < steps; step++) {
      run.take();
      if (step % 100 === 0) await run.settle();
    }
    await run.settle();
    const late = state();
    run.dispose();
    return { early, late, left: tf.memory().numTensors - before };
  },
};

export type LearnChecks = typeof learnChecks;
Object.assign(globalThis, { learnChecks });
