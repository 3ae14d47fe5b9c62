import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { binOf } from '../estimators/histogram.ts';
import { jensenShannon } from '../metrics/jensen-shannon.ts';
import { wasserstein1 } from '../metrics/wasserstein.ts';
import { RandomStream } from '../numerics/random.ts';
import type { Experiment } from '../params/experiment.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { Basins } from './basins.ts';
import { cellProbabilities } from './cells.ts';
import { exactDenoisingField } from './denoiser.ts';
import { type Box, densityOn, exactDensity, spacing } from './density.ts';
import { conditionalDistribution, exactFreeEnergy } from './free-energy.ts';
import oracles from './oracles.json';
import { Reference } from './reference.ts';
import { sampleDistribution, sampleEquilibrium } from './sample.ts';

const experimentOf = (query: string): Experiment => parseQuery(query, families).experiment;
const solve = (query: string) => {
  const setting = settingOf(experimentOf(query), families);
  return { setting, density: exactDensity(setting.model, setting.kT) };
};

const profiles = oracles.systems.flatMap(({ system, kT, x, y }) =>
  Object.entries({ x, y }).flatMap(([cv, profile]) => (profile ? [{ system, kT, cv, profile }] : [])),
);

/** The references were computed in these boxes; for Müller-Brown at kT = 20 that cuts off 0.006 kT of F(y = 1.9). */
const REFERENCE_BOXES: Readonly<Record<string, Box>> = {
  'mueller-brown': [
    [-2.2, 1.8],
    [-1.2, 2.8],
  ],
};
/** Positions of the references are rounded to five decimals, where F has slopes of up to 40 kT. */
const ROUNDING = 2e-4;

describe.each(profiles)('$system at kT = $kT along $cv', ({ system, kT, cv, profile }) => {
  const { setting, density } = solve(`system=${system}&kT=${kT}&cv=${cv}`);
  const box = REFERENCE_BOXES[system];
  const reference = box ? densityOn(setting.model, kT, box, 801) : density;

  it('has the free energy of an independent quadrature', () => {
    const { F } = exactFreeEnergy(setting, reference, Float64Array.from(profile.at));
    for (const [i, expected] of profile.F.entries()) expect(Math.abs(F[i] - expected)).toBeLessThan(ROUNDING);
  });

  it('has its conditional moments', () => {
    for (const [i, at] of profile.at.entries()) {
      const distribution = conditionalDistribution(setting, reference, at);
      expect(Math.abs(distribution.mean - profile.conditionalMean[i])).toBeLessThan(ROUNDING);
      expect(Math.abs(distribution.variance - profile.conditionalVariance[i])).toBeLessThan(ROUNDING);
    }
  });
});

describe.each(oracles.systems)('equilibrium samples of $system at kT = $kT', ({ system, kT, mean }) => {
  const { setting, density } = solve(`system=${system}&kT=${kT}`);
  const count = 40_000;
  const { values } = sampleEquilibrium(density, count, new RandomStream(3, 'data'));
  const column = (d: number) => Float64Array.from({ length: count }, (_, n) => values[2 * n + d]);
  const z = (samples: Float64Array, expected: number) => {
    const average = samples.reduce((a, b) => a + b, 0) / count;
    const variance = samples.reduce((a, b) => a + (b - average) ** 2, 0) / count;
    return (average - expected) / Math.sqrt(variance / count);
  };

  it('have the means of x, y, x^2 and the energy within five standard errors', () => {
    const energies = new Float64Array(count);
    const q = new Float64Array(2 * count);
    q.set(column(0));
    q.set(column(1), count);
    setting.model.energy(q, count, energies);
    expect(Math.abs(z(column(0), mean.x))).toBeLessThan(5);
    expect(Math.abs(z(column(1), mean.y))).toBeLessThan(5);
    expect(
      Math.abs(
        z(
          column(0).map((x) => x * x),
          mean.xx,
        ),
      ),
    ).toBeLessThan(5);
    expect(Math.abs(z(energies, mean.energy))).toBeLessThan(5);
  });
});

describe('cell probabilities', () => {
  const { setting, density } = solve('system=mueller-brown&kT=15');
  const bins = 60;
  const cells = cellProbabilities(setting.model, setting.kT, density, bins);

  it('sum to the share of the density that lies in the domain', () => {
    const [[x0, x1], [y0, y1]] = setting.model.system.domain;
    const [xs, ys] = density.axes;
    const inside = density.values.reduce((sum, p, k) => {
      const [x, y] = [xs[k % xs.length], ys[Math.floor(k / xs.length)]];
      return x > x0 && x < x1 && y > y0 && y < y1 ? sum + p * spacing(xs) * spacing(ys) : sum;
    }, 0);
    expect(cells.values.reduce((a, b) => a + b, 0)).toBeCloseTo(inside, 5);
    expect(inside).toBeGreaterThan(0.999);
  });

  it('agree with samples to the level of their noise', () => {
    const [[x0, x1], [y0, y1]] = setting.model.system.domain;
    const count = 20_000;
    const { values } = sampleEquilibrium(density, count, new RandomStream(4, 'data'));
    const counts = new Float64Array(bins * bins);
    for (let n = 0; n < count; n++)
      counts[binOf(values[2 * n + 1], y0, y1, bins) * bins + binOf(values[2 * n], x0, x1, bins)]++;
    const floor = jensenShannon(counts, cells.values);
    expect(floor).toBeGreaterThan(0.004);
    expect(floor).toBeLessThan(0.011);
  });
});

describe('the conditional distribution', () => {
  it('of the fast coordinate is Gaussian with variance kT / stiffness about the curve', () => {
    const { setting, density } = solve(
      'system=fast-slow-double-well&kT=0.7&system.stiffness=30&system.amplitude=1.2',
    );
    const distribution = conditionalDistribution(setting, density, 0.4);
    expect(distribution.coordinate).toBe('y');
    expect(distribution.mean).toBeCloseTo(1.2 * Math.sin(0.4 * Math.PI), 8);
    expect(distribution.variance).toBeCloseTo(0.7 / 30, 8);
  });

  it('is sampled: W1 falls as samples grow, at its floor', () => {
    const { setting, density } = solve('system=three-hole&kT=0.6');
    const distribution = conditionalDistribution(setting, density, 0);
    const distance = (count: number) =>
      wasserstein1(
        sampleDistribution(distribution.x, distribution.density, count, new RandomStream(5, 'floor')),
        distribution,
      );
    expect(distance(5000)).toBeLessThan(0.03);
    expect(distance(5000)).toBeGreaterThan(0.001);
    expect(distance(80_000)).toBeLessThan(distance(300));
  });
});

describe('the reference service', () => {
  it('gives its answers away: what the page does with them changes nothing', async () => {
    const reference = new Reference(families);
    const experiment = experimentOf('system=three-hole&kT=0.6');
    const distribution = await reference.conditional(experiment, 0);
    structuredClone(distribution, {
      transfer: [distribution.x.buffer, distribution.density.buffer] as ArrayBuffer[],
    });
    const field = await reference.denoisingField(experiment, 0.3, { mean: [0, 0], deviation: [1, 1] }, 5);
    structuredClone(field, {
      transfer: [field.density.xs.buffer, field.density.values.buffer] as ArrayBuffer[],
    });
    expect((await reference.conditional(experiment, 0)).mean).toBeCloseTo(distribution.mean, 12);
    expect((await reference.sample(experiment, 10, null)).values).toHaveLength(20);
  });
});

describe('Wasserstein-1', () => {
  const x = Float64Array.from({ length: 2001 }, (_, i) => -10 + i / 100);
  const density = x.map((v) => Math.exp(-(v * v) / 2));
  const quantiles = sampleDistribution(x, density, 4000, new RandomStream(1, 'w1'));

  it('of shifted samples is the shift', () => {
    const base = wasserstein1(quantiles, { x, density });
    expect(
      Math.abs(
        wasserstein1(
          quantiles.map((v) => v + 2),
          { x, density },
        ) - 2,
      ),
    ).toBeLessThan(2 * base);
  });

  it('of samples at the mean is E|x|', () => {
    expect(wasserstein1(new Float64Array(4000), { x, density })).toBeCloseTo(Math.sqrt(2 / Math.PI), 3);
  });
});

describe('Jensen-Shannon', () => {
  it('is zero for equal and log 2 for disjoint histograms, whatever their scale', () => {
    expect(jensenShannon([1, 2, 3], [2, 4, 6])).toBeCloseTo(0, 12);
    expect(jensenShannon([1, 0], [0, 5])).toBeCloseTo(Math.LN2, 12);
  });
});

describe('the exact denoiser', () => {
  const scale = { mean: [0, 0], deviation: [0.5, 0.8] };
  const n = 21;

  it('of the fast-slow system at amplitude 0 has the Gaussian form in y', () => {
    const { setting, density } = solve('system=fast-slow-double-well&system.amplitude=0&system.stiffness=10');
    for (const sigma of [0.002, 0.05, 0.6, 4]) {
      const { points, vectors } = exactDenoisingField(setting.model, setting.kT, density, sigma, scale, n);
      const width = (sigma * scale.deviation[1]) ** 2;
      for (let k = 0; k < n * n; k++) {
        const expected = -points.values[2 * k + 1] * (width / (width + 1 / 10));
        expect(Math.abs(vectors.values[2 * k + 1] - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
      }
    }
  });

  it('tends to sigma^2 s^2 times force / kT as sigma vanishes', () => {
    const { setting, density } = solve('system=three-hole&kT=0.6');
    const sigma = 0.01;
    const { points, vectors } = exactDenoisingField(setting.model, setting.kT, density, sigma, scale, n);
    for (let k = 0; k < n * n; k += 7) {
      const gradient = setting.model.gradientAt([points.values[2 * k], points.values[2 * k + 1]]);
      gradient.forEach((slope, d) => {
        const score = vectors.values[2 * k + d] / (sigma * scale.deviation[d]) ** 2;
        expect(Math.abs(score + slope / setting.kT)).toBeLessThan(0.01 * (1 + Math.abs(slope / setting.kT)));
      });
    }
  });

  it('is the same whether the noise or the density is integrated on a grid', () => {
    const { setting, density } = solve('system=three-hole&kT=0.6');
    const h = spacing(density.axes[0]) / scale.deviation[0];
    const field = (sigma: number) =>
      exactDenoisingField(setting.model, setting.kT, density, sigma, scale, n).vectors.values;
    const [below, above] = [field(2.999 * h), field(3.001 * h)];
    for (let k = 0; k < below.length; k++) expect(Math.abs(below[k] - above[k])).toBeLessThan(2e-4);
  });

  it('leaves the noised density normalised', () => {
    const { setting, density } = solve('system=three-hole&kT=0.6');
    const field = exactDenoisingField(setting.model, setting.kT, density, 0.2, scale, 81);
    const { xs, ys, values } = field.density;
    expect(values.reduce((a, b) => a + b, 0) * spacing(xs) * spacing(ys)).toBeCloseTo(1, 2);
  });
});

describe('basins', () => {
  const { model } = settingOf(experimentOf('system=mueller-brown'), families);
  const basins = new Basins(model);

  it('hold their minima and meet at the saddles', () => {
    model.system.facts.minima.forEach(({ at: [x, y] }, label) => {
      expect(basins.at(x, y)).toBe(label);
    });
    for (const { at } of model.system.facts.saddles) {
      const around = Array.from({ length: 16 }, (_, k) =>
        basins.at(at[0] + 0.08 * Math.cos((k * Math.PI) / 8), at[1] + 0.08 * Math.sin((k * Math.PI) / 8)),
      );
      expect(new Set(around).size).toBe(2);
    }
  });

  it('agree with steepest descent', () => {
    const descend = (start: number[]): number => {
      let at = start;
      for (let n = 0; n < 20_000; n++) {
        const gradient = model.gradientAt(at);
        at = at.map((v, d) => v - 1e-4 * gradient[d]);
      }
      const distances = model.system.facts.minima.map((m) => Math.hypot(at[0] - m.at[0], at[1] - m.at[1]));
      return distances.indexOf(Math.min(...distances));
    };
    const starts = [
      [-1, 1.2],
      [-0.6, 0.9],
      [-1, 0.5],
      [0, 0.4],
      [0.4, 0],
      [0.9, 0.2],
      [-0.3, 0.7],
    ];
    for (const start of starts) expect(basins.at(start[0], start[1])).toBe(descend(start));
  });
});

describe('densities', () => {
  it('are refused when the energy is not bounded below', () => {
    const { model } = settingOf(experimentOf('system=three-hole'), families);
    const { constructor: Type } = model;
    const unbounded = Reflect.construct(Type, [{ ...model.system, energy: 'x^2 - y^2' }, {}]) as typeof model;
    expect(() => exactDensity(unbounded, 1)).toThrow(/energy-unbounded|energy-not-finite/);
  });
});
