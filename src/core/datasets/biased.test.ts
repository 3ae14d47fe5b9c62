/** The run of station Bias as training data: reproducible, counted, and weighted where weights matter. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { exactDensity } from '../exact/density.ts';
import { conditionalDistribution } from '../exact/free-energy.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { withinSlices } from './state-weights.ts';
import { trainingData } from './training-data.ts';

const experimentOf = (query: string) => {
  const { experiment, notices } = parseQuery(query, families);
  expect(notices).toEqual([]);
  return experiment;
};
const dataOf = (query: string) => trainingData(experimentOf(query), families);

const UMBRELLA = 'data=biased&method=umbrella&kT=0.6&budget=1000000&data.n=20000';

type Region = (x: number) => boolean;
const RIGHT: Region = (x) => x > 0.25;
/** Beyond both wells, where walkers are held by windows only. */
const OUTSIDE: Region = (x) => Math.abs(x) > 1.5;

/** Probability of a region by quadrature over the exact density. */
function exactShare(query: string, region: Region): number {
  const { model, kT } = settingOf(experimentOf(query), families);
  const { axes, values } = exactDensity(model, kT);
  const [xs] = axes;
  let [inside, all] = [0, 0];
  values.forEach((value, k) => {
    all += value;
    if (region(xs[k % xs.length])) inside += value;
  });
  return inside / all;
}

describe('the biased run as training data', () => {
  it('is a pure function of the experiment, costs its whole budget, and follows the seed', async () => {
    const query = 'station=learn&data=biased&method=umbrella&kT=0.6&budget=300000&data.n=3000';
    const [first, second] = [await dataOf(query), await dataOf(query)];
    expect(second.points.values).toEqual(first.points.values);
    expect(first.points.values).toHaveLength(6000);
    expect(first.forceEvaluations).toBeLessThanOrEqual(300_000);
    expect(first.forceEvaluations).toBeGreaterThan(0.99 * 300_000);
    const other = await dataOf(`${query}&seed=2`);
    expect(other.points.values).not.toEqual(first.points.values);
    expect(first.remarks[0]).toMatchObject({ id: 'biased-states', values: { weighted: true } });
  });

  it('in Learn has the unbiased distribution, to which the weights of the run bring it', async () => {
    const weighted = await dataOf(`station=learn&${UMBRELLA}`);
    // F of these windows is known to about 0.1 kT: the share of a well to about 3 %.
    expect(Math.abs(share(weighted.cv, RIGHT) - exactShare('kT=0.6', RIGHT))).toBeLessThan(0.03);
    const rare = exactShare('kT=0.6', OUTSIDE);
    expect(rare).toBeLessThan(0.03);
    expect(Math.abs(share(weighted.cv, OUTSIDE) - rare)).toBeLessThan(0.5 * rare);
    // As the run left them, as many are there as in any other quarter of the range.
    const even = await dataOf(`station=condition&${UMBRELLA}`);
    expect(share(even.cv, OUTSIDE)).toBeGreaterThan(4 * rare);
  });

  it('in Condition covers the slow variable evenly and has the exact conditional distribution', async () => {
    const experiment = experimentOf(`station=condition&${UMBRELLA}`);
    const { cv, points } = await trainingData(experiment, families);
    const setting = settingOf(experiment, families);
    const density = exactDensity(setting.model, setting.kT);
    for (const at of [-1, -0.5, 0.5, 1]) {
      const y = [...cv].flatMap((x, n) => (Math.abs(x - at) < 0.05 ? [points.values[2 * n + 1]] : []));
      expect(y.length).toBeGreaterThan(200);
      const distribution = conditionalDistribution(setting, density, at);
      const mean = y.reduce((a, b) => a + b, 0) / y.length;
      // States of one walker are correlated: 40 independent ones at least.
      expect(Math.abs(mean - distribution.mean)).toBeLessThan(4 * Math.sqrt(distribution.variance / 40));
    }
  });

  it('of several temperatures is weighted within slices of the slow variable', async () => {
    const query = 'station=condition&data=biased&method=replica-exchange&kT=0.4&budget=2000000&data.n=20000';
    const experiment = experimentOf(query);
    const { cv, points } = await trainingData(experiment, families);
    const setting = settingOf(experiment, families);
    const distribution = conditionalDistribution(setting, exactDensity(setting.model, setting.kT), -1);
    const y = [...cv].flatMap((x, n) => (Math.abs(x + 1) < 0.05 ? [points.values[2 * n + 1]] : []));
    const mean = y.reduce((a, b) => a + b, 0) / y.length;
    const variance = y.reduce((sum, v) => sum + (v - mean) ** 2, 0) / y.length;
    // Hot replicas are broader by a factor of five: unweighted they would double the variance and more.
    expect(variance / distribution.variance).toBeGreaterThan(0.8);
    expect(variance / distribution.variance).toBeLessThan(1.25);
  });

  it('is refused where weights cannot be had', async () => {
    await expect(dataOf('station=learn&data=biased&method=umbrella&budget=1000')).rejects.toThrow(
      /^biased-run-without-weights .*umbrella/,
    );
  });
});

function share(cv: Float32Array, region: Region): number {
  return cv.reduce((count, x) => count + (region(x) ? 1 : 0), 0) / cv.length;
}

it('weights within slices are even where they follow the slow variable alone, however small they are', () => {
  const cv = Float32Array.from({ length: 2000 }, (_, n) => Math.floor(n / 10) / 200);
  const weights = withinSlices(
    {
      states: { dimension: 1, values: cv },
      logWeights: Float64Array.from(cv, (value) => -900 * value),
      groups: new Int32Array(2000),
    },
    cv,
  );
  for (const weight of weights) expect(weight).toBeCloseTo(1, 12);
});
