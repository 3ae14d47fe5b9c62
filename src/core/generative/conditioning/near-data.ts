/** Conditional distributions from the data alone: states whose collective variables are near the asked values. */
import { periodOf, shortest } from '../../dynamics/bias-term.ts';
import { messages, Problem } from '../../message.ts';
import { NUMBERS_PER_BLOCK, type RandomStream } from '../../numerics/random.ts';
import { type Asked, type Level, ontoLevels } from './level.ts';
import type { WeightedStates } from './states-denoiser.ts';

export interface NearDataMessages {
  /** No training state within so many standard deviations of the asked values. */
  readonly 'no-data-near': {
    readonly bandwidth: number;
    readonly asked: readonly { readonly cv: string; readonly at: number }[];
  };
}

const message = messages<NearDataMessages>();

/** Training states and what is conditioned on. */
export interface ConditionedData {
  readonly dimension: number;
  /** Standardised states, row by row. */
  readonly states: ArrayLike<number>;
  /** Of each asked cv its value at every state, and the standard deviation of them. */
  readonly cvs: readonly { readonly values: ArrayLike<number>; readonly deviation: number }[];
  readonly asked: readonly Asked[];
}

/**
 * The data near the asked values with weights product of K((cv - at) / bandwidth), K(u) = 1 - u^2 for |u| < 1
 * (Epanechnikov), the cvs in units of their standard deviations. Its denoiser is the training-free conditional one:
 * sum K_i N(y; x_i, ratio^2) x_i / sum K_i N(y; x_i, ratio^2). As bandwidth and noise vanish it repeats its data.
 * @throws Problem if no state is near
 */
export function kernelStates(data: ConditionedData, bandwidth: number): WeightedStates {
  const rows: number[] = [];
  const weights: number[] = [];
  const away = distances(data);
  for (let n = 0; n < away[0].length; n++) {
    const weight = away.reduce((product, u) => product * Math.max(0, 1 - (u[n] / bandwidth) ** 2), 1);
    if (weight === 0) continue;
    rows.push(n);
    weights.push(weight);
  }
  if (rows.length === 0)
    throw new Problem(
      message('no-data-near', { bandwidth, asked: data.asked.map(({ cv, at }) => ({ cv: cv.label, at })) }),
    );
  return {
    dimension: data.dimension,
    values: rowsOf(data, rows),
    weights: Float64Array.from(weights),
  };
}

/** The `count` states (all, if there are fewer) nearest to the asked values, in standard deviations of the cvs. */
export function nearestStates(data: ConditionedData, count: number): Float64Array {
  const squares = distances(data).reduce(
    (sum, u) => sum.map((s, n) => s + u[n] ** 2),
    new Float64Array(data.cvs[0].values.length),
  );
  const order = Uint32Array.from(squares.keys()).sort((a, b) => squares[a] - squares[b]);
  return rowsOf(data, [...order.subarray(0, count)]);
}

/**
 * Draws from the nearest states with replacement: the baseline without a model. The states have been moved onto the asked
 * values along the gradients of the cvs, so that only what lies across is copied.
 */
export class Neighbours {
  private readonly states: Float64Array;

  constructor(
    private readonly data: ConditionedData,
    levels: readonly Level[],
    count: number,
  ) {
    this.states = ontoLevels(nearestStates(data, count), levels);
  }

  /** Samples `first` .. `first + count - 1`, standardised, row by row. */
  draw(first: number, count: number, stream: RandomStream): Float64Array {
    const { dimension } = this.data;
    const known = this.states.length / dimension;
    const u = new Float64Array(NUMBERS_PER_BLOCK);
    const out = new Float64Array(count * dimension);
    for (let n = 0; n < count; n++) {
      stream.uniforms(first + n, 0, u);
      const row = Math.floor(u[0] * known);
      out.set(this.states.subarray(row * dimension, (row + 1) * dimension), n * dimension);
    }
    return out;
  }
}

/** Of each cv, how far every state is from the asked value, in standard deviations. */
function distances({ cvs, asked }: ConditionedData): Float64Array[] {
  return cvs.map(({ values, deviation }, c) => {
    const period = periodOf(asked[c].cv);
    return Float64Array.from(values, (v) => shortest(v - asked[c].at, period) / deviation);
  });
}

function rowsOf({ dimension, states }: ConditionedData, rows: readonly number[]): Float64Array {
  return Float64Array.from(
    { length: rows.length * dimension },
    (_, i) => states[rows[Math.floor(i / dimension)] * dimension + (i % dimension)],
  );
}
