import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../normal.ts';
import { RandomStream } from '../random.ts';
import { Draws } from './draws.ts';
import { metropolisMove } from './generator-move.ts';
import { type ConditionalModel, gaussianModel, mixtureModel, QuantileTable } from './model.ts';

/** U = kT (x^2 - 2 r x y + y^2) / (2 (1 - r^2)): unit variances, covariance r. */
const CORRELATION = 0.6;
const KT = 0.7;
const WALKERS = 40_000;
const MOVES = 12;

function energyAt(x: Float64Array): (y: Float64Array) => Float64Array {
  return (y) =>
    y.map((v, w) => (KT * (x[w] ** 2 - 2 * CORRELATION * x[w] * v + v ** 2)) / (2 * (1 - CORRELATION ** 2)));
}

/** Exact states, moved with this model: z-scores of the moments of y and of x y. */
function scoresAfter(model: ConditionalModel): { scores: number[]; acceptance: number } {
  const draws = new Draws(new RandomStream(11, 'exact states'));
  const x = Float64Array.from({ length: WALKERS }, () => normalQuantile(draws.next()));
  let y: Float64Array = x.map(
    (v) => CORRELATION * v + Math.sqrt(1 - CORRELATION ** 2) * normalQuantile(draws.next()),
  );
  let accepted = 0;
  for (let move = 0; move < MOVES; move++) {
    const moved = metropolisMove({ cv: x, rest: y }, model, { energy: energyAt(x), kT: KT, draws });
    y = moved.rest;
    accepted += moved.accepted.reduce((a, b) => a + b, 0);
  }
  const score = (values: Float64Array, exact: number) => {
    const mean = values.reduce((a, b) => a + b, 0) / WALKERS;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (WALKERS - 1);
    return (mean - exact) / Math.sqrt(variance / WALKERS);
  };
  return {
    scores: [
      score(y, 0),
      score(
        y.map((v) => v * v),
        1,
      ),
      score(
        y.map((v, w) => v * x[w]),
        CORRELATION,
      ),
    ],
    acceptance: accepted / (WALKERS * MOVES),
  };
}

/** Wrong in mean, width and in how it follows x. */
const wrong: ConditionalModel = {
  quantile: (x, u) => gaussianModel(0.5 - 0.4 * x, 1.5).quantile(x, u),
  logDensity: (x, y) => gaussianModel(0.5 - 0.4 * x, 1.5).logDensity(x, y),
};
const nodes = Float64Array.of(-1, 0, 2);
const table = new QuantileTable(nodes, [-1.5, -0.5, 0.2, -1, 0.5, 1.5, -0.2, 0.1, 1.8], 1e-3);

describe('the generator move', () => {
  test.each([
    ['a wrong Gaussian', wrong],
    ['a coarse table with a defence', mixtureModel(table, gaussianModel(0, 2), 0.1)],
  ])('keeps the law with %s', (_, model) => {
    const { scores, acceptance } = scoresAfter(model);
    for (const score of scores) expect(Math.abs(score)).toBeLessThan(4);
    expect(acceptance).toBeGreaterThan(0.2);
    expect(acceptance).toBeLessThan(0.95);
  });

  test('does not without the ratio of the proposals', () => {
    const unrelated: ConditionalModel = { quantile: wrong.quantile, logDensity: () => 0 };
    const { scores } = scoresAfter(unrelated);
    expect(Math.max(...scores.map(Math.abs))).toBeGreaterThan(20);
  });
});
