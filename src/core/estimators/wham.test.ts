import { describe, expect, it } from 'vitest';
import { Cumulative } from '../numerics/cumulative.ts';
import { RandomStream } from '../numerics/random.ts';
import { binnedFreeEnergy } from './binned-free-energy.ts';
import { mbar } from './mbar.ts';
import { targetWeights } from './reweighting.ts';
import { wham } from './wham.ts';

/** Butane, Ryckaert-Bellemans, in kT at 300 K; trans at +-pi, that is at the seam. */
const RT = 0.0083144626 * 300;
const butane = (phi: number) => {
  const c = Math.cos(phi - Math.PI);
  return [9.28, 12.16, -13.12, -3.06, 26.24, -31.5].reduce((sum, C, n) => sum + C * c ** n, 0) / RT;
};
const wrap = (phi: number) => phi - 2 * Math.PI * Math.round(phi / (2 * Math.PI));
const WINDOWS = 36;
const CENTERS = Array.from({ length: WINDOWS }, (_, k) => -Math.PI + (2 * Math.PI * k) / WINDOWS);
/** Stiffer than the barriers are curved, or no window would stay on top. */
const SPRING = 150;
const bias = (phi: number, k: number) => (SPRING / 2) * wrap(phi - CENTERS[k]) ** 2;
const ANGLES = Float64Array.from({ length: 3601 }, (_, i) => -Math.PI + (2 * Math.PI * i) / 3600);
const LAWS = CENTERS.map(
  (_, k) =>
    new Cumulative(
      ANGLES,
      ANGLES.map((phi) => Math.exp(-butane(phi) - bias(phi, k))),
    ),
);

/** Exact samples of each window, window after window. */
function samples(count: number, seed: number): Float64Array {
  const stream = new RandomStream(seed, 'butane');
  const u = new Float64Array(4);
  const out = new Float64Array(count * WINDOWS);
  for (let n = 0; n < out.length; n++) {
    const k = Math.floor(n / count);
    if (n % 4 === 0) stream.uniforms(0, n / 4, u);
    out[n] = LAWS[k].quantile(u[n % 4]);
  }
  return out;
}

const binOf = (phi: number, bins: number) =>
  Math.min(bins - 1, Math.floor(((phi + Math.PI) / (2 * Math.PI)) * bins));

function histogram(x: Float64Array, bins: number, sign = 1, seamless = true) {
  const counts = new Float64Array(WINDOWS * bins);
  x.forEach((phi, n) => {
    counts[Math.floor((n * WINDOWS) / x.length) * bins + binOf(phi, bins)]++;
  });
  const biases = counts.map((_, index) => {
    const [k, phi] = [Math.floor(index / bins), -Math.PI + (2 * Math.PI * ((index % bins) + 0.5)) / bins];
    return sign * (seamless ? bias(phi, k) : (SPRING / 2) * (phi - CENTERS[k]) ** 2);
  });
  return wham({ counts, bias: biases, windows: WINDOWS });
}

/** -log of each bin's share, by quadrature. */
function exact(bins: number): Float64Array {
  const per = 50;
  const shares = Float64Array.from({ length: bins }, (_, b) => {
    let sum = 0;
    for (let i = 0; i < per; i++)
      sum += Math.exp(-butane(-Math.PI + (2 * Math.PI * (b + (i + 0.5) / per)) / bins));
    return sum;
  });
  const total = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => -Math.log(share / total));
}

function worst(F: Float64Array, offset: number, stderr: Float64Array, truth: Float64Array): number {
  return F.reduce((most, value, b) => Math.max(most, Math.abs((value + offset - truth[b]) / stderr[b])), 0);
}

describe('wham', () => {
  const x = samples(1000, 1);

  it('is right around the ring of the butane torsion, across the seam', () => {
    const { freeEnergy, offset, stderr, solution } = histogram(x, 180);
    expect(solution.converged).toBe(true);
    expect(worst(freeEnergy, offset, stderr, exact(180))).toBeLessThan(5);
    expect(Math.max(...stderr)).toBeLessThan(0.3);
    expect(Math.max(...freeEnergy)).toBeGreaterThan(15);
    expect(Math.min(...freeEnergy)).toBe(0);
  });

  it('rejects a bias of the wrong sign and one that does not see the seam', () => {
    // In kT, not in standard errors: a wrong model has windows that disagree, and wide errors.
    const plain = new Float64Array(180).fill(1);
    const off = [histogram(x, 180), histogram(x, 180, -1)].map((result) =>
      worst(result.freeEnergy, result.offset, plain, exact(180)),
    );
    expect(off[0]).toBeLessThan(1);
    expect(off[1]).toBeGreaterThan(3);
    // Blind to the seam, a window disowns its own samples beyond it, and the windows fall apart.
    expect(histogram(x, 180, 1, false).freeEnergy.every(Number.isNaN)).toBe(true);
  });

  it('satisfies the equations of the method', () => {
    const bins = 90;
    const counts = new Float64Array(WINDOWS * bins);
    x.forEach((phi, n) => {
      counts[Math.floor(n / 1000) * bins + binOf(phi, bins)]++;
    });
    const { freeEnergy, windowFreeEnergy } = histogram(x, bins);
    const center = (j: number) => -Math.PI + (2 * Math.PI * (j + 0.5)) / bins;
    const shares = Array.from({ length: bins }, (_, j) => {
      let [visits, expected] = [0, 0];
      for (let k = 0; k < WINDOWS; k++) {
        visits += counts[k * bins + j];
        expected += 1000 * Math.exp(windowFreeEnergy[k] - bias(center(j), k));
      }
      return visits / expected;
    });
    for (let k = 0; k < WINDOWS; k++) {
      const sum = shares.reduce((total, share, j) => total + share * Math.exp(-bias(center(j), k)), 0);
      expect(-Math.log(sum)).toBeCloseTo(windowFreeEnergy[k], 6);
    }
    const largest = Math.max(...shares);
    shares.forEach((share, j) => {
      expect(-Math.log(share / largest)).toBeCloseTo(freeEnergy[j], 6);
    });
  });

  it('tends to MBAR as bins shrink', () => {
    const reduced = new Float64Array(x.length * WINDOWS);
    x.forEach((phi, n) => {
      for (let k = 0; k < WINDOWS; k++) reduced[n * WINDOWS + k] = bias(phi, k);
    });
    const solution = mbar({ reduced, windowSizes: CENTERS.map(() => 1000) });
    const distances = [36, 72, 144, 288, 1152].map((bins) =>
      histogram(x, bins).windowFreeEnergy.reduce(
        (most, f, k) => Math.max(most, Math.abs(f - solution.freeEnergy[k])),
        0,
      ),
    );
    for (let i = 1; i < distances.length; i++) expect(distances[i]).toBeLessThan(distances[i - 1]);
    expect(distances.at(-1)).toBeLessThan(0.05 * distances[0]);
    expect(distances.at(-1)).toBeLessThan(0.01);
    const bin = Int32Array.from(x, (phi) => binOf(phi, 60));
    const { freeEnergy, offset, stderr } = binnedFreeEnergy(solution, targetWeights(solution), bin, 60);
    expect(worst(freeEnergy, offset, stderr, exact(60))).toBeLessThan(5);
  });

  it('claims errors that cover the truth over 40 seeds', () => {
    const bins = 120;
    const truth = exact(bins);
    let [within1, within3, all] = [0, 0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const { freeEnergy, offset, stderr } = histogram(samples(200, 50 + seed), bins);
      for (let b = 5; b < bins; b += 10) {
        if (Number.isNaN(freeEnergy[b])) continue;
        const z = Math.abs((freeEnergy[b] + offset - truth[b]) / stderr[b]);
        all++;
        if (z < 1) within1++;
        if (z < 3) within3++;
      }
    }
    expect(within1 / all).toBeGreaterThan(0.55);
    expect(within1 / all).toBeLessThan(0.8);
    expect(within3 / all).toBeGreaterThan(0.95);
  });

  it('says nothing of bins never visited and gives no number between disconnected windows', () => {
    const flat = { bias: new Float64Array(8), windows: 2 };
    const { freeEnergy, stderr } = wham({ ...flat, counts: Float64Array.of(5, 5, 0, 0, 0, 10, 0, 0) });
    expect(freeEnergy[0]).toBeCloseTo(Math.log(3), 12);
    expect([freeEnergy[1], freeEnergy[2], stderr[3]]).toEqual([0, Number.NaN, Number.NaN]);
    const apart = Float64Array.of(0, 0, 900, 900, 900, 900, 0, 0);
    const { freeEnergy: none } = wham({
      windows: 2,
      bias: apart,
      counts: Float64Array.of(5, 5, 0, 0, 0, 0, 5, 5),
    });
    expect([...none].every(Number.isNaN)).toBe(true);
    expect(() => wham({ ...flat, counts: new Float64Array(6) })).toThrow(RangeError);
    expect(() => wham({ ...flat, counts: new Float64Array(8) })).toThrow(RangeError);
  });
});
