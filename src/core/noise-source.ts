/** The noise of a run, step by step. */
import { NUMBERS_PER_BLOCK, RandomStream } from './random.ts';

/**
 * Coordinate d of walker w gets at step s the normal number s * dimension + d of w: no number of a Philox block is
 * wasted, and any step can be reached directly.
 */
export class NormalSource {
  private readonly stream: RandomStream;
  /** Four normals of each walker: `block[lane * walkers + walker]`. */
  private readonly block: Float64Array;
  private blockIndex = -1;
  private readonly normals: Float64Array;

  constructor(
    seed: number,
    purpose: string,
    private readonly walkers: number,
    private readonly dimension: number,
  ) {
    this.stream = new RandomStream(seed, purpose);
    this.block = new Float64Array(NUMBERS_PER_BLOCK * walkers);
    this.normals = new Float64Array(dimension * walkers);
  }

  /** Normals of a step, `[coordinate * walkers + walker]`; valid until the next call. */
  at(step: number): Float64Array {
    for (let d = 0; d < this.dimension; d++) {
      const number = step * this.dimension + d;
      this.load(Math.floor(number / NUMBERS_PER_BLOCK));
      const lane = number % NUMBERS_PER_BLOCK;
      this.normals.set(this.block.subarray(lane * this.walkers, (lane + 1) * this.walkers), d * this.walkers);
    }
    return this.normals;
  }

  private load(index: number): void {
    if (index === this.blockIndex) return;
    this.blockIndex = index;
    for (let w = 0; w < this.walkers; w++) this.stream.normals(w, index, this.block, w, this.walkers);
  }
}
