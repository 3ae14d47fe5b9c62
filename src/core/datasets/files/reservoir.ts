/** A bounded random sample of rows that come one after the other. */
import { NUMBERS_PER_BLOCK, type RandomStream } from '../../numerics/random.ts';

/**
 * Reservoir sampling (Algorithm R; Vitter, ACM Trans. Math. Softw. 11, 37 (1985), doi 10.1145/3147.3165): after any number of
 * rows, each of them is kept with the same probability. Memory grows with the rows that are kept.
 */
export class Reservoir {
  /** Rows so far. */
  seen = 0;
  private values: Float32Array;
  private readonly u = new Float64Array(NUMBERS_PER_BLOCK);

  /** @param most rows that are kept */
  constructor(
    private readonly dimension: number,
    private readonly most: number,
    private readonly stream: RandomStream,
  ) {
    this.values = new Float32Array(dimension * Math.min(most, 1024));
  }

  get kept(): number {
    return Math.min(this.seen, this.most);
  }

  add(row: ArrayLike<number>): void {
    const place = this.seen < this.most ? this.seen : this.placeOfLater();
    this.seen++;
    if (place >= this.most) return;
    if ((place + 1) * this.dimension > this.values.length) this.grow();
    for (let d = 0; d < this.dimension; d++) this.values[place * this.dimension + d] = row[d];
  }

  rows(): Float32Array {
    return this.values.slice(0, this.kept * this.dimension);
  }

  /** Where a row goes that comes when the reservoir is full; beyond its end if nowhere. */
  private placeOfLater(): number {
    const later = this.seen - this.most;
    if (later % NUMBERS_PER_BLOCK === 0) this.stream.uniforms(0, later / NUMBERS_PER_BLOCK, this.u);
    return Math.floor(this.u[later % NUMBERS_PER_BLOCK] * (this.seen + 1));
  }

  private grow(): void {
    const larger = new Float32Array(Math.min(this.most * this.dimension, 2 * this.values.length));
    larger.set(this.values);
    this.values = larger;
  }
}
