/** A curve of bounded length: the longer it is, the coarser. */
import type { Series } from '../numerics/results.ts';

/** Points that are kept at most. */
const MOST_POINTS = 1000;

export class Trail {
  private xs: number[] = [];
  private ys: number[] = [];
  private offered = 0;
  private stride = 1;

  add(x: number, y: number): void {
    if (this.offered++ % this.stride !== 0) return;
    this.xs.push(x);
    this.ys.push(y);
    if (this.xs.length < MOST_POINTS) return;
    this.xs = this.xs.filter((_, i) => i % 2 === 0);
    this.ys = this.ys.filter((_, i) => i % 2 === 0);
    this.stride *= 2;
  }

  series(): Series {
    return { x: Float64Array.from(this.xs), y: Float64Array.from(this.ys) };
  }
}
