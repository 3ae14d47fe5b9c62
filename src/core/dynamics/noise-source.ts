/** The random numbers of a run, step by step. */
import { NUMBERS_PER_BLOCK, RandomStream } from '../numerics/random.ts';

/**
 * With `count` numbers per step, number `k` of walker w at step s is number s * count + k of w in the stream: no number of a
 * Philox block is wasted, and any step can be reached directly.
 */
export class NoiseSource {
  private readonly stream: RandomStream;
  /** Four numbers of each walker: `block[lane * walkers + walker]`. */
  private readonly block: Float64Array;
  private blockIndex = -1;
  private readonly numbers: Float64Array;

  constructor(
    private readonly kind: 'normals' | 'uniforms',
    seed: number,
    purpose: string,
    private readonly firstWalker: number,
    private readonly walkers: number,
    private readonly count: number,
  ) {
    this.stream = new RandomStream(seed, purpose);
    this.block = new Float64Array(NUMBERS_PER_BLOCK * walkers);
    this.numbers = new Float64Array(count * walkers);
  }

  /** Numbers of a step, `[k * walkers + walker]`; valid until the next call. */
  at(step: number): Float64Array {
    const { count, walkers } = this;
    for (let k = 0; k < count; k++) {
      const number = step * count + k;
      this.load(Math.floor(number / NUMBERS_PER_BLOCK));
      const lane = number % NUMBERS_PER_BLOCK;
      this.numbers.set(this.block.subarray(lane * walkers, (lane + 1) * walkers), k * walkers);
    }
    return this.numbers;
  }

  private load(index: number): void {
    if (index === this.blockIndex) return;
    this.blockIndex = index;
    for (let w = 0; w < this.walkers; w++)
      this.stream[this.kind](this.firstWalker + w, index, this.block, w, this.walkers);
  }
}
