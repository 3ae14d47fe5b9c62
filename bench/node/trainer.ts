/** Runs in Chromium: one training, timed by the bench outside. */
import * as tf from '@tensorflow/tfjs';

import type { BackendId } from '../../src/core/generative/backends.ts';
import { activate } from '../../src/learn/backends.ts';
import { BATCH, INPUTS, OUTPUTS } from './training-problem.ts';

export interface Training {
  /** Issues one step. */
  take(): void;
  /** Waits until all steps are done, by reading something back. */
  settle(): Promise<unknown>;
}

export interface Steps {
  /** Milliseconds of a step, and those in which JavaScript was busy issuing it. */
  readonly ms: number;
  readonly issueMs: number;
}

export interface Trainer {
  /** Milliseconds of the first step, compiling included; null where the backend does not work. */
  open(backend: BackendId): Promise<number | null>;
  steps(count: number): Promise<Steps>;
  /** Operations of tfjs, and dispatches to a WebGPU device, of one step. */
  counts(): Promise<{ readonly kernels: number; readonly dispatches: number }>;
}

/** Numbers between -1 and 1 in the place of a minibatch. */
export function minibatch(): { inputs: Float32Array; targets: Float32Array } {
  const numbers = (count: number) =>
    Float32Array.from({ length: count }, (_, i) => Math.sin(12.9898 * i * i));
  return { inputs: numbers(BATCH * INPUTS), targets: numbers(BATCH * OUTPUTS) };
}

export function expose(make: () => Training): void {
  let training: Training;
  const trainer: Trainer = {
    async open(backend) {
      const works = await activate(backend).then(
        () => true,
        () => false,
      );
      if (!works) return null;
      training = make();
      const begin = performance.now();
      training.take();
      await training.settle();
      return performance.now() - begin;
    },
    async steps(count) {
      const begin = performance.now();
      for (let step = 0; step < count; step++) training.take();
      const issued = performance.now();
      await training.settle();
      return { ms: (performance.now() - begin) / count, issueMs: (issued - begin) / count };
    },
    async counts() {
      const count = countDispatches();
      const { kernels } = await tf.profile(() => training.take());
      await training.settle();
      return { kernels: kernels.length, dispatches: count.end() };
    },
  };
  Object.assign(globalThis, { trainer });
}

function countDispatches() {
  const pass = globalThis.GPUComputePassEncoder?.prototype;
  if (!pass) return { end: () => 0 };
  const original = pass.dispatchWorkgroups;
  let count = 0;
  pass.dispatchWorkgroups = function (this: GPUComputePassEncoder, ...sizes) {
    count++;
    return original.apply(this, sizes);
  };
  return {
    end() {
      pass.dispatchWorkgroups = original;
      return count;
    },
  };
}
