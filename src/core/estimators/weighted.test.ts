import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { RandomStream } from '../numerics/random.ts';
import type { WeightedStates } from './finding.ts';
import { weightedFreeEnergy, weightedMean } from './weighted.ts';
import { analyseWindows } from './window-analysis.ts';
import { correlated, drawWindows, type WindowModel, windowsAt } from './window-models.fixture.ts';

const { estimators } = families;

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed);

function shareWithin(scores: readonly number[], limit: number): number {
  return scores.filter((z) => Math.abs(z) < limit).length / scores.length;
}

function expectHonest(scores: readonly number[]): void {
  expect(scores.every(Number.isFinite)).toBe(true);
  expect(shareWithin(scores, 1)).toBeGreaterThan(0.55);
  expect(shareWithin(scores, 1)).toBeLessThan(0.8);
  expect(shareWithin(scores, 3)).toBeGreaterThan(0.95);
}

/** Walkers of different length, correlated, in the distribution of mean 0; weights exp(x/2) make it that of mean 1/2. */
function walkersOf(seed: number, strata: boolean): { weighted: WeightedStates; x: Float64Array } {
  const stream = new RandomStream(seed, 'weighted test');
  const lengths = Array.from({ length: 12 }, (_, w) => 100 + 40 * w);
  const series = lengths.map((frames, w) => correlated(stream, w, frames, 0.8));
  const x = Float64Array.from(series.flatMap((one) => [...one]));
  const groups = Int32Array.from(lengths.flatMap((frames, w) => new Array<number>(frames).fill(w)));
  return {
    x,
    weighted: {
      states: { dimension: 1, values: Float32Array.from(x) },
      logWeights: x.map((value) => value / 2 + 700),
      groups,
      ...(strata ? { strata: groups.map((w) => w % 3) } : {}),
    },
  };
}

describe('weighted states', () => {
  for (const strata of [false, true]) {
    it(`have means with honest errors when walkers weigh differently${strata ? ', in strata' : ''}`, () => {
      expectHonest(
        SEEDS.flatMap((seed) => {
          const { weighted, x } = walkersOf(seed, strata);
          const [mean, square] = [
            weightedMean(weighted, x),
            weightedMean(
              weighted,
              x.map((v) => v * v),
            ),
          ];
          return [(mean.value - 0.5) / mean.stderr, (square.value - 1.25) / square.stderr];
        }),
      );
    });
  }

  it('have a free energy along any variable, on a ring too', () => {
    const { weighted, x } = walkersOf(1, false);
    const { cv, F, stderr } = weightedFreeEnergy(weighted, x, { range: [-2, 3] });
    const lowest = F.indexOf(0);
    for (const bin of [18, 24, 30, 36, 42]) {
      const exact = ((cv[bin] - 0.5) ** 2 - (cv[lowest] - 0.5) ** 2) / 2;
      expect(Math.abs(F[bin] - exact)).toBeLessThan(4 * Math.hypot(stderr[bin], stderr[lowest]));
      expect(stderr[bin]).toBeLessThan(0.3);
    }
    const ring = weightedFreeEnergy(
      weighted,
      x.map((v) => v + 5),
      { range: [-2, 3], periodic: true },
    );
    const same = weightedFreeEnergy(weighted, x, { range: [-2, 3], periodic: true });
    ring.F.forEach((value, bin) => {
      expect(value).toBeCloseTo(same.F[bin], 10);
    });
  });

  it('state no error with fewer than four walkers', () => {
    const { weighted, x } = walkersOf(1, false);
    const few = { ...weighted, groups: weighted.groups.map((w) => w % 3) };
    expect(weightedMean(few, x).stderr).toBeNaN();
    expect(weightedMean(few, x).value).toBeCloseTo(weightedMean(weighted, x).value, 12);
  });
});

describe('samples of windows', () => {
  const model: WindowModel = {
    energy: (z) => 10 * z ** 2,
    windows: windowsAt([-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6], 100),
    range: [-1, 1],
    memory: 0.8,
    frames: 200,
  };
  const SPREAD = 0.2;

  it('give means and second free energies with honest errors: the weights err too', () => {
    const [means, bins]: [number[], number[]] = [[], []];
    for (const seed of SEEDS) {
      const samples = drawWindows(model, seed);
      const stream = new RandomStream(seed, 'second coordinate');
      const noise = correlated(stream, 0, samples.cv.length, 0);
      const y = samples.cv.map((x, n) => x + SPREAD * noise[n]);
      const { weighted } = analyseWindows(samples, {
        estimators,
        estimator: 'mbar',
        errors: 'bootstrap',
        seed,
      });
      if (!weighted) throw new Error('no weights');
      const mean = weightedMean(weighted, samples.cv);
      const square = weightedMean(
        weighted,
        y.map((v) => v * v),
      );
      means.push(mean.value / mean.stderr, (square.value - 1 / 20 - SPREAD ** 2) / square.stderr);
      const { cv, F, stderr } = weightedFreeEnergy(weighted, y, { range: [-0.9, 0.9] });
      const offset = Math.log(F.reduce((sum, value) => sum + Math.exp(-value), 0));
      const exact = cv.map((z) => z ** 2 / (2 * (1 / 20 + SPREAD ** 2)));
      const norm = Math.log(exact.reduce((sum, value) => sum + Math.exp(-value), 0));
      for (const bin of [10, 20, 29, 40, 50]) bins.push((F[bin] + offset - exact[bin] - norm) / stderr[bin]);
    }
    expectHonest(means);
    expectHonest(bins);
  });
});
