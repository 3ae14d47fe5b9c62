/** The network of the coupled loop: the remaining coordinates given the cv, trained again and again from where it was. */

import * as tf from '@tensorflow/tfjs';
import type { PairScale, Pairs, RowDenoiser, Trainer } from '../core/coupling/model-source.ts';
import { QUANTILE_FLOW } from '../core/coupling/network-flow.ts';
import type { Denoiser, Path } from '../core/generative/contract.ts';
import { Problem } from '../core/message.ts';
import { normalQuantile } from '../core/numerics/normal.ts';
import { type Architecture, architectureOf } from './architecture.ts';
import { readBack } from './backends.ts';
import { fusedAnswer } from './backpropagation.ts';
import { tensorAlgebra } from './denoiser.ts';
import type { TrainingSet } from './examples.ts';
import { sharedInputs } from './inputs.ts';
import { flatSampler } from './minibatch.ts';
import { layersOf } from './network.ts';
import { startingPoint } from './optimiser.ts';
import { preconditioning } from './preconditioning.ts';
import { BATCH, LEARNING_RATE, NETWORK, PIECE_MS } from './small-network.ts';
import { Training } from './training.ts';

const UNTRAINED = 'not trained';

/** @param rests number of remaining coordinates */
export function couplingArchitecture(rests: number): Architecture {
  return architectureOf(NETWORK, rests, { conditions: 1, nullable: false });
}

/** On the backend that is active. */
export class CouplingTrainer implements Trainer {
  networkEvaluations = 0;
  seconds = 0;
  private readonly architecture: Architecture;
  /** Averaged weights as they were left. */
  private weights: Float32Array | null = null;
  private trainings = 0;

  /** @param path how states are noised in training */
  constructor(
    private readonly scale: PairScale,
    private readonly seed: number,
    private readonly path: Path,
  ) {
    this.architecture = couplingArchitecture(scale.rests.length);
  }

  async *train(data: Pairs, steps: number): AsyncGenerator<void, void, void> {
    const training = new Training(
      this.trainingSet(data),
      {
        ...NETWORK,
        // Another training sees other noise.
        seed: this.seed + this.trainings++,
        steps,
        batch: BATCH,
        learningRate: LEARNING_RATE,
        objective: 'denoising',
      },
      readBack,
    );
    try {
      if (this.weights) training.restore(startingPoint(this.weights));
      while (!training.done) {
        const begin = performance.now();
        const { divergence } = await training.advance(PIECE_MS);
        this.seconds += (performance.now() - begin) / 1000;
        if (divergence) throw new Problem(divergence);
        yield;
      }
      this.weights = training.checkpoint.average;
      this.networkEvaluations += steps * BATCH;
    } finally {
      training.dispose();
    }
  }

  async quantiles(nodes: Float64Array, levels: Float64Array): Promise<Float64Array> {
    const { weights, architecture, scale } = this;
    if (!weights) throw new Error(UNTRAINED);
    const begin = performance.now();
    const [{ mean, deviation }] = scale.rests;
    const rows = nodes.length * levels.length;
    const conditions = nodes.map((node) => (node - scale.cv.mean) / scale.cv.deviation);
    const kept: tf.Tensor[] = [];
    const own = <T extends tf.Tensor>(tensor: T): T => {
      kept.push(tensor);
      return tensor;
    };
    try {
      const parameters = own(tf.tensor1d(weights));
      const denoiser = ofEach(parameters, architecture, conditions, levels.length);
      const asked: Denoiser<tf.Tensor2D> = (y, ratio) => {
        this.networkEvaluations += rows;
        return own(denoiser(y, ratio));
      };
      const noise = Float32Array.from(
        { length: rows },
        (_, i) => QUANTILE_FLOW.sigmaMax * normalQuantile(levels[i % levels.length]),
      );
      const flow = QUANTILE_FLOW.flow(own(tf.tensor2d(noise, [rows, 1])), {
        denoiser: asked,
        algebra: { combine: (terms) => own(tensorAlgebra.combine(terms)) },
      });
      const values = await readBack(flow);
      return Float64Array.from(values, (v) => mean + deviation * v);
    } finally {
      tf.dispose(kept);
      this.seconds += (performance.now() - begin) / 1000;
    }
  }

  denoiser(): RowDenoiser {
    const { weights } = this;
    if (!weights) throw new Error(UNTRAINED);
    return (noisy, sigma, cv) => this.denoised(weights, noisy, sigma, cv);
  }

  dispose(): void {
    this.weights = null;
  }

  private async denoised(
    weights: Float32Array,
    noisy: Float64Array,
    sigma: Float64Array,
    cv: Float64Array,
  ): Promise<Float64Array> {
    const { architecture } = this;
    const begin = performance.now();
    const told = new Float32Array(cv.length * architecture.inputs);
    const d = architecture.outputs;
    cv.forEach((condition, row) => {
      const { cIn } = preconditioning(sigma[row]);
      const start = row * architecture.inputs;
      for (let k = 0; k < d; k++) told[start + k] = cIn * noisy[row * d + k];
      told.set(sharedInputs(architecture, sigma[row], [condition]), start + d);
    });
    const answer = tf.tidy(() => {
      const layers = layersOf(tf.tensor1d(weights), architecture);
      return fusedAnswer(layers, architecture, tf.tensor2d(told, [cv.length, architecture.inputs]));
    });
    const F = await readBack(answer).finally(() => answer.dispose());
    this.networkEvaluations += cv.length;
    this.seconds += (performance.now() - begin) / 1000;
    return noisy.map((value, i) => {
      const { cSkip, cOut } = preconditioning(sigma[Math.floor(i / d)]);
      return cSkip * value + cOut * F[i];
    });
  }

  private trainingSet({ cv, rest }: Pairs): TrainingSet {
    const { scale, path } = this;
    const standardised = Float32Array.from(cv, (v) => (v - scale.cv.mean) / scale.cv.deviation);
    return {
      dimension: scale.rests.length,
      states: Float32Array.from(rest, (v, i) => {
        const { mean, deviation } = scale.rests[i % scale.rests.length];
        return (v - mean) / deviation;
      }),
      conditions: [standardised],
      dropCondition: 0,
      sampler: flatSampler(standardised),
      path,
      weighting: 'edm',
    };
  }
}

/** D of `each` rows for every condition, one condition after the other. */
function ofEach(
  parameters: tf.Tensor1D,
  architecture: Architecture,
  conditions: Float64Array,
  each: number,
): Denoiser<tf.Tensor2D> {
  return (y, ratio) =>
    tf.tidy(() => {
      const { cSkip, cOut, cIn } = preconditioning(ratio);
      const width = architecture.inputs - 1;
      const told = new Float32Array(conditions.length * each * width);
      conditions.forEach((condition, node) => {
        const shared = sharedInputs(architecture, ratio, [condition]);
        for (let i = 0; i < each; i++) told.set(shared, (node * each + i) * width);
      });
      const beside = tf.tensor2d(told, [conditions.length * each, width]);
      const inputs: tf.Tensor2D = tf.concat2d([tf.mul(y, cIn), beside], 1);
      const F = fusedAnswer(layersOf(parameters, architecture), architecture, inputs);
      return tf.add(tf.mul(y, cSkip), tf.mul(F, cOut));
    });
}
