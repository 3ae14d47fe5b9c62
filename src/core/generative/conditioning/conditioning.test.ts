import { describe, expect, test } from 'vitest';
import { families } from '../../../catalog.ts';
import {
  conditioned,
  denoise,
  type Mixture,
  mixtureDenoiser,
  momentsOf,
  sampleMixture,
} from '../../exact/gaussian-mixture.fixture.ts';
import { twoSampleScore } from '../../metrics/two-sample.ts';
import { RandomStream } from '../../numerics/random.ts';
import { defaultsOf } from '../../params/params.ts';
import { parseQuery } from '../../settings/query.ts';
import { settingOf } from '../../systems/model.ts';
import { arrayAlgebra, NormalDraws } from '../array-batch.ts';
import type { Denoiser } from '../contract.ts';
import { arrayGuide, guidedDenoiser } from './guidance.ts';
import { Level, ontoLevels, valuesOf } from './level.ts';
import { type ConditionedData, kernelStates, Neighbours, nearestStates } from './near-data.ts';
import { statesDenoiser } from './states-denoiser.ts';

const gaussian: Mixture = [
  {
    weight: 1,
    mean: [0, 0],
    covariance: [
      [1, 0.6],
      [0.6, 1],
    ],
  },
];
const unit = { mean: [0, 0], deviation: [1, 1] };
const COUNT = 20_000;
/** Fewer than the data near a value: with more, states come several times, and that is what would be told apart. */
const GENERATED = 500;

/** A system whose cv is this expression in x and y. */
function modelWith(cv: string) {
  const query = `system=custom&system.energy=${encodeURIComponent('x^2+y^2')}&system.cv=${encodeURIComponent(cv)}&cv=typed`;
  const { model, cv: found } = settingOf(parseQuery(query, families).experiment, families);
  return { model, cv: found };
}

function dataOf(states: Float64Array, cvs: readonly { text: string; at: number }[]) {
  const made = cvs.map(({ text, at }) => {
    const { model, cv } = modelWith(text);
    const values = valuesOf(model, text, { dimension: 2, values: Float32Array.from(states) });
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    return { level: new Level(model, { cv, at }, unit), asked: { cv, at }, cv: { values, deviation } };
  });
  const data: ConditionedData = {
    dimension: 2,
    states,
    cvs: made.map(({ cv }) => cv),
    asked: made.map(({ asked }) => asked),
  };
  return { data, levels: made.map(({ level }) => level) };
}

const trainingStates = (mixture: Mixture) =>
  sampleMixture(mixture, COUNT, new RandomStream(1, 'conditioning data'));

/** States by the flow, from noise around the mean that the denoiser sees there. */
function flow(denoiser: Denoiser<Float64Array>, count: number): Float64Array {
  const { 'probability-flow': generator } = families.generators;
  const path = families.schedules.edm.path(defaultsOf(families.schedules.edm.params));
  const draws = new NormalDraws(new RandomStream(1, 'generation'), { first: 0, count, dimension: 2 });
  const start = draws.next().map((z) => 80 * z);
  const diffusion = { denoiser, algebra: arrayAlgebra, path, noise: () => draws.next() };
  const iterator = generator.generate(start, diffusion, { ...defaultsOf(generator.params), steps: 24 });
  for (;;) {
    const { done, value } = iterator.next();
    if (done) return value;
  }
}

const column = (rows: Float64Array, d: number) => rows.filter((_, i) => i % 2 === d);

/** KL divergence of the normal distribution with the moments of `values` from N(mean, variance). */
function normalDivergence(values: Float64Array, mean: number, variance: number): number {
  const m = values.reduce((a, b) => a + b, 0) / values.length;
  const v = values.reduce((sum, x) => sum + (x - m) ** 2, 0) / values.length;
  return (v / variance + (m - mean) ** 2 / variance - 1 - Math.log(v / variance)) / 2;
}

describe('linear-Gaussian conditional distribution', () => {
  const states = trainingStates(gaussian);
  const guided = (at: number) => {
    const { model, cv } = modelWith('x');
    return guidedDenoiser(mixtureDenoiser(gaussian), arrayGuide([new Level(model, { cv, at }, unit)]));
  };
  const ways: Readonly<Record<string, (at: number) => Float64Array>> = {
    kernel: (at) =>
      flow(statesDenoiser(kernelStates(dataOf(states, [{ text: 'x', at }]).data, 0.1)), GENERATED),
    neighbours: (at) => {
      const { data, levels } = dataOf(states, [{ text: 'x', at }]);
      return new Neighbours(data, levels, 1000).draw(0, GENERATED, new RandomStream(1, 'generation'));
    },
    guidance: (at) => flow(guided(at), GENERATED),
  };

  test.each(Object.keys(ways).flatMap((way) => [-1, 0, 1.2].map((at) => [way, at] as const)))(
    'by %s at %d: KL below 0.05, the two-sample score near 1/2',
    (way, at) => {
      const samples = ways[way](at);
      const distribution = conditioned(gaussian, [1, 0], at);
      const { mean, covariance } = momentsOf(distribution);
      expect(normalDivergence(column(samples, 1), mean[1], covariance[1][1])).toBeLessThan(0.05);
      const exact = sampleMixture(distribution, GENERATED, new RandomStream(7, 'exact samples'));
      const score = twoSampleScore(
        { dimension: 1, values: Float32Array.from(column(samples, 1)) },
        { dimension: 1, values: Float32Array.from(column(exact, 1)) },
      );
      expect(score).toBeGreaterThan(0.45);
      expect(score).toBeLessThan(0.56);
    },
  );
});

describe('guidance', () => {
  test('of a Gaussian by a linear cv is the exact conditional denoiser at every noise level', () => {
    const { model, cv } = modelWith('x + 0.5*y');
    const at = 0.8;
    const exact = mixtureDenoiser(conditioned(gaussian, [1, 0.5], at));
    const guided = guidedDenoiser(
      mixtureDenoiser(gaussian),
      arrayGuide([new Level(model, { cv, at }, unit)]),
    );
    for (const ratio of [0.01, 0.3, 1, 5, 80]) {
      const y = Float64Array.of(0.4 * ratio + 0.2, -0.7 * ratio, 0.1, 0.5 + ratio);
      guided(y, ratio).forEach((v, i) => {
        expect(v).toBeCloseTo(exact(y, ratio)[i], 6);
      });
    }
  });

  test('of a Gaussian by two linear cvs is the exact conditional denoiser, a point where nothing is left free', () => {
    const asked = [
      { text: 'x + 0.5*y', at: 0.8 },
      { text: 'x - y', at: -0.3 },
    ];
    const levels = asked.map(({ text, at }) => {
      const { model, cv } = modelWith(text);
      return new Level(model, { cv, at }, unit);
    });
    const guided = guidedDenoiser(mixtureDenoiser(gaussian), arrayGuide(levels));
    for (const ratio of [0.01, 0.3, 1, 5, 80]) {
      const y = Float64Array.of(0.4 * ratio + 0.2, -0.7 * ratio, 0.1, 0.5 + ratio);
      // x + y / 2 = 0.8 and x - y = -0.3
      guided(y, ratio).forEach((v, i) => {
        expect(v).toBeCloseTo(i % 2 === 0 ? 1.3 / 3 : 2.2 / 3, 6);
      });
    }
  });

  test('of a Gaussian of eight coordinates by two linear cvs is the exact conditional denoiser', () => {
    const { model } = settingOf(
      parseQuery('system=phi4-chain&system.sites=8', families).experiment,
      families,
    );
    const { coordinates } = model.system;
    const dimension = coordinates.length;
    const zeros = coordinates.map(() => 0);
    const chain: Mixture = [
      {
        weight: 1,
        mean: zeros,
        covariance: coordinates.map((_, i) => coordinates.map((__, j) => 0.7 ** Math.abs(i - j))),
      },
    ];
    const directions = [zeros.with(0, 1), zeros.with(2, 1).with(5, -0.5)];
    const values = [0.8, -0.4];
    const level = { mean: zeros, deviation: coordinates.map(() => 1) };
    const levels = [coordinates[0], `${coordinates[2]} - 0.5*${coordinates[5]}`].map((value, c) => {
      const cv = { id: 'typed', label: value, value, range: [-3, 3] as [number, number] };
      return new Level(model, { cv, at: values[c] }, level);
    });
    const exact = mixtureDenoiser(
      directions.reduce(
        (distribution, direction, c) => conditioned(distribution, direction, values[c]),
        chain,
      ),
    );
    const guided = guidedDenoiser(mixtureDenoiser(chain), arrayGuide(levels));
    expect(dimension).toBe(8);
    for (const ratio of [0.05, 0.5, 3, 40]) {
      const y = Float64Array.from({ length: 2 * dimension }, (_, i) => Math.sin(3 * i) * (0.5 + ratio));
      const expected = exact(y, ratio);
      guided(y, ratio).forEach((v, i) => {
        expect(v).toBeCloseTo(expected[i], 6);
      });
    }
  });

  test('with weight 0 does nothing', () => {
    const { model, cv } = modelWith('x*y');
    const y = Float64Array.of(0.3, 1, -2, 0.4);
    const guided = guidedDenoiser(
      mixtureDenoiser(gaussian),
      arrayGuide([new Level(model, { cv, at: 1 }, unit)]),
      0,
    );
    expect([...guided(y, 0.5)]).toEqual([...mixtureDenoiser(gaussian)(y, 0.5)]);
  });
});

describe('states near a value', () => {
  const states = trainingStates(gaussian);

  test('the kernel takes those within the bandwidth, with the weights of Epanechnikov', () => {
    const few = Float64Array.of(0, 1, 0.05, 2, 0.2, 3, -0.1, 4);
    const { data } = dataOf(few, [{ text: 'x', at: 0 }]);
    const scaled = { ...data, cvs: [{ ...data.cvs[0], deviation: 2 }] };
    const near = kernelStates(scaled, 0.08);
    expect([...near.values]).toEqual([0, 1, 0.05, 2, -0.1, 4]);
    near.weights.forEach((w, i) => {
      expect(w).toBeCloseTo([1, 1 - (0.025 / 0.08) ** 2, 1 - (0.05 / 0.08) ** 2][i], 6);
    });
    expect(() => kernelStates(dataOf(few, [{ text: 'x', at: 9 }]).data, 0.1)).toThrow(
      expect.objectContaining({
        told: { id: 'no-data-near', values: { bandwidth: 0.1, asked: [{ cv: expect.any(String), at: 9 }] } },
      }),
    );
  });

  test('two values at once: the mean of the third function is that of the two', () => {
    const asked = [
      { text: 'x', at: 0.5 },
      { text: 'x + y', at: 0.2 },
    ];
    const { data, levels } = dataOf(states, asked);
    const near = kernelStates(data, 0.2);
    for (let n = 0; n < near.weights.length; n++) {
      expect(Math.abs(near.values[2 * n] - 0.5)).toBeLessThan(0.2 * 1.02);
      expect(Math.abs(near.values[2 * n] + near.values[2 * n + 1] - 0.2)).toBeLessThan(0.2 * 1.85);
    }
    const moved = ontoLevels(nearestStates(data, 20), levels);
    for (let n = 0; n < 20; n++) {
      expect(Math.abs(moved[2 * n] - 0.5)).toBeLessThan(0.02);
      expect(Math.abs(moved[2 * n] + moved[2 * n + 1] - 0.2)).toBeLessThan(0.02);
    }
  });

  test('neighbours are the nearest, moved onto the level of a curved cv', () => {
    const { data, levels } = dataOf(states, [{ text: 'x - y^2', at: -0.5 }]);
    const drawn = new Neighbours(data, levels, 100).draw(0, 200, new RandomStream(3, 'generation'));
    for (let n = 0; n < 200; n++)
      expect(Math.abs(drawn[2 * n] - drawn[2 * n + 1] ** 2 + 0.5)).toBeLessThan(1e-9);
    const whole = new Neighbours(data, levels, 100).draw(150, 50, new RandomStream(3, 'generation'));
    expect([...whole]).toEqual([...drawn.subarray(300)]);
  });

  test('the denoiser of weighted states is the sum over all of them', () => {
    const { data } = dataOf(states.subarray(0, 600), [{ text: 'x', at: 0 }]);
    const near = kernelStates(data, 1);
    const mixture: Mixture = [...near.weights].map((weight, n) => ({
      weight,
      mean: [near.values[2 * n], near.values[2 * n + 1]],
      covariance: [
        [0, 0],
        [0, 0],
      ],
    }));
    const y = sampleMixture(gaussian, 20, new RandomStream(5, 'test states'));
    for (const ratio of [0.02, 0.1, 0.5, 2, 30]) {
      const exact = denoise(mixture, y, ratio).denoised;
      statesDenoiser(near)(y, ratio).forEach((v, i) => {
        expect(Math.abs(v - exact[i])).toBeLessThan(1e-3);
      });
    }
  });
});
