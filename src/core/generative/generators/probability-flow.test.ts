import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../params/params.ts';
import { arrayAlgebra } from '../array-batch.ts';
import type { Denoiser } from '../contract.ts';
import { type LevelParams, levelsOf } from '../noise-levels.ts';
import edm from '../schedules/edm.schedule.ts';
import generator from './probability-flow.generator.ts';

const path = edm.path(defaultsOf(edm.params));

function noiseLevels(params: Partial<LevelParams>): number[] {
  return [...levelsOf({ ...defaultsOf(generator.params), ...params }, path).ratios, 0];
}

function noNoise(): never {
  throw new Error('The flow draws no noise.');
}

/** E[x0 | x] for data from N(0, s^2). */
const gaussianDenoiser =
  (s: number): Denoiser<Float64Array> =>
  (x, sigma) =>
    x.map((value) => (value * s ** 2) / (s ** 2 + sigma ** 2));

function run(start: Float64Array, denoiser: Denoiser<Float64Array>, changes: Record<string, number>) {
  const diffusion = { denoiser, algebra: arrayAlgebra, path, noise: noNoise };
  const iterator = generator.generate(start, diffusion, { ...defaultsOf(generator.params), ...changes });
  let evaluations = 0;
  for (;;) {
    const { done, value } = iterator.next();
    if (done) return { samples: value, evaluations };
    evaluations++;
  }
}

describe('noise levels', () => {
  test('are those of EDM to four digits', () => {
    const levels = noiseLevels({ steps: 18, sigmaMax: 80, sigmaMin: 0.002, rho: 7 });
    const expected = [
      80, 57.586, 40.7856, 28.3746, 19.3525, 12.9101, 8.4009, 5.3152, 3.2568, 1.9233, 1.0882, 0.5853, 0.2964,
      0.1395, 0.0599, 0.0229, 0.0075, 0.002, 0,
    ];
    expect(levels).toHaveLength(19);
    for (const [i, value] of expected.entries()) expect(Math.abs(levels[i] - value)).toBeLessThan(5.1e-5);
  });

  test('a single step is the largest level', () => {
    const [first, last] = noiseLevels({ steps: 1, sigmaMax: 5, sigmaMin: 1, rho: 7 });
    expect(first).toBeCloseTo(5, 12);
    expect(last).toBe(0);
  });
});

describe('Gaussian data', () => {
  const s = 0.7;
  const sigmaMax = 10;
  /** The last step goes to D(x; sigmaMin); before it the flow is at sigmaMin. */
  const exact = (x: number, sigmaMin: number) =>
    x * Math.sqrt((s ** 2 + sigmaMin ** 2) / (s ** 2 + sigmaMax ** 2)) * (s ** 2 / (s ** 2 + sigmaMin ** 2));

  const error = (steps: number) => {
    const { samples } = run(Float64Array.of(sigmaMax), gaussianDenoiser(s), {
      steps,
      sigmaMax,
      sigmaMin: 0.01,
    });
    return samples[0] - exact(sigmaMax, 0.01);
  };

  test('the flow converges to the closed form with order 2', () => {
    const errors = [33, 65, 129].map(error);
    expect(Math.abs(errors[2])).toBeLessThan(3e-4);
    for (const i of [0, 1]) expect(errors[i] / errors[i + 1]).toBeGreaterThan(3.6);
    for (const i of [0, 1]) expect(errors[i] / errors[i + 1]).toBeLessThan(4.5);
  });

  test('a flow without the correction would be caught', () => {
    const levels = noiseLevels({ steps: 129, sigmaMax, sigmaMin: 0.01, rho: 7 });
    let x = sigmaMax;
    for (let i = 0; i + 1 < levels.length; i++) {
      const denoised = gaussianDenoiser(s)(Float64Array.of(x), levels[i])[0];
      x = denoised + (levels[i + 1] / levels[i]) * (x - denoised);
    }
    expect(Math.abs(x - exact(sigmaMax, 0.01))).toBeGreaterThan(3e-3);
  });

  test('counts two evaluations a step, one for the last', () => {
    expect(run(Float64Array.of(1, 2), gaussianDenoiser(s), { steps: 9 }).evaluations).toBe(17);
  });

  test('leaves the initial batch as it was', () => {
    const start = Float64Array.of(3, -4);
    run(start, gaussianDenoiser(s), {});
    expect([...start]).toEqual([3, -4]);
  });
});

test('generation starts at the largest noise', () => {
  expect(
    generator.initialSigma(
      { ...defaultsOf(generator.params), steps: 8, sigmaMax: 12, sigmaMin: 0.02, rho: 7 },
      path,
    ),
  ).toBe(12);
});
