/**
 * The coarse equation dz = b(z) dt + sqrt(2 D(z)) dW (Ito) of one slow variable: its moments after a time, its stationary
 * distribution and its mean first-passage times.
 */

import { Cumulative } from '../../numerics/cumulative.ts';
import { linspace } from '../../numerics/results.ts';
import type { Curve, Stretch } from './smooth.ts';

const NODES = 201;
const TIME_STEPS = 32;
/** What a walk can reach beyond the ends of the range, in standard deviations of its displacement. */
const REACH = 6;
const FINE_NODES = 2001;
/** D at a node that came out too small or negative counts as this share of the largest. */
const LEAST_DIFFUSION = 0.02;

/** Mean and variance of the slow variable. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
}

export class CoarseEquation {
  private readonly least: number;

  constructor(
    readonly drift: Curve,
    private readonly fittedDiffusion: Curve,
    readonly stretch: Stretch,
  ) {
    const sizes = linspace(...stretch.range, NODES).map((z) => fittedDiffusion.at(z));
    this.least = LEAST_DIFFUSION * sizes.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE);
  }

  diffusion(z: number): number {
    return Math.max(this.least, this.fittedDiffusion.at(z));
  }

  diffusionSlope(z: number): number {
    return this.fittedDiffusion.at(z) > this.least ? this.fittedDiffusion.slope(z) : 0;
  }

  /**
   * Mean and variance after `time` of walks that start with the distribution N(mean, variance), for each start, by the backward
   * equation (Crank-Nicolson on a grid, exact in space for linear drift and constant diffusion).
   */
  carried(starts: readonly Moments[], time: number): Moments[] {
    const grid = this.grid(starts, time);
    const centre = grid[NODES >> 1];
    const [first, second] = [grid.map((z) => z - centre), grid.map((z) => (z - centre) ** 2)];
    this.backward(grid, [first, second], time);
    return starts.map(({ mean, variance }) => {
      const far = Math.sqrt(3 * variance);
      // Gauss-Hermite: exact for polynomials of degree five.
      const nodes = [mean, mean - far, mean + far];
      const average = (f: Float64Array) =>
        nodes.reduce((sum, z, k) => sum + (k === 0 ? 4 : 1) * cubicAt(grid, f, z), 0) / 6;
      const m = average(first);
      return { mean: centre + m, variance: average(second) - m * m };
    });
  }

  /** log of the stationary density without current, -F / kT up to a constant: integral of b / D, minus log D. */
  logDensity(z: Float64Array): Float64Array {
    const fine = linspace(z[0], z[z.length - 1], FINE_NODES);
    const sums = cumulated(fine, (at) => this.drift.at(at) / this.diffusion(at));
    const potential = z.map((at) => linear(fine, sums, at));
    return potential.map((value, i) => value - Math.log(this.diffusion(z[i])));
  }

  /** Mean time from `from` to `to`, a wall at the far end of the range; of the equation without boundary there if periodic. */
  meanFirstPassageTime(from: number, to: number): number {
    const [low, high] = this.stretch.range;
    const wall = to > from ? low : high;
    // T = integral from `from` to `to` of dy / (D p) times the integral of p from the wall to y, p the stationary density.
    const fine = linspace(wall, to, FINE_NODES);
    const log = Float64Array.from(cumulated(fine, (at) => this.drift.at(at) / this.diffusion(at)));
    const h = fine[1] - fine[0];
    const top = log.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    let [inner, time, before] = [0, 0, 0];
    fine.forEach((z, i) => {
      const weight = Math.exp(log[i] - top) / this.diffusion(z);
      inner += i === 0 ? 0 : (h / 2) * (before + weight);
      before = weight;
      if ((z - from) * (to - from) >= 0)
        time += (i === FINE_NODES - 1 ? 0.5 : 1) * h * Math.exp(top - log[i]) * inner;
    });
    return time;
  }

  /** The stationary distribution on `count` equal bins of the range: their shares. */
  shares(count: number): Float64Array {
    const fine = linspace(...this.stretch.range, FINE_NODES);
    const log = this.logDensity(fine);
    const top = log.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const distribution = new Cumulative(
      fine,
      log.map((v) => Math.exp(v - top)),
    );
    const edges = linspace(...this.stretch.range, count + 1);
    return Float64Array.from(
      { length: count },
      (_, i) => distribution.share(edges[i + 1]) - distribution.share(edges[i]),
    );
  }

  private grid(starts: readonly Moments[], time: number): Float64Array {
    const means = starts.map(({ mean }) => mean);
    const widest = Math.max(
      ...starts.map(({ mean, variance }) => variance + 2 * this.diffusion(mean) * time),
    );
    const [low, high] = [Math.min(...means), Math.max(...means)];
    const margin =
      REACH * Math.sqrt(widest) + Math.max(...means.map((z) => Math.abs(this.drift.at(z)))) * time;
    return linspace(low - margin, high + margin, NODES);
  }

  private backward(z: Float64Array, functions: readonly Float64Array[], time: number): void {
    const h = z[1] - z[0];
    const half = time / TIME_STEPS / 2;
    const drift = z.map((at) => this.drift.at(at) / (2 * h));
    const spread = z.map((at) => this.diffusion(at) / (h * h));
    const rows = { lower: drift.map((b, i) => spread[i] - b), upper: drift.map((b, i) => spread[i] + b) };
    for (let step = 0; step < TIME_STEPS; step++) for (const f of functions) crankNicolson(f, rows, half);
  }
}

/**
 * Half a step forward and half a step backward of f' = lower f(i-1) - (lower + upper) f + upper f(i+1). At the ends f goes
 * on as a parabola.
 */
function crankNicolson(
  f: Float64Array,
  { lower, upper }: { readonly lower: Float64Array; readonly upper: Float64Array },
  half: number,
): void {
  const n = f.length;
  const right = new Float64Array(n);
  for (let i = 1; i < n - 1; i++)
    right[i] = f[i] + half * (lower[i] * (f[i - 1] - f[i]) + upper[i] * (f[i + 1] - f[i]));
  const [c, d] = [new Float64Array(n), new Float64Array(n)];
  // The ends are taken along from the explicit step: they are too far out to matter.
  right[0] = 3 * right[1] - 3 * right[2] + right[3];
  right[n - 1] = 3 * right[n - 2] - 3 * right[n - 3] + right[n - 4];
  d[0] = right[0];
  for (let i = 1; i < n - 1; i++) {
    const [a, b, e] = [-half * lower[i], 1 + half * (lower[i] + upper[i]), -half * upper[i]];
    const pivot = b - a * c[i - 1];
    c[i] = e / pivot;
    d[i] = (right[i] - a * d[i - 1]) / pivot;
  }
  f[n - 1] = right[n - 1];
  for (let i = n - 2; i > 0; i--) f[i] = d[i] - c[i] * f[i + 1];
  f[0] = 3 * f[1] - 3 * f[2] + f[3];
  f[n - 1] = 3 * f[n - 2] - 3 * f[n - 3] + f[n - 4];
}

/** Integral of a function from the first node to each, by Simpson's rule with the middle of each cell. */
function cumulated(nodes: Float64Array, f: (z: number) => number): Float64Array {
  const sums = new Float64Array(nodes.length);
  const h = nodes[1] - nodes[0];
  let left = f(nodes[0]);
  for (let i = 1; i < nodes.length; i++) {
    const right = f(nodes[i]);
    sums[i] = sums[i - 1] + (h / 6) * (left + 4 * f((nodes[i - 1] + nodes[i]) / 2) + right);
    left = right;
  }
  return sums;
}

function linear(nodes: Float64Array, values: Float64Array, z: number): number {
  const place = Math.min(nodes.length - 1, Math.max(0, (z - nodes[0]) / (nodes[1] - nodes[0])));
  const cell = Math.min(nodes.length - 2, Math.floor(place));
  return values[cell] + (place - cell) * (values[cell + 1] - values[cell]);
}

/** Lagrange's cubic through the four nearest nodes. */
function cubicAt(nodes: Float64Array, values: Float64Array, z: number): number {
  const place = (z - nodes[0]) / (nodes[1] - nodes[0]);
  const first = Math.max(0, Math.min(nodes.length - 4, Math.floor(place) - 1));
  const u = place - first;
  const [a, b, c, d] = [u, u - 1, u - 2, u - 3];
  return (
    (-b * c * d * values[first]) / 6 +
    (a * c * d * values[first + 1]) / 2 -
    (a * b * d * values[first + 2]) / 2 +
    (a * b * c * values[first + 3]) / 6
  );
}
