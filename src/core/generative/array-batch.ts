/** Batches of states as plain arrays, row by row: headless generation, and the numbers from which other batches are made. */

import { NUMBERS_PER_BLOCK, type RandomStream } from '../numerics/random.ts';
import type { BatchAlgebra } from './contract.ts';

export const arrayAlgebra: BatchAlgebra<Float64Array> = {
  combine: (terms) => {
    const out = new Float64Array(terms[0][1].length);
    for (const [coefficient, batch] of terms)
      for (let i = 0; i < out.length; i++) out[i] += coefficient * batch[i];
    return out;
  },
};

/** Samples `first` .. `first + count - 1` of a generation, in this many coordinates. */
export interface Rows {
  readonly first: number;
  readonly count: number;
  readonly dimension: number;
}

/**
 * Draws of standard normals, a number per coordinate of each sample, row by row. Draw k of a sample is a function of
 * (stream, sample, k), however samples are cut into batches.
 */
export class NormalDraws {
  /** Draws that share whole blocks: the numbers of `period` draws are computed together. */
  private readonly period: number;
  private readonly blocks: Float64Array;
  private drawn = 0;

  constructor(
    private readonly stream: RandomStream,
    private readonly rows: Rows,
  ) {
    const { count, dimension } = rows;
    this.period = NUMBERS_PER_BLOCK / commonDivisor(dimension, NUMBERS_PER_BLOCK);
    this.blocks = new Float64Array(count * this.period * dimension);
  }

  next(): Float64Array {
    const { count, dimension } = this.rows;
    const width = this.period * dimension;
    const turn = this.drawn % this.period;
    if (turn === 0) this.refill((this.drawn * dimension) / NUMBERS_PER_BLOCK);
    this.drawn++;
    const out = new Float64Array(count * dimension);
    for (let n = 0; n < count; n++)
      for (let d = 0; d < dimension; d++)
        out[n * dimension + d] = this.blocks[n * width + turn * dimension + d];
    return out;
  }

  private refill(block: number): void {
    const { first, count, dimension } = this.rows;
    const width = this.period * dimension;
    for (let n = 0; n < count; n++)
      for (let k = 0; k < width; k += NUMBERS_PER_BLOCK)
        this.stream.normals(first + n, block + k / NUMBERS_PER_BLOCK, this.blocks, n * width + k);
  }
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
