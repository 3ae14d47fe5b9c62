/** Denoising score matching: what the network sees and what it should answer. */
import { ratioAt } from '../core/diffusion.ts';
import type { Path } from '../core/families.ts';
import { RandomStream } from '../core/random.ts';
import { drawBuffer, fillNormals, fillUniforms } from './draws.ts';
import { lossWeight, type Weighting } from './loss-weight.ts';
import type { Sampler } from './minibatch.ts';
import { preconditioning } from './preconditioning.ts';

/** Standardised training states, row by row, and the standardised slow variable of each if the model is conditional. */
export interface TrainingSet {
  readonly dimension: number;
  readonly states: Float32Array;
  readonly cv: Float32Array | null;
  readonly sampler: Sampler;
  /** How the states are noised. */
  readonly path: Path;
  readonly weighting: Weighting;
}

/** Inputs that do not depend on the state: noise level, and the cv with its first two harmonics. */
export function sharedInputs(sigma: number, cv: number | null): number[] {
  const { cNoise } = preconditioning(sigma);
  if (cv === null) return [cNoise];
  return [cNoise, cv, Math.sin(cv), Math.cos(cv), Math.sin(2 * cv), Math.cos(2 * cv)];
}

/** Number of network inputs: the noisy state and the shared ones. */
export function inputCount(dimension: number, conditional: boolean): number {
  return dimension + sharedInputs(1, conditional ? 0 : null).length;
}

export interface Examples {
  /** batch rows of `inputCount` numbers. */
  readonly inputs: Float32Array;
  /** batch rows of `dimension` numbers: the answer F that makes D the clean state. */
  readonly targets: Float32Array;
  /** Factor of each row's squared error; null when all are 1. */
  readonly weights: Float32Array | null;
}

/** Minibatch number `step` is a pure function of (seed, step). */
export class ExampleSource {
  private readonly stateStream: RandomStream;
  private readonly noiseStream: RandomStream;
  private readonly uniforms: Float64Array;
  private readonly normals: Float64Array;
  private readonly weightOf: ((t: number) => number) | null;

  constructor(
    private readonly data: TrainingSet,
    private readonly batch: number,
    seed: number,
  ) {
    this.stateStream = new RandomStream(seed, 'minibatch');
    this.noiseStream = new RandomStream(seed, 'training noise');
    this.uniforms = drawBuffer(2 * batch);
    this.normals = drawBuffer((1 + data.dimension) * batch);
    this.weightOf = lossWeight(data.path, data.weighting);
  }

  at(step: number): Examples {
    const { dimension, cv, sampler } = this.data;
    fillUniforms(this.stateStream, step, this.uniforms);
    fillNormals(this.noiseStream, step, this.normals);
    const inputs = new Float32Array(this.batch * inputCount(dimension, cv !== null));
    const targets = new Float32Array(this.batch * dimension);
    const weights = this.weightOf && new Float32Array(this.batch);
    for (let row = 0; row < this.batch; row++) {
      const state = sampler.pick(this.uniforms[2 * row], this.uniforms[2 * row + 1]);
      const t = this.data.path.trainingTime(this.normals[row * (1 + dimension)]);
      this.writeExample(state, row, ratioAt(this.data.path, t), inputs, targets);
      if (weights && this.weightOf) weights[row] = this.weightOf(t);
    }
    return { inputs, targets, weights };
  }

  private writeExample(
    state: number,
    row: number,
    sigma: number,
    inputs: Float32Array,
    targets: Float32Array,
  ): void {
    const { dimension, states, cv } = this.data;
    const draw = row * (1 + dimension);
    const { cIn, cSkip, cOut } = preconditioning(sigma);
    const start = row * inputCount(dimension, cv !== null);
    for (let d = 0; d < dimension; d++) {
      const clean = states[state * dimension + d];
      const noisy = clean + sigma * this.normals[draw + 1 + d];
      inputs[start + d] = cIn * noisy;
      targets[row * dimension + d] = (clean - cSkip * noisy) / cOut;
    }
    inputs.set(sharedInputs(sigma, cv ? cv[state] : null), start + dimension);
  }
}
