import { expect, test } from 'vitest';
import { RandomStream } from '../core/numerics/random.ts';
import { drawBuffer, fillNormals, fillUniforms } from './draws.ts';
import { flatSampler, plainSampler, type Sampler } from './minibatch.ts';

const DRAWS = 100_000;

/** Slow variable in two deep wells at -1 and 1, and y = +1 or -1 with P(+1) = 0.8 above 0 and 0.3 below. */
function wells(count: number) {
  const normals = drawBuffer(count);
  const uniforms = drawBuffer(2 * count);
  fillNormals(new RandomStream(5, 'test normals'), 0, normals);
  fillUniforms(new RandomStream(5, 'test uniforms'), 0, uniforms);
  const cv = Float32Array.from(
    { length: count },
    (_, i) => (uniforms[2 * i] < 0.5 ? -1 : 1) + 0.3 * normals[i],
  );
  const y = Float32Array.from(cv, (c, i) => (uniforms[2 * i + 1] < (c > 0 ? 0.8 : 0.3) ? 1 : -1));
  return { cv, y };
}

function drawn(sampler: Sampler): number[] {
  const uniforms = drawBuffer(2 * DRAWS);
  fillUniforms(new RandomStream(7, 'test draws'), 0, uniforms);
  return Array.from({ length: DRAWS }, (_, i) => sampler.pick(uniforms[2 * i], uniforms[2 * i + 1]));
}

const { cv, y } = wells(20_000);

test('flat minibatches are even along the slow variable, plain ones are not', () => {
  const spread = (sampler: Sampler) => {
    const counts = new Array<number>(12).fill(0);
    for (const i of drawn(sampler)) {
      const bin = Math.floor((cv[i] + 1.5) / 0.25);
      if (bin >= 0 && bin < 12) counts[bin]++;
    }
    return Math.max(...counts) / Math.min(...counts);
  };
  expect(spread(flatSampler(cv))).toBeLessThan(1.6);
  expect(spread(plainSampler(cv.length))).toBeGreaterThan(20);
});

test('the distribution of the rest given the slow variable stays that of the data', () => {
  for (const [low, high] of [
    [-1.2, -0.8],
    [0.3, 0.5],
    [0.9, 1.1],
  ]) {
    const inside = (i: number) => cv[i] > low && cv[i] < high;
    const fraction = (indices: number[]) => indices.filter((i) => y[i] > 0).length / indices.length;
    const data = [...cv.keys()].filter(inside);
    const minibatch = drawn(flatSampler(cv)).filter(inside);
    const stderr = Math.sqrt(0.25 / minibatch.length + 0.25 / data.length);
    expect(Math.abs(fraction(minibatch) - fraction(data))).toBeLessThan(5 * stderr);
  }
});

test('probabilities are those of the draws', () => {
  for (const sampler of [flatSampler(cv), plainSampler(cv.length)]) {
    expect(sampler.probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
    const right = (i: number) => cv[i] > 0.5;
    const expected = sampler.probabilities.reduce((sum, p, i) => sum + (right(i) ? p : 0), 0);
    expect(Math.abs(drawn(sampler).filter(right).length / DRAWS - expected)).toBeLessThan(0.01);
  }
});

test('a stray state does not fill the minibatch', () => {
  const stray = Float32Array.from({ length: 1000 }, (_, i) => (i === 0 ? 50 : (i % 100) / 100));
  expect(flatSampler(stray).probabilities[0]).toBeLessThan(0.2);
  const share = drawn(flatSampler(stray)).filter((i) => i === 0).length / DRAWS;
  expect(share).toBeCloseTo(flatSampler(stray).probabilities[0], 1);
});

test('equal values of the slow variable are all reached', () => {
  const same = new Float32Array(16).fill(2);
  expect(new Set(drawn(flatSampler(same))).size).toBe(16);
});
