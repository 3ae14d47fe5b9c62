/** The gridded density of two coordinates, smoothed by isotropic noise in standardised units, and its denoiser. */

import type { Standardisation } from '../numerics/results.ts';
import { linspace } from '../numerics/results.ts';
import { type Density, spacing } from './density.ts';

/** Every second node is left out as long as the sum over the others stays within this of 1. */
const RESOLVED = 1e-7;
/** Widest spacing, in standard deviations: noise that is narrower is integrated around each state, which is right for little noise only. */
const WIDEST = 0.08;
/** Noise, in spacings of the nodes, from which the trapezoidal rule smooths without a trace of them. */
const LEAST_WIDTH = 1;
/** Nodes of the table of D within one unit of noise, and how many units it reaches beyond the density. */
const NODES_PER_NOISE = 8;
const MARGIN = 5;
/** Terms below exp(-CUT) of the nearest are left out. */
const CUT = 80;

/** D at the nodes of a grid. */
interface Table {
  readonly axes: readonly [Float64Array, Float64Array];
  /** Two numbers per node, row (second coordinate) after row. */
  readonly values: Float64Array;
}

/** Gaussian kernel from one target to the sources first .. first + terms.length - 1, the nearest of which has 1. */
interface Row {
  readonly first: number;
  readonly terms: Float64Array;
}

export class SmoothedDensity {
  private readonly axes: readonly [Float64Array, Float64Array];
  private readonly values: Float64Array;
  private readonly tables = new Map<number, Table>();

  constructor(density: Density, { mean, deviation }: Standardisation) {
    const { axes, values } = thinned(density, deviation);
    const standard = axes.map((axis, d) => axis.map((v) => (v - mean[d]) / deviation[d]));
    this.axes = [standard[0], standard[1]];
    this.values = values;
  }

  /** Whether the grid can be smoothed with this noise. */
  resolves(ratio: number): boolean {
    return this.axes.every((axis) => ratio >= LEAST_WIDTH * spacing(axis));
  }

  /** D(y; ratio) of each row of y; rows beyond the table get the value at its border. */
  denoise(y: Float64Array, ratio: number): Float64Array {
    const table = this.tables.get(ratio) ?? this.tabulate(ratio);
    this.tables.set(ratio, table);
    const out = new Float64Array(y.length);
    const [wx, wy] = [new Float64Array(4), new Float64Array(4)];
    const nx = table.axes[0].length;
    for (let n = 0; n < y.length; n += 2) {
      const i = cubic(table.axes[0], y[n], wx);
      const j = cubic(table.axes[1], y[n + 1], wy);
      let [dx, dy] = [0, 0];
      for (let b = 0; b < 4; b++)
        for (let a = 0; a < 4; a++) {
          const node = 2 * ((j + b) * nx + i + a);
          dx += wx[a] * wy[b] * table.values[node];
          dy += wx[a] * wy[b] * table.values[node + 1];
        }
      out[n] = dx;
      out[n + 1] = dy;
    }
    return out;
  }

  /** The kernel is a product, so rows are smoothed first and columns of the result after. */
  private tabulate(ratio: number): Table {
    const [sx, sy] = this.axes;
    const [xs, ys] = this.axes.map((axis) => targets(axis, ratio));
    const [kx, ky] = [kernel(xs, sx, ratio), kernel(ys, sy, ratio)];
    const nx = xs.length;
    const mass = new Float64Array(sy.length * nx);
    const first = new Float64Array(sy.length * nx);
    for (let j = 0; j < sy.length; j++)
      for (let a = 0; a < nx; a++) {
        const { first: start, terms } = kx[a];
        for (let k = 0; k < terms.length; k++) {
          const p = terms[k] * this.values[j * sx.length + start + k];
          mass[j * nx + a] += p;
          first[j * nx + a] += p * sx[start + k];
        }
      }
    const values = new Float64Array(2 * nx * ys.length);
    for (let b = 0; b < ys.length; b++) sumColumns(ky[b], { mass, first, sy, xs }, ys[b], values, 2 * b * nx);
    return { axes: [xs, ys], values };
  }
}

function sumColumns(
  { first: start, terms }: Row,
  rows: {
    readonly mass: Float64Array;
    readonly first: Float64Array;
    readonly sy: Float64Array;
    readonly xs: Float64Array;
  },
  y: number,
  out: Float64Array,
  offset: number,
): void {
  const nx = rows.xs.length;
  const total = new Float64Array(nx);
  for (let k = 0; k < terms.length; k++) {
    const j = start + k;
    for (let a = 0; a < nx; a++) {
      const p = terms[k] * rows.mass[j * nx + a];
      total[a] += p;
      out[offset + 2 * a] += terms[k] * rows.first[j * nx + a];
      out[offset + 2 * a + 1] += p * rows.sy[j];
    }
  }
  for (let a = 0; a < nx; a++) {
    // Where even the density underflows nothing is known: the state stays.
    out[offset + 2 * a] = total[a] > 0 ? out[offset + 2 * a] / total[a] : rows.xs[a];
    out[offset + 2 * a + 1] = total[a] > 0 ? out[offset + 2 * a + 1] / total[a] : y;
  }
}

function targets(axis: Float64Array, ratio: number): Float64Array {
  const step = Math.max(ratio / NODES_PER_NOISE, spacing(axis) / 2);
  const [low, high] = [axis[0] - MARGIN * ratio, axis[axis.length - 1] + MARGIN * ratio];
  return linspace(low, high, Math.max(4, Math.ceil((high - low) / step) + 1));
}

function kernel(to: Float64Array, from: Float64Array, ratio: number): Row[] {
  const h = spacing(from);
  return Array.from(to, (target) => {
    const nearest = Math.min(from.length - 1, Math.max(0, Math.round((target - from[0]) / h)));
    const exponent = (i: number) => -((from[i] - target) ** 2) / (2 * ratio * ratio);
    const largest = exponent(nearest);
    let [first, last] = [nearest, nearest];
    while (first > 0 && exponent(first - 1) > largest - CUT) first--;
    while (last + 1 < from.length && exponent(last + 1) > largest - CUT) last++;
    const terms = Float64Array.from({ length: last - first + 1 }, (_, k) =>
      Math.exp(exponent(first + k) - largest),
    );
    return { first, terms };
  });
}

/** Weights of the cubic through four nodes around `value`; answers the first of them. */
function cubic(axis: Float64Array, value: number, weights: Float64Array): number {
  const last = axis.length - 1;
  const place = Math.min(last, Math.max(0, (value - axis[0]) / spacing(axis)));
  const first = Math.min(last - 3, Math.max(0, Math.floor(place) - 1));
  const t = place - first;
  weights[0] = -((t - 1) * (t - 2) * (t - 3)) / 6;
  weights[1] = (t * (t - 2) * (t - 3)) / 2;
  weights[2] = -(t * (t - 1) * (t - 3)) / 2;
  weights[3] = (t * (t - 1) * (t - 2)) / 6;
  return first;
}

function thinned(density: Density, deviation: readonly number[]): Density {
  let fine = density;
  for (const d of [0, 1])
    for (let coarse = halved(fine, d); coarse; coarse = halved(fine, d)) {
      const cell = spacing(coarse.axes[0]) * spacing(coarse.axes[1]);
      const total = cell * coarse.values.reduce((a, b) => a + b, 0);
      const wide = spacing(coarse.axes[d]) > WIDEST * deviation[d];
      if (wide || Math.abs(total - 1) > RESOLVED) break;
      fine = coarse;
    }
  return fine;
}

/** Every second node along an axis, where the last one stays. */
function halved({ axes, values, logPartition }: Density, d: number): Density | null {
  const nx = axes[0].length;
  if (axes[d].length % 2 === 0) return null;
  const even = axes.map((axis, e) => (e === d ? axis.filter((_, i) => i % 2 === 0) : axis));
  const kept = values.filter((_, k) => (d === 0 ? k % nx : Math.floor(k / nx)) % 2 === 0);
  return { axes: even, values: kept, logPartition };
}
