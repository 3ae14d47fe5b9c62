import { describe, expect, test } from 'vitest';
import { families } from '../../../catalog.ts';
import { type Mixture, mixtureDenoiser, momentsOf } from '../../exact/gaussian-mixture.fixture.ts';
import { normalDistribution } from '../../numerics/normal.ts';
import { RandomStream } from '../../numerics/random.ts';
import { defaultsOf, type ParamValues } from '../../params/params.ts';
import { arrayAlgebra, NormalDraws } from '../array-batch.ts';
import type { BatchAlgebra, Diffusion, Generator, Path } from '../contract.ts';

const SCHEDULES = Object.keys(families.schedules);

function pathOf(id: string): Path {
  const { params, path } = families.schedules[id];
  return path(defaultsOf(params));
}

function samplesOf<B>(generator: Generator, start: B, diffusion: Diffusion<B>, params: ParamValues): B {
  const iterator = generator.generate(start, diffusion, params);
  for (;;) {
    const { done, value } = iterator.next();
    if (done) return value;
  }
}

/**
 * A random number that depends linearly on independent normals: its mean, then the coefficient of each normal. Generators are
 * linear where the denoiser is, so a Gaussian goes through them without sampling.
 */
type Linear = Float64Array;

const linearAlgebra: BatchAlgebra<Linear> = {
  combine: (terms) => {
    const out = new Float64Array(Math.max(...terms.map(([, batch]) => batch.length)));
    for (const [coefficient, batch] of terms)
      for (let i = 0; i < batch.length; i++) out[i] += coefficient * batch[i];
    return out;
  },
};

/** Exact mean and variance of the samples when the data are N(MEAN, s^2) and the denoiser is exact. */
function momentsFor(generator: Generator, path: Path, params: ParamValues, s: number) {
  let normals = 1;
  const diffusion: Diffusion<Linear> = {
    algebra: linearAlgebra,
    path,
    denoiser: (y, ratio) => {
      const kept = s ** 2 / (s ** 2 + ratio ** 2);
      const clean = y.map((v) => kept * v);
      clean[0] += (1 - kept) * MEAN;
      return clean;
    },
    noise: () => {
      normals++;
      const fresh = new Float64Array(normals + 1);
      fresh[normals] = 1;
      return fresh;
    },
  };
  const out = samplesOf(
    generator,
    Float64Array.of(0, generator.initialSigma(params, path)),
    diffusion,
    params,
  );
  return { mean: out[0], variance: out.subarray(1).reduce((sum, c) => sum + c * c, 0) };
}

const MEAN = 0.5;
const LARGEST = 40;
const SMALLEST = 0.01;

/** Errors of mean and variance in units of s and s^2. */
function errorsOf(generator: Generator, path: Path, params: ParamValues, s: number): [number, number] {
  const { mean, variance } = momentsFor(generator, path, params, s);
  return [(mean - MEAN) / s, variance / s ** 2 - 1];
}

/**
 * What remains when steps are infinitely small, at most: generation starts from N(0, LARGEST^2) instead of N(MEAN, s^2 + LARGEST^2),
 * and the last step shrinks N(MEAN, s^2 + SMALLEST^2) by s^2 / (s^2 + SMALLEST^2).
 */
function floors(s: number): [number, number] {
  return [MEAN / LARGEST, (s / LARGEST) ** 2 + (SMALLEST / s) ** 2];
}

/** Coefficients of error = limit + a h^p + b h^(p + 1), from three fine runs with h halved each time. */
function expansion([coarse, middle, fine]: readonly number[], h: number, p: number): [number, number] {
  const [d1, d2] = [coarse - middle, middle - fine];
  const [u, v] = [1 - 2 ** -p, 1 - 2 ** -(p + 1)];
  // d1 = a u h^p + b v h^(p+1), and d2 is the same with h / 2.
  const b = (d1 - 2 ** p * d2) / (v * h ** (p + 1) * (1 - 2 ** -1));
  const a = (d1 - b * v * h ** (p + 1)) / (u * h ** p);
  return [a, b];
}

const CASES: readonly [string, ParamValues][] = [
  ...Object.keys(families.generators).map((id): [string, ParamValues] => [id, {}]),
  ['probability-flow', { order: 'euler' }],
  ['predictor-corrector', { corrections: 0 }],
  ['predictor-corrector', { corrections: 3, correction: 2 }],
  ['stochastic-churn', { churn: 60, churnMin: 0, churnMax: 1e6 }],
];

describe.each(CASES)('%s %o', (id, changes) => {
  const generator = families.generators[id];
  const { steps } = generator.params;
  if (steps.kind !== 'number') throw new Error('Steps are a number.');
  const fewest = steps.min;
  const counts = [...new Set([0, 1, 2, 3, 5, 8, 13, 20, 30, 45, 70].map((more) => fewest + more))];

  test.each(
    SCHEDULES.flatMap((schedule) =>
      ['rho', 'schedule'].flatMap((spacing) => [0.3, 1].map((s) => [schedule, spacing, s] as const)),
    ),
  )('under %s, spaced by %s, a Gaussian of width %d comes out within the order', (schedule, spacing, s) => {
    const path = pathOf(schedule);
    const params = {
      ...defaultsOf(generator.params),
      ...changes,
      spacing,
      sigmaMax: LARGEST,
      sigmaMin: SMALLEST,
    };
    const order = generator.order(params);
    const errors = (count: number) => errorsOf(generator, path, { ...params, steps: count }, s);
    const fine = [65, 129, 257].map(errors);
    for (const moment of [0, 1]) {
      const [a, b] = expansion(
        fine.map((pair) => pair[moment]),
        1 / 64,
        order,
      );
      for (const count of counts) {
        const h = 1 / (count - 1);
        const allowed = 2 * (Math.abs(a) * h ** order + Math.abs(b) * h ** (order + 1)) + floors(s)[moment];
        expect(Math.abs(errors(count)[moment])).toBeLessThan(allowed);
      }
    }
  });
});

/** Two wells of unequal weight and shape; mean 0 and variance 1 in both coordinates. */
const WELLS: Mixture = [
  {
    weight: 0.3,
    mean: [-1.2, 0.7],
    covariance: [
      [0.2, 0.05],
      [0.05, 0.2],
    ],
  },
  {
    weight: 0.7,
    mean: [1.2 * (3 / 7), -0.7 * (3 / 7)],
    covariance: [
      [0.1, -0.06],
      [-0.06, 0.9],
    ],
  },
];

/** Probability of x < -0.4, between the wells. */
const SHARE_LEFT =
  0.3 * normalDistribution(0.8 / Math.sqrt(0.2)) +
  0.7 * normalDistribution((-0.4 - 3.6 / 7) / Math.sqrt(0.1));

function generatedFrom(id: string, schedule: string, first: number, count: number) {
  const generator = families.generators[id];
  const params = defaultsOf(generator.params);
  const path = pathOf(schedule);
  const draws = new NormalDraws(new RandomStream(7, 'generation'), { first, count, dimension: 2 });
  const exact = mixtureDenoiser(WELLS);
  let evaluations = 0;
  const diffusion: Diffusion<Float64Array> = {
    algebra: arrayAlgebra,
    path,
    noise: () => draws.next(),
    denoiser: (y, ratio) => {
      evaluations++;
      return exact(y, ratio);
    },
  };
  const start = draws.next().map((z) => z * generator.initialSigma(params, path));
  const samples = samplesOf(generator, start, diffusion, params);
  return { samples, evaluations };
}

describe.each(Object.keys(families.generators))('%s with its defaults', (id) => {
  test.each(SCHEDULES)('under %s finds weights, mean and covariance of a mixture', (schedule) => {
    const count = 1500;
    const { samples } = generatedFrom(id, schedule, 0, count);
    const rows = Array.from({ length: count }, (_, n) => [samples[2 * n], samples[2 * n + 1]]);
    const { mean, covariance } = momentsOf(WELLS);
    const z = (values: readonly number[], exact: number) => {
      const average = values.reduce((a, b) => a + b) / count;
      const variance = values.reduce((a, b) => a + (b - average) ** 2, 0) / count;
      return Math.abs(average - exact) / Math.sqrt(variance / count);
    };
    const left = (x: number) => (x < -0.4 ? 1 : 0);
    expect(
      z(
        rows.map(([x]) => left(x)),
        SHARE_LEFT,
      ),
    ).toBeLessThan(5);
    for (const i of [0, 1]) {
      expect(
        z(
          rows.map((row) => row[i]),
          mean[i],
        ),
      ).toBeLessThan(5);
      for (const j of [0, i])
        expect(
          z(
            rows.map((row) => (row[i] - mean[i]) * (row[j] - mean[j])),
            covariance[i][j],
          ),
        ).toBeLessThan(5);
    }
  });

  test('a sample does not depend on those it is made with', () => {
    const { samples } = generatedFrom(id, 'vp', 0, 7);
    const parts = [generatedFrom(id, 'vp', 0, 3), generatedFrom(id, 'vp', 3, 4)];
    expect([...samples]).toEqual(parts.flatMap((part) => [...part.samples]));
  });

  test('uses no batch longer than it may', () => {
    const generator = families.generators[id];
    const params = defaultsOf(generator.params);
    let now = 0;
    const made = (): { readonly at: number } => ({ at: now });
    const used = (batch: { readonly at: number }) => expect(now - batch.at).toBeLessThanOrEqual(2);
    const diffusion: Diffusion<{ readonly at: number }> = {
      path: pathOf('ve'),
      denoiser: (y) => {
        used(y);
        return made();
      },
      algebra: {
        combine: (terms) => {
          for (const [, batch] of terms) used(batch);
          return made();
        },
      },
      noise: made,
    };
    const iterator = generator.generate(made(), diffusion, params);
    for (let done = false; !done; now++) done = iterator.next().done === true;
    expect(now).toBeGreaterThan(30);
  });
});

test('evaluations are those that the methods need', () => {
  const evaluations = Object.keys(families.generators).map((id) => [
    id,
    generatedFrom(id, 'edm', 0, 1).evaluations,
  ]);
  expect(Object.fromEntries(evaluations)).toEqual({
    'probability-flow': 35,
    'reverse-sde': 200,
    'predictor-corrector': 399,
    'annealed-langevin': 601,
    'stochastic-churn': 127,
  });
});
