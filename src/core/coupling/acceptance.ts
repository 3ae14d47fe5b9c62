/** Tally of moves along the cv. */

import { binOf } from '../estimators/histogram.ts';
import { binCenters } from '../numerics/results.ts';
import type { Acceptance } from './frame.ts';

const BINS = 40;

export class AcceptanceTally {
  private readonly tried = new Float64Array(BINS);
  private readonly taken = new Float64Array(BINS);

  constructor(private readonly range: readonly [number, number]) {}

  add(cv: Float64Array, accepted: Uint8Array): void {
    cv.forEach((value, w) => {
      const bin = binOf(value, ...this.range, BINS);
      if (bin < 0) return;
      this.tried[bin]++;
      this.taken[bin] += accepted[w];
    });
  }

  summary(): Acceptance {
    const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
    return {
      x: binCenters(...this.range, BINS),
      y: this.taken.map((taken, bin) => taken / this.tried[bin]),
      overall: total(this.taken) / total(this.tried),
    };
  }
}
