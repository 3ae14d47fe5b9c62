import { expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { binnedFreeEnergy } from './binned-free-energy.ts';
import { mbar } from './mbar.ts';
import { targetWeights } from './reweighting.ts';

const SPRINGS = [1, 4];
const BINS = 8;

/** Samples of two harmonic wells of different width, each repeated `copies` times in a row, in groups of `perGroup` rows. */
function errors(copies: number, perGroup: number, grouped: boolean): Float64Array {
  const count = 8000;
  const stream = new RandomStream(3, 'reweighting test');
  const x = SPRINGS.flatMap((spring, k) => {
    const z = new Float64Array(count / copies);
    for (let i = 0; i < z.length; i += 4) stream.normals(k, i / 4, z, i);
    return Array.from({ length: count }, (_, n) => z[Math.floor(n / copies)] / Math.sqrt(spring));
  });
  const reduced = Float64Array.from(x.flatMap((value) => SPRINGS.map((spring) => (spring * value ** 2) / 2)));
  const solution = mbar({ reduced, windowSizes: SPRINGS.map(() => count) });
  const wide = Float64Array.from(x, (value) => value ** 2 / 2);
  const bin = Int32Array.from(x, (value) => {
    const place = Math.floor((value + 2) * (BINS / 4));
    return place >= 0 && place < BINS ? place : -1;
  });
  const groups = Int32Array.from(x, (_, n) => Math.floor((n % count) / perGroup));
  const weights = targetWeights(solution, wide);
  return binnedFreeEnergy(solution, weights, bin, BINS, grouped ? groups : undefined).stderr;
}

const meanRatio = (a: Float64Array, b: Float64Array) =>
  Math.exp(a.reduce((sum, value, i) => sum + Math.log(value / b[i]) / a.length, 0));

it('has the asymptotic errors from the spread between groups of independent samples', () => {
  // 80 groups give a variance to 16 %, eight nearly independent bins an error to 4 %.
  expect(Math.abs(meanRatio(errors(1, 100, true), errors(1, 100, false)) - 1)).toBeLessThan(0.12);
});

it('sees by groups what repeats itself within them', () => {
  expect(Math.abs(meanRatio(errors(25, 100, true), errors(25, 100, false)) / 5 - 1)).toBeLessThan(0.12);
});
