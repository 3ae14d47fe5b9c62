import { describe, expect, test } from 'vitest';
import { Draws } from '../numerics/draws.ts';
import { normalQuantile } from '../numerics/normal.ts';
import { RandomStream } from '../numerics/random.ts';
import { gaussianDistribution, kernelDistribution, normalDistribution } from './cloud-distribution.ts';
import { DenoisingProposer } from './denoising-moves.ts';
import { metropolisMove } from './generator-move.ts';
import { type ConditionalModel, gaussianModel, mixtureModel, QuantileTable } from './model.ts';
import type { PairScale, Pairs, RowDenoiser } from './model-source.ts';
import {
  displacedProposer,
  independenceProposer,
  mixedDistribution,
  type Places,
  type Proposer,
  quantileProposer,
} from './proposer.ts';

/** U = kT (x^2 + sum (y_k - r y_k-1)^2 / (1 - r^2)) / 2 with y_0 = x: unit variances, covariance r of neighbours. */
const CORRELATION = 0.6;
const KT = 0.7;
const MOVES = 12;

function energyAt(x: Float64Array): (rest: Float64Array) => Float64Array {
  const walkers = x.length;
  return (rest) =>
    x.map((value, w) => {
      let sum = value ** 2;
      for (let i = w, before = value; i < rest.length; before = rest[i], i += walkers)
        sum += (rest[i] - CORRELATION * before) ** 2 / (1 - CORRELATION ** 2);
      return (KT * sum) / 2;
    });
}

/** Exact states with `rests` coordinates beside x. */
function exactStates(walkers: number, rests: number, draws: Draws): Places {
  const normals = (count: number) => Float64Array.from({ length: count }, () => normalQuantile(draws.next()));
  const cv = normals(walkers);
  const rest = normals(walkers * rests);
  rest.forEach((noise, i) => {
    const before = i < walkers ? cv[i] : rest[i - walkers];
    rest[i] = CORRELATION * before + Math.sqrt(1 - CORRELATION ** 2) * noise;
  });
  return { cv, rest };
}

/** Exact states, moved with this model: z-scores of moments of the last coordinate y and of x y. */
async function scoresAfter(
  model: Proposer,
  walkers: number,
  rests: number,
): Promise<{ scores: number[]; acceptance: number }> {
  const draws = new Draws(new RandomStream(11, 'exact states'));
  let places = exactStates(walkers, rests, draws);
  let accepted = 0;
  for (let move = 0; move < MOVES; move++) {
    const moved = await metropolisMove(places, model, { energy: energyAt(places.cv), kT: KT, draws });
    places = { ...places, rest: moved.rest };
    accepted += moved.accepted.reduce((a, b) => a + b, 0);
  }
  const score = (values: Float64Array, exact: number) => {
    const mean = values.reduce((a, b) => a + b, 0) / walkers;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (walkers - 1);
    return (mean - exact) / Math.sqrt(variance / walkers);
  };
  const y = places.rest.subarray((rests - 1) * walkers);
  const [squares, products] = [y.map((v) => v * v), y.map((v, w) => v * places.cv[w])];
  return {
    scores: [score(y, 0), score(squares, 1), score(products, CORRELATION ** rests)],
    acceptance: accepted / (walkers * MOVES),
  };
}

/** Wrong in mean, width and in how it follows x. */
const wrong: ConditionalModel = {
  quantile: (x, u) => gaussianModel(0.5 - 0.4 * x, 1.5).quantile(x, u),
  logDensity: (x, y) => gaussianModel(0.5 - 0.4 * x, 1.5).logDensity(x, y),
};
const nodes = Float64Array.of(-1, 0, 2);
const table = new QuantileTable(nodes, [-1.5, -0.5, 0.2, -1, 0.5, 1.5, -0.2, 0.1, 1.8], 1e-3);

describe('the generator move of one coordinate', () => {
  test.each([
    ['a wrong Gaussian', wrong],
    ['a coarse table with a defence', mixtureModel(table, gaussianModel(0, 2), 0.1)],
  ])('keeps the distribution with %s', async (_, model) => {
    const { scores, acceptance } = await scoresAfter(quantileProposer(model), 40_000, 1);
    for (const score of scores) expect(Math.abs(score)).toBeLessThan(4);
    expect(acceptance).toBeGreaterThan(0.2);
    expect(acceptance).toBeLessThan(0.95);
  });

  test('does not without the ratio of the proposals', async () => {
    const unrelated: ConditionalModel = { quantile: wrong.quantile, logDensity: () => 0 };
    const { scores } = await scoresAfter(quantileProposer(unrelated), 40_000, 1);
    expect(Math.max(...scores.map(Math.abs))).toBeGreaterThan(20);
  });
});

describe('the generator move of three coordinates', () => {
  const scale: PairScale = {
    cv: { mean: 0.1, deviation: 1.1 },
    rests: [0.9, 1, 1.2].map((deviation) => ({ mean: 0.2, deviation })),
  };
  /** Knows nothing of how the coordinates hang together. */
  const wrongDenoiser: RowDenoiser = async (noisy, sigma, cv) =>
    noisy.map((value, i) => {
      const row = Math.floor(i / 3);
      return 0.1 - 0.1 * cv[row] + value / (1 + sigma[row] ** 2);
    });
  /** Too few to say much. */
  function wrongData(): Pairs {
    const { cv, rest } = exactStates(60, 3, new Draws(new RandomStream(2, 'data')));
    return {
      cv,
      rest: Float64Array.from(rest, (_, i) => 0.3 + 1.2 * rest[(i % 3) * 60 + Math.floor(i / 3)]),
    };
  }
  const clouds = mixedDistribution(
    kernelDistribution(wrongData(), nodes, 40),
    mixedDistribution(
      gaussianDistribution(wrongData(), nodes, 40),
      normalDistribution([0, 0, 0], [2, 2, 2]),
      0.2,
    ),
    0.3,
  );
  const proposers: [string, () => Promise<Proposer>][] = [
    [
      'kernels and Gaussians about wrong data, asked beside the walkers',
      async () => displacedProposer(independenceProposer(clouds), 0.5, 0.7),
    ],
    [
      'a wrong denoiser',
      () =>
        DenoisingProposer.fitted(wrongDenoiser, scale, wrongData(), new Draws(new RandomStream(4, 'fit'))),
    ],
  ];

  test.each(proposers)('keeps the distribution with %s, but not without the ratio', async (_, make) => {
    const model = await make();
    const { scores, acceptance } = await scoresAfter(model, 4000, 3);
    for (const score of scores) expect(Math.abs(score)).toBeLessThan(4);
    expect(acceptance).toBeGreaterThan(0.05);
    expect(acceptance).toBeLessThan(0.8);
    const unrelated: Proposer = {
      ...model,
      async propose(places, draws) {
        const { rest, logRatio } = await model.propose(places, draws);
        return { rest, logRatio: logRatio.fill(0) };
      },
    };
    const { scores: without } = await scoresAfter(unrelated, 4000, 3);
    expect(Math.max(...without.map(Math.abs))).toBeGreaterThan(8);
  });
});
