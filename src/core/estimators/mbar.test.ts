import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { binnedFreeEnergy } from './binned-free-energy.ts';
import { type MbarSolution, mbar } from './mbar.ts';
import { expectation, freeEnergyCovariance, targetWeights, weightedSampleSize } from './reweighting.ts';

const BASE = 20;
const SPRING = 100;
const CENTERS = [0, 0.2, 0.4, 0.6];
/** State 0 is the base alone: f = K0 Ku c^2 / (2 (K0 + Ku)) against an umbrella at 0. */
const EXACT = CENTERS.map((c) => (BASE * SPRING * c * c) / (2 * (BASE + SPRING)));

function normals(count: number, seed: number, walker: number): Float64Array {
  const stream = new RandomStream(seed, 'mbar test');
  const out = new Float64Array(Math.ceil(count / 4) * 4);
  for (let i = 0; i < count; i += 4) stream.normals(walker, i / 4, out, i);
  return out.subarray(0, count);
}

/** Exact samples of the harmonic umbrellas at `centers`, window after window. */
function harmonic(centers: readonly number[], count: number, seed: number): Float64Array {
  const spread = 1 / Math.sqrt(BASE + SPRING);
  return Float64Array.from(
    centers.flatMap((c, w) =>
      Array.from(normals(count, seed, w), (z) => (c * SPRING) / (BASE + SPRING) + spread * z),
    ),
  );
}

/** Biases of each sample in each state, sign +1 for the right ones. */
function biases(x: Float64Array, centers: readonly number[], spring = SPRING, sign = 1): Float64Array {
  const out = new Float64Array(x.length * centers.length);
  x.forEach((value, n) => {
    centers.forEach((c, k) => {
      out[n * centers.length + k] = (sign * spring * (value - c) ** 2) / 2;
    });
  });
  return out;
}

function solveHarmonic(count: number, seed: number, sign = 1): { x: Float64Array; solution: MbarSolution } {
  const x = harmonic(CENTERS, count, seed);
  return {
    x,
    solution: mbar({ reduced: biases(x, CENTERS, SPRING, sign), windowSizes: CENTERS.map(() => count) }),
  };
}

const errors = (solution: MbarSolution) => {
  const states = solution.freeEnergy.length;
  const covariance = freeEnergyCovariance(solution);
  return Float64Array.from({ length: states }, (_, k) => Math.sqrt(covariance[k * states + k]));
};

/** Inverse of a small matrix by Gauss and Jordan. */
function inverse(matrix: number[][]): number[][] {
  const n = matrix.length;
  const a = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const pivot = a[i][i];
    a[i] = a[i].map((value) => value / pivot);
    for (let k = 0; k < n; k++) {
      const factor = a[k][i];
      if (k !== i) a[k] = a[k].map((value, j) => value - factor * a[i][j]);
    }
  }
  return a.map((row) => row.slice(n));
}

describe('mbar', () => {
  it('finds 1/3, 4/3 and 3 for harmonic umbrellas', () => {
    expect([1, 2, 3].map((k) => EXACT[k])).toEqual(
      [1 / 3, 4 / 3, 3].map((value) => expect.closeTo(value, 12)),
    );
    const { solution } = solveHarmonic(5000, 1);
    const stderr = errors(solution);
    expect(solution.converged).toBe(true);
    expect(solution.residual).toBeLessThan(1e-6);
    expect(stderr[0]).toBe(0);
    for (let k = 1; k < 4; k++) {
      expect(Math.abs(solution.freeEnergy[k] - EXACT[k]) / stderr[k]).toBeLessThan(4);
      expect(stderr[k]).toBeLessThan(0.05);
    }
  });

  it('rejects a bias of the wrong sign', () => {
    const { solution } = solveHarmonic(5000, 1, -1);
    expect(Math.abs(solution.freeEnergy[3] - EXACT[3]) / errors(solution)[3]).toBeGreaterThan(10);
  });

  it('has the error bars of Shirts and Chodera, equation 8', () => {
    const { solution, x } = solveHarmonic(4000, 2);
    const u = biases(x, CENTERS);
    const indices = CENTERS.map((_, k) => k);
    const product = indices.map(() => indices.map(() => 0));
    x.forEach((_, n) => {
      const W = indices.map((k) =>
        Math.exp(solution.freeEnergy[k] - u[n * 4 + k] - solution.logDenominator[n]),
      );
      for (const i of indices) for (const j of indices) product[i][j] += W[i] * W[j];
    });
    // Theta = [(W^T W)^-1 - N + 1 1^T / sum N]^-1, equation D3 of the paper, for states with samples.
    const theta = inverse(
      inverse(product).map((row, i) => row.map((value, j) => value - (i === j ? 4000 : 0) + 1 / 16000)),
    );
    const covariance = freeEnergyCovariance(solution);
    for (const i of indices) {
      for (const j of indices.filter((other) => other !== i)) {
        const expected = theta[i][i] + theta[j][j] - 2 * theta[i][j];
        const variance = covariance[i * 4 + i] + covariance[j * 4 + j] - 2 * covariance[i * 4 + j];
        expect(variance / expected).toBeGreaterThan(0.95);
        expect(variance / expected).toBeLessThan(1.05);
      }
    }
  });

  it('claims errors that cover the truth over 40 seeds, correlated samples included', () => {
    for (const repeats of [1, 3]) {
      let [within1, within3, all] = [0, 0, 0];
      for (let seed = 0; seed < 40; seed++) {
        const once = harmonic(CENTERS, 300, 100 + seed);
        const x = Float64Array.from(
          { length: repeats * once.length },
          (_, n) => once[Math.floor(n / repeats)],
        );
        const solution = mbar({
          reduced: biases(x, CENTERS),
          windowSizes: CENTERS.map(() => 300 * repeats),
          statisticalInefficiency: CENTERS.map(() => repeats),
        });
        const stderr = errors(solution);
        const bins = binnedFreeEnergy(
          solution,
          targetWeights(solution),
          Int32Array.from(x, (value) => (value < 0.2 ? 0 : 1)),
          2,
        );
        const tail = -Math.log(upperTail(0.2 * Math.sqrt(BASE)));
        const zs = [1, 2, 3].map((k) => (solution.freeEnergy[k] - EXACT[k]) / stderr[k]);
        zs.push((bins.freeEnergy[1] + bins.offset - tail) / bins.stderr[1]);
        for (const z of zs) {
          all++;
          if (Math.abs(z) < 1) within1++;
          if (Math.abs(z) < 3) within3++;
        }
      }
      expect(within1 / all).toBeGreaterThan(0.55);
      expect(within1 / all).toBeLessThan(0.8);
      expect(within3 / all).toBeGreaterThan(0.95);
    }
  });

  it('predicts states without samples, and observables in them', () => {
    const x = harmonic(CENTERS.slice(1), 5000, 3);
    // Umbrellas at .2, .4, .6 sampled; predicted: the one at .3, and the base alone.
    const states = [0.3, ...CENTERS.slice(1)];
    const reduced = biases(x, states);
    const solution = mbar({ reduced, windowSizes: [0, 5000, 5000, 5000] });
    const stderr = errors(solution);
    const f = (c: number) => (BASE * SPRING * c * c) / (2 * (BASE + SPRING));
    for (let k = 1; k < 4; k++) {
      expect(Math.abs(solution.freeEnergy[k] - (f(states[k]) - f(0.3))) / stderr[k]).toBeLessThan(4);
      expect(stderr[k]).toBeLessThan(0.1);
    }
    const weights = targetWeights(
      solution,
      Float64Array.from(x, (value) => (SPRING * (value - 0.3) ** 2) / 2),
    );
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    const mean = expectation(solution, weights, x);
    expect(Math.abs(mean.value - 0.25) / mean.stderr).toBeLessThan(4);
    expect(mean.stderr).toBeLessThan(0.005);
    const size = weightedSampleSize(weights, solution);
    expect(size).toBeGreaterThan(3000);
    expect(size).toBeLessThan(15_000);
  });

  it('has the window means c Ku / (K0 + Ku) as expectations', () => {
    const { x, solution } = solveHarmonic(4000, 4);
    CENTERS.forEach((c) => {
      const weights = targetWeights(
        solution,
        Float64Array.from(x, (value) => (SPRING * (value - c) ** 2) / 2),
      );
      const { value, stderr } = expectation(solution, weights, x);
      expect(Math.abs(value - (c * SPRING) / (BASE + SPRING)) / stderr).toBeLessThan(4);
    });
  });

  it('gives no number between windows that share nothing', () => {
    const centers = [0, 0.2, 9, 9.2];
    const x = harmonic(centers, 1000, 5);
    const solution = mbar({ reduced: biases(x, centers), windowSizes: [1000, 1000, 1000, 1000] });
    expect([...errors(solution)].map(Number.isFinite)).toEqual([true, true, false, false]);
    expect(expectation(solution, targetWeights(solution), x).value).toBeNaN();
    const bins = binnedFreeEnergy(
      solution,
      targetWeights(solution),
      Int32Array.from(x, (v) => (v > 4 ? 1 : 0)),
      2,
    );
    expect([...bins.freeEnergy]).toEqual([Number.NaN, Number.NaN]);
  });

  it('starts well: 30 windows, up to 70 kT apart', () => {
    const centers = Array.from({ length: 30 }, (_, k) => 0.1 * k);
    const x = harmonic(centers, 2000, 6);
    const reduced = biases(x, centers);
    const solution = mbar({ reduced, windowSizes: centers.map(() => 2000) });
    expect(solution.converged).toBe(true);
    expect(solution.iterations).toBeLessThan(8);
    const exact = (BASE * SPRING * 2.9 ** 2) / (2 * (BASE + SPRING));
    expect(Math.abs(solution.freeEnergy[29] - exact) / errors(solution)[29]).toBeLessThan(4);
  });

  it('refuses window sizes that do not fit', () => {
    expect(() => mbar({ reduced: new Float64Array(8), windowSizes: [1, 2] })).toThrow(RangeError);
    expect(() => mbar({ reduced: new Float64Array(0), windowSizes: [0, 0] })).toThrow(RangeError);
  });
});

/** Chance of a standard normal above z, by quadrature. */
function upperTail(z: number): number {
  const h = 1e-3;
  let sum = 0;
  for (let i = 0; i < 10_000; i++) sum += Math.exp(-((z + (i + 0.5) * h) ** 2) / 2) * h;
  return sum / Math.sqrt(2 * Math.PI);
}
