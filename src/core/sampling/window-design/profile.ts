/** A smooth free energy from probes: slopes and curvatures fitted together, place by place. */
import { shortest } from '../../dynamics/bias-term.ts';
import { linspace } from '../../numerics/results.ts';
import type { Probe } from './probes.ts';

/** At evenly spaced places, which on a ring go once round without the last. Energies are not divided by kT. */
export interface Profile {
  readonly at: Float64Array;
  /** Minimum 0. */
  readonly F: Float64Array;
  readonly slope: Float64Array;
  readonly curvature: Float64Array;
  /** Standard error of the curvature. */
  readonly curvatureError: Float64Array;
}

const NODES = 401;
/** Width of the kernel in spacings of the probes. */
const BANDWIDTH = 0.85;
/** Weights that a fit of three coefficients needs at least. */
const LEAST_WEIGHT = 4;

interface Fit {
  readonly slope: number;
  readonly curvature: number;
  readonly curvatureError: number;
}

/**
 * Local quadratic fits of F' (Fan, Gijbels, Local Polynomial Modelling, 1996, chapter 3), to measured slopes and curvatures
 * at once, weighted by their errors; F is the integral.
 * @param range places outside it, and beyond the outermost probes, are left out  @param period of a ring
 */
export function profileOf(
  probes: readonly Probe[],
  range: readonly [number, number],
  spacing: number,
  period?: number,
): Profile {
  const at = nodesOf(probes, range, period);
  const fits = Array.from(at, (z) => localFit(probes, z, BANDWIDTH * spacing, period));
  const slope = Float64Array.from(fits, (fit) => fit.slope);
  // What is left over after once round is noise.
  if (period !== undefined) {
    const left = slope.reduce((a, b) => a + b, 0) / slope.length;
    slope.forEach((value, i) => {
      slope[i] = value - left;
    });
  }
  return {
    at,
    F: integrated(at, slope),
    slope,
    curvature: Float64Array.from(fits, ({ curvature }) => curvature),
    curvatureError: Float64Array.from(fits, ({ curvatureError }) => curvatureError),
  };
}

function nodesOf(probes: readonly Probe[], [low, high]: readonly [number, number], period?: number) {
  if (period !== undefined) return linspace(low, low + period, NODES).slice(0, -1);
  const places = probes.map(({ at }) => at);
  return linspace(Math.max(low, Math.min(...places)), Math.min(high, Math.max(...places)), NODES);
}

function localFit(probes: readonly Probe[], z: number, bandwidth: number, period?: number): Fit {
  const away = probes.map(({ at }) => shortest(at - z, period));
  let width = bandwidth;
  const kernel = (u: number) => Math.exp(-0.5 * (u / width) ** 2);
  // Where walkers jumped there are few probes near by.
  while (away.reduce((sum, u) => sum + kernel(u), 0) < LEAST_WEIGHT) width *= 1.25;
  const [normal, squared] = [new Float64Array(9), new Float64Array(9)];
  const right = new Float64Array(3);
  const add = (row: readonly number[], value: number, error: number, share: number) => {
    const weight = share / error ** 2;
    row.forEach((a, i) => {
      right[i] += weight * a * value;
      row.forEach((b, j) => {
        normal[3 * i + j] += weight * a * b;
        squared[3 * i + j] += weight * share * a * b;
      });
    });
  };
  probes.forEach(({ slope, slopeError, curvature, curvatureError }, n) => {
    const u = away[n] / width;
    const share = kernel(away[n]);
    add([1, u, (u * u) / 2], slope, slopeError, share);
    add([0, 1 / width, u / width], curvature, curvatureError, share);
  });
  const inverse = inverted(normal);
  const row = (i: number) => [0, 1, 2].map((j) => inverse[3 * i + j]);
  const dot = (a: readonly number[]) => a.reduce((sum, value, i) => sum + value * right[i], 0);
  const second = row(1);
  const variance = second.reduce(
    (sum, a, i) => sum + second.reduce((inner, b, j) => inner + a * b * squared[3 * i + j], 0),
    0,
  );
  return {
    slope: dot(row(0)),
    curvature: dot(second) / width,
    curvatureError: Math.sqrt(variance) / width,
  };
}

/** Inverse of a symmetric 3 x 3 matrix by its cofactors. */
function inverted(m: Float64Array): Float64Array {
  const minor = (i: number, j: number) => {
    const [a, b] = [(i + 1) % 3, (i + 2) % 3];
    const [c, d] = [(j + 1) % 3, (j + 2) % 3];
    return m[3 * a + c] * m[3 * b + d] - m[3 * a + d] * m[3 * b + c];
  };
  const determinant = [0, 1, 2].reduce((sum, j) => sum + m[j] * minor(0, j), 0);
  return Float64Array.from({ length: 9 }, (_, k) => minor(Math.floor(k / 3), k % 3) / determinant);
}

function integrated(at: Float64Array, slope: Float64Array): Float64Array {
  const F = new Float64Array(at.length);
  for (let i = 1; i < at.length; i++) F[i] = F[i - 1] + ((slope[i] + slope[i - 1]) / 2) * (at[i] - at[i - 1]);
  const lowest = F.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return F.map((value) => value - lowest);
}
