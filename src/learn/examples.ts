/** Denoising score matching: what the network sees and what it should answer. */

import type { Path } from '../core/generative/contract.ts';
import { ratioAt } from '../core/generative/diffusion.ts';
import { RandomStream } from '../core/numerics/random.ts';
import type { Architecture } from './architecture.ts';
import { drawBuffer, fillNormals, fillUniforms } from './draws.ts';
import { sharedInputs } from './inputs.ts';
import { lossWeight, type Weighting } from './loss-weight.ts';
import type { Sampler } from './minibatch.ts';
import { preconditioning } from './preconditioning.ts';

/** Standardised training states, row by row, and what goes with them. */
export interface TrainingSet {
  readonly dimension: number;
  readonly states: Float32Array;
  /** Standardised slow variables of each state, one array for each that the model is conditioned on. */
  readonly conditions: readonly Float32Array[];
  /** Probability that an example comes without its condition. */
  readonly dropCondition: number;
  readonly sampler: Sampler;
  /** How the states are noised. */
  readonly path: Path;
  readonly weighting: Weighting;
}

export interface Examples {
  /** batch rows of `architecture.inputs` numbers: the scaled noisy state, then what is told beside it. */
  readonly inputs: Float32Array;
  /** batch rows of `dimension` numbers: the answer F that makes D the clean state. */
  readonly targets: Float32Array;
  /** Factor of each row's squared error; null when all are 1. */
  readonly weights: Float32Array | null;
  /** Noise of each row in units of the data: sigma / alpha. */
  readonly ratios: Float32Array;
  /** batch rows of `dimension` signs +1 or -1, for sliced score matching; else null. */
  readonly slices: Float32Array | null;
}

export interface ExampleSettings {
  readonly batch: number;
  readonly seed: number;
  /** Distinguishes the numbers of the held-out minibatches from those of training. */
  readonly purpose?: string;
  readonly sliced: boolean;
}

/** Minibatch number `step` is a pure function of (seed, step). */
export class ExampleSource {
  private readonly stateStream: RandomStream;
  private readonly noiseStream: RandomStream;
  private readonly uniforms: Float64Array;
  private readonly normals: Float64Array;
  private readonly weightOf: ((t: number) => number) | null;
  private readonly batch: number;
  private readonly drop: { readonly stream: RandomStream; readonly uniforms: Float64Array } | null;
  private readonly signs: { readonly stream: RandomStream; readonly uniforms: Float64Array } | null;

  constructor(
    private readonly data: TrainingSet,
    private readonly architecture: Architecture,
    { batch, seed, purpose = '', sliced }: ExampleSettings,
  ) {
    const stream = (name: string) => new RandomStream(seed, `${purpose}${name}`);
    this.batch = batch;
    this.stateStream = stream('minibatch');
    this.noiseStream = stream('training noise');
    this.uniforms = drawBuffer(2 * batch);
    this.normals = drawBuffer((1 + data.dimension) * batch);
    this.weightOf = lossWeight(data.path, data.weighting);
    this.drop = architecture.nullable
      ? { stream: stream('dropped conditions'), uniforms: drawBuffer(batch) }
      : null;
    this.signs = sliced ? { stream: stream('slices'), uniforms: drawBuffer(batch * data.dimension) } : null;
  }

  at(step: number): Examples {
    const { dimension, sampler } = this.data;
    fillUniforms(this.stateStream, step, this.uniforms);
    fillNormals(this.noiseStream, step, this.normals);
    if (this.drop) fillUniforms(this.drop.stream, step, this.drop.uniforms);
    const inputs = new Float32Array(this.batch * this.architecture.inputs);
    const ratios = new Float32Array(this.batch);
    const targets = new Float32Array(this.batch * dimension);
    const weights = this.weightOf && new Float32Array(this.batch);
    for (let row = 0; row < this.batch; row++) {
      const state = sampler.pick(this.uniforms[2 * row], this.uniforms[2 * row + 1]);
      const t = this.data.path.trainingTime(this.normals[row * (1 + dimension)]);
      const ratio = ratioAt(this.data.path, t);
      this.writeExample(state, row, ratio, inputs, targets);
      ratios[row] = ratio;
      if (weights && this.weightOf) weights[row] = this.weightOf(t);
    }
    return { inputs, targets, weights, ratios, slices: this.slicesAt(step) };
  }

  private slicesAt(step: number): Float32Array | null {
    if (!this.signs) return null;
    fillUniforms(this.signs.stream, step, this.signs.uniforms);
    return Float32Array.from(this.signs.uniforms.subarray(0, this.batch * this.data.dimension), (u) =>
      u < 0.5 ? -1 : 1,
    );
  }

  /** Standardised slow variables of a state; null when this row is to do without. */
  private conditionOf(state: number, row: number): number[] | null {
    if (this.drop && this.drop.uniforms[row] < this.data.dropCondition) return null;
    return this.data.conditions.map((values) => values[state]);
  }

  private writeExample(
    state: number,
    row: number,
    sigma: number,
    inputs: Float32Array,
    targets: Float32Array,
  ): void {
    const { dimension, states } = this.data;
    const draw = row * (1 + dimension);
    const { cIn, cSkip, cOut } = preconditioning(sigma);
    const start = row * this.architecture.inputs;
    for (let d = 0; d < dimension; d++) {
      const clean = states[state * dimension + d];
      const noisy = clean + sigma * this.normals[draw + 1 + d];
      inputs[start + d] = cIn * noisy;
      targets[row * dimension + d] = (clean - cSkip * noisy) / cOut;
    }
    inputs.set(sharedInputs(this.architecture, sigma, this.conditionOf(state, row)), start + dimension);
  }
}
