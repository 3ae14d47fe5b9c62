/**
 * Coarse projective integration (Gear, Kevrekidis, SIAM J. Sci. Comput. 24, 1091 (2003); of distributions: Gear, Kevrekidis,
 * Theodoropoulos, Comput. Chem. Eng. 26, 941 (2002)): a short burst of the full system shows how the coarse variables change,
 * and they are carried on along that line without it.
 *
 * The coarse variables are the distribution of the slow variable, as the coefficients of its quantile function in Hermite polynomials
 * of the normal quantile: mean, spread, skewness and so on.
 */
import { normalQuantile } from '../../numerics/normal.ts';

/** Coefficients c_k of z(u) = sum of c_k He_k(g(u)), g the normal quantile. */
export type Shape = Float64Array;

const TERMS = 4;
const FACTORIALS = [1, 1, 2, 6];

/** The distribution of these values. */
export function shapeOf(z: Float64Array): Shape {
  const sorted = z.slice().sort();
  const out = new Float64Array(TERMS);
  const norms = new Float64Array(TERMS);
  sorted.forEach((value, i) => {
    const basis = hermite(normalQuantile((i + 0.5) / z.length));
    for (let k = 0; k < TERMS; k++) {
      out[k] += value * basis[k];
      norms[k] += FACTORIALS[k];
    }
  });
  return out.map((sum, k) => sum / norms[k]);
}

/** `count` values that stand for the distribution: its quantiles at equal steps. */
export function valuesOf(shape: Shape, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const basis = hermite(normalQuantile((i + 0.5) / count));
    return shape.reduce((sum, c, k) => sum + c * basis[k], 0);
  });
}

function hermite(g: number): readonly number[] {
  return [1, g, g * g - 1, g * g * g - 3 * g];
}

/** The full system, as projective integration uses it. */
export interface MicroBurst<T> {
  /** States of the full system with this distribution of the slow variable, healed. */
  lift(shape: Shape): T;
  /** Goes on for `time`; the distribution of the slow variable then, or null if there is nothing left to spend. */
  run(state: T, time: number): Shape | null;
}

export interface ProjectiveStep {
  readonly time: number;
  readonly shape: Shape;
}

/**
 * Steps from `start` to `end`: a burst of `settle` (whose change is not used), one of `measure`, and a leap of `leap` along the
 * change over the second.
 */
export function* projectiveIntegration<T>(
  micro: MicroBurst<T>,
  start: Shape,
  end: number,
  { settle, measure, leap }: { readonly settle: number; readonly measure: number; readonly leap: number },
): Generator<ProjectiveStep, void, void> {
  let [time, shape] = [0, start];
  yield { time, shape };
  while (time < end) {
    const state = micro.lift(shape);
    const before = settle > 0 ? micro.run(state, settle) : shape;
    const after = before && micro.run(state, measure);
    if (!before || !after) return;
    const far = Math.min(leap, Math.max(0, end - time - settle - measure));
    shape = after.map((c, k) => c + (far / measure) * (c - before[k]));
    time += settle + measure + far;
    yield { time, shape };
  }
}
