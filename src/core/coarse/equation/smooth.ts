/** Functions of a slow variable from values at a few nodes: smooth fits, and interpolants that keep every value. */
import { solveSemidefinite } from '../../numerics/semidefinite.ts';

export interface Curve {
  at(z: number): number;
  slope(z: number): number;
}

/** Where a curve is known. Beyond the ends it goes on as a straight line; along a ring it comes again. */
export interface Stretch {
  readonly range: readonly [number, number];
  readonly periodic: boolean;
}

/**
 * The least-squares fit with so many terms: Chebyshev polynomials of degree below `terms`, on a ring sines and cosines.
 * @param terms at most the number of nodes
 */
export function fitted(z: Float64Array, values: Float64Array, terms: number, stretch: Stretch): Curve {
  const basis = (at: number) => (stretch.periodic ? waves : polynomials)(share(at, stretch), terms);
  const rows = Array.from(z, (at) => basis(at).values);
  const normal = new Float64Array(terms * terms);
  const right = new Float64Array(terms);
  rows.forEach((row, i) => {
    for (let a = 0; a < terms; a++) {
      right[a] += row[a] * values[i];
      for (let b = 0; b < terms; b++) normal[a * terms + b] += row[a] * row[b];
    }
  });
  const { x: coefficients } = solveSemidefinite(normal, right);
  const total = (row: Float64Array) => row.reduce((sum, v, a) => sum + v * coefficients[a], 0);
  const unit = 2 / (stretch.range[1] - stretch.range[0]);
  return extended(
    { at: (at) => total(basis(at).values), slope: (at) => unit * total(basis(at).slopes) },
    stretch,
  );
}

/** The cubic through the four nearest of equally spaced nodes. On a ring the nodes fill the period, its end left out. */
export function interpolated(z: Float64Array, values: Float64Array, stretch: Stretch): Curve {
  const h = z[1] - z[0];
  const count = z.length;
  const weigh = (at: number, weights: (u: number) => readonly number[]) => {
    const place = (at - z[0]) / h;
    const low = Math.floor(place) - 1;
    const first = stretch.periodic ? low : Math.max(0, Math.min(count - 4, low));
    const u = place - first;
    return weights(u).reduce((sum, w, k) => sum + w * values[(((first + k) % count) + count) % count], 0);
  };
  return extended({ at: (at) => weigh(at, cubic), slope: (at) => weigh(at, cubicSlopes) / h }, stretch);
}

/** Place within the range, from -1 to 1. */
function share(z: number, { range: [low, high] }: Stretch): number {
  return (2 * z - low - high) / (high - low);
}

interface Basis {
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

function polynomials(x: number, terms: number): Basis {
  const values = new Float64Array(terms);
  const slopes = new Float64Array(terms);
  for (let n = 0; n < terms; n++) {
    values[n] = n === 0 ? 1 : n === 1 ? x : 2 * x * values[n - 1] - values[n - 2];
    slopes[n] = n === 0 ? 0 : n === 1 ? 1 : 2 * values[n - 1] + 2 * x * slopes[n - 1] - slopes[n - 2];
  }
  return { values, slopes };
}

function waves(x: number, terms: number): Basis {
  const values = new Float64Array(terms).fill(1);
  const slopes = new Float64Array(terms);
  for (let n = 1; n < terms; n++) {
    const rate = Math.PI * Math.ceil(n / 2);
    const [c, s] = [Math.cos(rate * x), Math.sin(rate * x)];
    values[n] = n % 2 === 1 ? c : s;
    slopes[n] = rate * (n % 2 === 1 ? -s : c);
  }
  return { values, slopes };
}

/** Lagrange's weights of the nodes 0, 1, 2, 3 at u. */
function cubic(u: number): readonly number[] {
  const [a, b, c, d] = [u, u - 1, u - 2, u - 3];
  return [(-b * c * d) / 6, (a * c * d) / 2, (-a * b * d) / 2, (a * b * c) / 6];
}

function cubicSlopes(u: number): readonly number[] {
  const [a, b, c, d] = [u, u - 1, u - 2, u - 3];
  return [
    -(c * d + b * d + b * c) / 6,
    (c * d + a * d + a * c) / 2,
    -(b * d + a * d + a * b) / 2,
    (b * c + a * c + a * b) / 6,
  ];
}

function extended(curve: Curve, { range: [low, high], periodic }: Stretch): Curve {
  const period = high - low;
  const inside = (z: number) =>
    periodic ? z - period * Math.floor((z - low) / period) : Math.min(high, Math.max(low, z));
  return {
    at(z) {
      const near = inside(z);
      return periodic || near === z ? curve.at(near) : curve.at(near) + (z - near) * curve.slope(near);
    },
    slope: (z) => curve.slope(inside(z)),
  };
}
