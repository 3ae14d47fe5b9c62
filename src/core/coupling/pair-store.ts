/** Pairs of cv and remaining coordinates from which a model learns. */

import { Problem } from '../message.ts';
import { message } from './messages.ts';
import type { Pairs } from './model-source.ts';
import type { Places } from './proposer.ts';

export class PairStore {
  private readonly cv: number[] = [];
  private readonly rest: number[] = [];
  private readonly thinning: number;
  private seen = 0;

  /** @param most pairs that are kept, more or less  @param expected how many will be offered */
  constructor(most = Number.POSITIVE_INFINITY, expected = 0) {
    this.thinning = Math.max(1, Math.ceil(expected / most));
  }

  /** Takes a frame of walkers, or passes it over. */
  add({ cv, rest }: Places): void {
    if (this.seen++ % this.thinning !== 0) return;
    for (let w = 0; w < cv.length; w++) {
      this.cv.push(cv[w]);
      for (let i = w; i < rest.length; i += cv.length) this.rest.push(rest[i]);
    }
  }

  with({ cv, rest }: Pairs): this {
    for (const value of cv) this.cv.push(value);
    for (const value of rest) this.rest.push(value);
    return this;
  }

  all(): Pairs {
    return { cv: Float64Array.from(this.cv), rest: Float64Array.from(this.rest) };
  }

  /** Values of the cv below which these shares of the pairs lie. @throws Error without any pair */
  range(low: number, high: number): readonly [number, number] {
    if (this.cv.length === 0) throw new Problem(message('start-left-no-samples', {}));
    const sorted = Float64Array.from(this.cv).sort();
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return [at(low), at(high)];
  }
}
