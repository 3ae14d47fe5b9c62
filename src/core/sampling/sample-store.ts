/** Samples of a run, thinned so that any budget fits into memory. */
import type { Points } from '../numerics/results.ts';

/** Rows that are kept at most. */
const MOST_ROWS = 200_000;

/** Rows of (coordinates, cv, walker, state in which they were drawn), in the order of time. */
export class SampleStore {
  count = 0;
  private seen = 0;
  /** Frames of which one is kept. */
  readonly thinning: number;
  private readonly coordinates: Float32Array;
  private readonly cvs: Float64Array;
  private readonly walkerOf: Int32Array;
  private readonly stateOf: Int32Array;

  /** @param frames that will be offered at most  @param perFrame rows of each frame */
  constructor(
    private readonly dimension: number,
    frames: number,
    private readonly perFrame: number,
  ) {
    this.thinning = Math.max(1, Math.ceil((frames * perFrame) / MOST_ROWS));
    const rows = (Math.ceil(frames / this.thinning) + 1) * perFrame;
    this.coordinates = new Float32Array(rows * dimension);
    this.cvs = new Float64Array(rows);
    this.walkerOf = new Int32Array(rows);
    this.stateOf = new Int32Array(rows);
  }

  /**
   * Offers a frame.
   * @param q `[coordinate * perFrame + walker]`  @param states window or replica of each walker; 0 if absent
   */
  add(q: Float64Array, cv: Float64Array, states?: ArrayLike<number>): void {
    if (this.seen++ % this.thinning !== 0) return;
    for (let w = 0; w < this.perFrame; w++) {
      const row = this.count++;
      for (let d = 0; d < this.dimension; d++)
        this.coordinates[row * this.dimension + d] = q[d * this.perFrame + w];
      this.cvs[row] = cv[w];
      this.walkerOf[row] = w;
      this.stateOf[row] = states?.[w] ?? 0;
    }
  }

  points(): Points {
    return { dimension: this.dimension, values: this.coordinates.slice(0, this.count * this.dimension) };
  }

  cv(): Float64Array {
    return this.cvs.slice(0, this.count);
  }

  walkers(): Int32Array {
    return this.walkerOf.slice(0, this.count);
  }

  states(): Int32Array {
    return this.stateOf.slice(0, this.count);
  }
}
