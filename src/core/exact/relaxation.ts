/** The slowest relaxation times of a generator: 1 / lambda of -L f = lambda f, the equilibrium mode left out. */
import { RandomStream } from '../numerics/random.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import type { Task } from '../numerics/task.ts';
import type { GridGenerator } from './generator.ts';
import { conductance, connected, eliminate, neighbours } from './network.ts';

export interface SlowModes {
  /** Relaxation times, longest first. */
  readonly times: Float64Array;
  /** Eigenfunction of each: mean 0 and variance 1 at equilibrium, any sign; NaN in cells shut off from the deepest one. */
  readonly functions: readonly Float64Array[];
}

/** Residual of an eigenfunction relative to its time; the error of the time is about its square. */
const CONVERGED = 1e-6;
const MOST_ROUNDS = 30;
/** A mode this many times slower than the next is deflated. */
const ISOLATED = 1e3;
/** Share of a function outside the space below which it adds nothing but rounding. */
const DEPENDENT = 1e-12;
/** Fraction done when the network is eliminated, and share of the rest that a round is counted as. */
const ELIMINATED = 0.5;
const ROUND_SHARE = 0.2;

/**
 * The `count` slowest relaxation times. Times may lie up to 20 orders of magnitude apart.
 * @throws Error when they do not converge
 */
export function* relaxationTimes(grid: GridGenerator, count: number): Task<Float64Array> {
  return (yield* slowModes(grid, count)).times;
}

/**
 * The `count` slowest modes by a block Krylov method on the inverse of -L (Golub, Underwood, in Mathematical Software III,
 * 361 (1977)), which is self-adjoint under the equilibrium weights. A mode that is far slower than the next is deflated as
 * soon as it is found: its rounding errors would hide the others.
 * @throws Error when they do not converge
 */
export function* slowModes(grid: GridGenerator, count: number): Task<SlowModes> {
  const inverse = yield* pseudoInverse(grid);
  const start = randomBlock(grid.weights.length, count);
  const found: Mode[] = [];
  let space = new KrylovSpace(inverse);
  let block = start.map((f) => inverse.apply(f));
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    block = block.flatMap((f) => space.extend(f) ?? []);
    const [slowest, ...others] = space.modes(count - found.length);
    if (found.length + 1 + others.length === count && [slowest, ...others].every(isSettled))
      return finished([...found, slowest, ...others], inverse);
    if (isSettled(slowest) && !(slowest.time < ISOLATED * others[0]?.time)) {
      found.push(polished(slowest, inverse));
      const rest = deflated(inverse, found);
      space = new KrylovSpace(rest);
      block = start.map((f) => rest.apply(f));
    }
    if (block.length === 0) break;
    yield 1 - (1 - ELIMINATED) * (1 - ROUND_SHARE) ** round;
  }
  throw new Error('no convergence');
}

/** Exponentials that a correlation function is made of: more do not change it. */
const LINES = 24;

/**
 * The correlation function of `f` as a sum of weight exp(-t / time), by the Lanczos method on the inverse of -L, started at
 * `f`: the Gauss quadrature of its spectral measure, so that the area is exact. Weights add up to the variance.
 */
export function* spectrumOf(
  grid: GridGenerator,
  f: Float64Array,
): Task<{ readonly time: number; readonly weight: number }[]> {
  const inverse = yield* pseudoInverse(grid);
  const mean = inner(inverse, f, new Float64Array(f.length).fill(1));
  const centred = f.map((value, k) => (inverse.probabilities[k] > 0 ? value - mean : 0));
  const space = new KrylovSpace(inverse);
  let next: Float64Array | null = centred;
  for (let line = 0; line < LINES && next; line++) next = space.extend(next);
  return space
    .modes(LINES)
    .filter(({ time }) => time > 0)
    .map((mode) => ({ time: mode.time, weight: inner(inverse, mode.f, centred) ** 2 }));
}

interface Mode {
  readonly time: number;
  /** Normalised, finite in all cells. */
  readonly f: Float64Array;
  /** Norm of (inverse - time) f. */
  readonly residual: number;
}

function isSettled({ time, residual }: Mode): boolean {
  return residual < CONVERGED * time;
}

function finished(modes: readonly Mode[], { probabilities }: PseudoInverse): SlowModes {
  return {
    times: Float64Array.from(modes, ({ time }) => time),
    functions: modes.map(({ f }) => f.map((value, k) => (probabilities[k] > 0 ? value : Number.NaN))),
  };
}

/** Power iterations take off what is left of faster modes. */
function polished(mode: Mode, inverse: PseudoInverse): Mode {
  let { f } = mode;
  for (let step = 0; step < 3; step++) {
    const image = inverse.apply(f);
    const norm = Math.sqrt(inner(inverse, image, image));
    f = image.map((value) => value / norm);
  }
  return { ...mode, f };
}

function deflated(inverse: PseudoInverse, modes: readonly Mode[]): PseudoInverse {
  const project = (f: Float64Array): Float64Array => {
    const rest = f.slice();
    for (const mode of modes) subtract(rest, mode.f, inner(inverse, rest, mode.f));
    return rest;
  };
  return { ...inverse, apply: (f) => project(inverse.apply(project(f))) };
}

interface PseudoInverse {
  /** Equilibrium probability of each cell; 0 for those shut off from the deepest one. */
  readonly probabilities: Float64Array;
  /** The solution u of -L u = f - mean(f) with mean 0. */
  apply(f: Float64Array): Float64Array;
}

/** With the deepest cell grounded the equations are regular, and the constant that this adds is taken off again. */
function* pseudoInverse(grid: GridGenerator): Task<PseudoInverse> {
  const { weights } = grid;
  const deepest = weights.indexOf(1);
  const walls = Uint8Array.from(weights, (weight) => (weight === 0 ? 1 : 0));
  const free = connected(
    grid,
    Uint8Array.from(weights, (_, k) => (k === deepest ? 1 : 0)),
    walls,
  );
  const probabilities = weights.map((weight, k) => (free[k] ? weight : 0));
  const total = probabilities.reduce((a, b) => a + b, 0);
  for (let k = 0; k < weights.length; k++) probabilities[k] /= total;
  const ground = new Float64Array(weights.length);
  for (const next of neighbours(grid, deepest)) ground[next] = conductance(grid, deepest, next);
  free[deepest] = 0;
  const elimination = eliminate({ ...grid, free, ground });
  let state = elimination.next();
  for (; !state.done; state = elimination.next()) yield ELIMINATED * state.value;
  const { solve } = state.value;
  const centred = (f: Float64Array): Float64Array => {
    let mean = 0;
    for (let k = 0; k < f.length; k++) mean += probabilities[k] * f[k];
    return f.map((value) => value - mean);
  };
  return {
    probabilities,
    apply: (f) => centred(solve(centred(f).map((value, k) => value * weights[k]))),
  };
}

/** Orthonormal functions, their images under the inverse, and the inverse projected on them. */
class KrylovSpace {
  private readonly basis: Float64Array[] = [];
  private readonly images: Float64Array[] = [];
  private readonly projected: number[][] = [];

  constructor(private readonly inverse: PseudoInverse) {}

  /** Adds a function and returns its image, the next to add; null if the function is in the space already. */
  extend(f: Float64Array): Float64Array | null {
    const added = f.slice();
    const before = this.norm(added);
    // A second pass takes off what rounding left of the first.
    for (let pass = 0; pass < 2; pass++)
      for (const other of this.basis) subtract(added, other, inner(this.inverse, added, other));
    const norm = this.norm(added);
    if (!(norm > DEPENDENT * before)) return null;
    const unit = added.map((value) => value / norm);
    const image = this.inverse.apply(unit);
    this.basis.push(unit);
    this.images.push(image);
    const row = this.basis.map((other) => inner(this.inverse, other, image));
    for (const [k, value] of row.slice(0, -1).entries()) this.projected[k].push(value);
    this.projected.push(row);
    return image;
  }

  /** The slowest modes that the space holds, at most `count`. */
  modes(count: number): Mode[] {
    const { values, vectors } = symmetricEigen(this.projected);
    const slowest = vectors.map((mix, k) => ({ mix, time: values[k] })).slice(-count);
    return slowest.toReversed().map(({ mix, time }) => {
      const f = combine(this.basis, mix);
      const difference = combine(this.images, mix);
      subtract(difference, f, time);
      return { time, f, residual: this.norm(difference) };
    });
  }

  private norm(f: Float64Array): number {
    return Math.sqrt(inner(this.inverse, f, f));
  }
}

/** Mean of f g at equilibrium. */
function inner({ probabilities }: PseudoInverse, f: Float64Array, g: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < f.length; k++) sum += probabilities[k] * f[k] * g[k];
  return sum;
}

/** f -= factor g */
function subtract(f: Float64Array, g: Float64Array, factor: number): void {
  for (let k = 0; k < f.length; k++) f[k] -= factor * g[k];
}

function combine(functions: readonly Float64Array[], factors: readonly number[]): Float64Array {
  const sum = new Float64Array(functions[0].length);
  functions.forEach((f, k) => {
    subtract(sum, f, -factors[k]);
  });
  return sum;
}

function randomBlock(cells: number, count: number): Float64Array[] {
  const stream = new RandomStream(1, 'relaxation');
  return Array.from({ length: count }, (_, b) => {
    const out = new Float64Array(4 * Math.ceil(cells / 4));
    for (let offset = 0; offset < out.length; offset += 4) stream.normals(b, offset / 4, out, offset);
    return out.subarray(0, cells);
  });
}
