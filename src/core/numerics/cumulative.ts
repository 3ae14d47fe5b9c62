/** Cumulative integral of a piecewise linear density on equally spaced nodes, and its inverse. */
export class Cumulative {
  private readonly sums: Float64Array;

  constructor(
    private readonly x: Float64Array,
    private readonly density: Float64Array,
  ) {
    const h = x[1] - x[0];
    this.sums = new Float64Array(x.length);
    for (let i = 1; i < x.length; i++)
      this.sums[i] = this.sums[i - 1] + (h / 2) * (density[i - 1] + density[i]);
  }

  get total(): number {
    return this.sums[this.sums.length - 1];
  }

  /** Cell and place within it (0 to 1) below which the share `u` of the mass lies. */
  invert(u: number): { cell: number; fraction: number } {
    const target = u * this.total;
    let low = 0;
    let high = this.x.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.sums[middle] <= target) low = middle;
      else high = middle;
    }
    const rest = (target - this.sums[low]) / (this.x[1] - this.x[0]);
    const [left, right] = [this.density[low], this.density[low + 1]];
    // Root of left f + (right - left) f^2 / 2 = rest, in the form that survives left = right.
    const root = Math.sqrt(Math.max(0, left * left + 2 * (right - left) * rest));
    const fraction = left + root > 0 ? (2 * rest) / (left + root) : 0.5;
    return { cell: low, fraction: Math.min(1, fraction) };
  }

  /** Quantile: the point below which the share `u` of the mass lies. */
  quantile(u: number): number {
    const { cell, fraction } = this.invert(u);
    return this.x[cell] + fraction * (this.x[1] - this.x[0]);
  }

  /** Share of the mass below `value`. */
  share(value: number): number {
    const place = (value - this.x[0]) / (this.x[1] - this.x[0]);
    if (place <= 0) return 0;
    const cell = Math.floor(place);
    if (cell >= this.x.length - 1) return 1;
    const f = place - cell;
    const [left, right] = [this.density[cell], this.density[cell + 1]];
    const within = (this.x[1] - this.x[0]) * (left * f + ((right - left) * f * f) / 2);
    return (this.sums[cell] + within) / this.total;
  }
}
