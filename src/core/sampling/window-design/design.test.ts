import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { periodOf } from '../../dynamics/bias-term.ts';
import { STEP_SHARES } from '../../dynamics/stability.ts';
import { Reference } from '../../exact/reference.ts';
import { binCenters } from '../../numerics/results.ts';
import { type Experiment, group } from '../../params/experiment.ts';
import type { Families } from '../../settings/families.ts';
import { parseQuery } from '../../settings/query.ts';
import type { System } from '../../systems/contract.ts';
import { settingOf } from '../../systems/model.ts';
import { biasedDensity, isUnimodal, sharedBy } from './biased-density.ts';
import { designEvaluations, designWindows } from './design.ts';
import { measureProfile } from './measure.ts';

const STIFFNESS = 30;
const harmonic: System = {
  ...families.systems['double-well'],
  params: {},
  energy: `${STIFFNESS / 2}*x^2`,
  facts: { minima: [{ name: 'left', at: [0], energy: 0 }], saddles: [] },
  start: [0],
};
const laboratory: Families = { ...families, systems: { ...families.systems, harmonic } };
const experimentOf = (query: string) => parseQuery(`station=bias&${query}`, laboratory).experiment;
const designOf = (query: string) => {
  const experiment = experimentOf(query);
  return designWindows(laboratory, experiment, designEvaluations(experiment));
};

const BINS = 2000;

async function exactFreeEnergy(experiment: Experiment, at: Float64Array): Promise<Float64Array> {
  const { barrier, wells } = group(experiment, 'system') as Record<string, number>;
  // h/2 (1 - cos n angle): level sets of an angle are dear.
  if (experiment.cv === 'angle')
    return at.map((angle) => ((barrier / 2) * (1 - Math.cos(wells * angle))) / experiment.kT);
  return (await new Reference(laboratory).freeEnergy(experiment, at.length)).F;
}

/** What exact quadrature says of the windows of an experiment. */
async function verdict(query: string) {
  const experiment = experimentOf(query);
  const design = designOf(query);
  const { cv, kT } = settingOf(experiment, laboratory);
  const at = binCenters(...cv.range, BINS);
  const F = await exactFreeEnergy(experiment, at);
  const period = periodOf(cv);
  const densities = design.centers.map((center, k) =>
    biasedDensity({ at, F: F.map((value) => kT * value) }, kT, center, design.springConstants[k], period),
  );
  const pairs = period === undefined ? densities.slice(1) : [...densities.slice(1), densities[0]];
  const asked = [...F.keys()].filter((i) => F[i] < 8);
  return {
    ...design,
    split: densities.filter((density) => !isUnimodal(density, period !== undefined, 0.999)).length,
    shared: Math.min(...pairs.map((next, k) => sharedBy(densities[k], next))),
    // Beyond two widths of every window.
    uncovered: asked.filter((i) => densities.every((p) => p[i] < Math.exp(-2))).length / asked.length,
  };
}

describe('windows that are designed', () => {
  it.each([
    'system=double-well',
    'system=double-well&system.tilt=2&kT=0.5',
    'system=double-well&system.barrier=20',
    'system=fast-slow-double-well&system.barrier=8',
    'system=mueller-brown&kT=15&cv=y',
    'system=ring&cv=angle',
    'system=three-hole',
    'system=harmonic',
  ])('have one peak each, overlap and cover F below 8 kT, by exact quadrature: %s', async (query) => {
    const { split, shared, uncovered, centers, timeStepLimit, forceEvaluations } = await verdict(query);
    expect(split).toBe(0);
    expect(shared).toBeGreaterThan(0.1);
    expect(uncovered).toBeLessThan(0.02);
    expect(centers.length).toBeLessThanOrEqual(64);
    expect(timeStepLimit).toBeNull();
    expect(forceEvaluations).toBeLessThanOrEqual(200_000);
  });

  it('stand in order within the range of the cv, with a spring each', () => {
    for (const query of ['system=double-well', 'system=ring&cv=angle', 'system=ring&cv=x']) {
      const { centers, springConstants } = designOf(query);
      const [low, high] = settingOf(experimentOf(query), laboratory).cv.range;
      expect(springConstants).toHaveLength(centers.length);
      expect(centers).toEqual(centers.toSorted((a, b) => a - b));
      expect(centers.every((center) => center >= low && center <= high)).toBe(true);
    }
  });

  it('go round a ring without a gap and without a second window at the seam', () => {
    const { centers } = designOf('system=ring&cv=angle');
    const gaps = centers.map((center, k) =>
      k + 1 < centers.length ? centers[k + 1] - center : centers[0] + 2 * Math.PI - center,
    );
    expect(Math.min(...gaps)).toBeGreaterThan(0.1);
    expect(Math.max(...gaps)).toBeLessThan(1);
  });

  it('need no more force evaluations than they are given, and say when they need more', () => {
    const experiment = experimentOf('system=double-well');
    expect(designWindows(laboratory, experiment, 150_000).forceEvaluations).toBeLessThanOrEqual(150_000);
    expect(() => designWindows(laboratory, experiment, 10_000)).toThrow('design-needs-budget');
  });

  it('follow from the seed', () => {
    expect(designOf('system=double-well&seed=3')).toEqual(designOf('system=double-well&seed=3'));
    expect(designOf('system=double-well&seed=3').centers).not.toEqual(
      designOf('system=double-well&seed=4').centers,
    );
  });

  it('are settings of the experiment', () => {
    const { changes, centers, springConstants } = designOf('system=double-well');
    expect(changes).toEqual({
      method: 'umbrella',
      'method.centers': centers,
      'method.springConstants': springConstants,
    });
  });

  it('cannot be had without a potential', () => {
    expect(() => designOf('system=ornstein-uhlenbeck')).toThrow('design-needs-potential');
    expect(() => designOf('system=washboard&system.tilt=1')).toThrow('design-needs-potential');
  });
});

describe('springs', () => {
  it.each(['integrator=euler-maruyama', 'integrator=stochastic-heun'])(
    'move the cv by less than 0.3 of its distance in a step: %s',
    (integrator) => {
      for (const query of ['system=double-well', 'system=mueller-brown&kT=15&cv=y']) {
        const experiment = experimentOf(`${query}&${integrator}`);
        const { springConstants, timeStepLimit } = designOf(`${query}&${integrator}`);
        const dt = timeStepLimit ?? (group(experiment, 'integrator').dt as number);
        // Mobility and slope of the cv are 1.
        expect(Math.max(...springConstants) * dt).toBeLessThan(STEP_SHARES.window * 1.02);
      }
    },
  );

  it('that a barrier needs but the time step does not carry come with the time step that does', async () => {
    const { timeStepLimit, changes, springConstants, reasons, split } = await verdict(
      'system=double-well&integrator.dt=0.02',
    );
    expect(split).toBe(0);
    expect(timeStepLimit).toBeLessThan(0.02);
    expect(changes['integrator.dt']).toBe(timeStepLimit);
    expect((timeStepLimit ?? 1) * Math.max(...springConstants)).toBeLessThan(STEP_SHARES.window * 1.02);
    expect(reasons.find(({ id }) => id === 'design-time-step-long')?.values).toMatchObject({
      limit: timeStepLimit,
    });
  });

  it('are those of inertial walkers where they have inertia: (k/m) dt^2 counts', async () => {
    const { springConstants, split } = await verdict(
      'system=double-well&integrator=baoab&integrator.dt=0.02',
    );
    expect(split).toBe(0);
    expect(Math.max(...springConstants) * 0.02 ** 2).toBeLessThan(STEP_SHARES.window);
  });
});

describe('the free energy that a design measures', () => {
  it('of a harmonic system curves by its stiffness everywhere, within the errors stated', () => {
    const { profile } = measureProfile(laboratory, experimentOf('system=harmonic'), 400_000);
    // Places 2.5 stops apart are nearly independent: kernels are 0.85 stops wide, 401 nodes go on 40 stops.
    const scores = [...profile.at.keys()]
      .filter((i) => i % 25 === 0)
      .map((i) => (profile.curvature[i] - STIFFNESS) / profile.curvatureError[i]);
    const square = scores.reduce((sum, z) => sum + z * z, 0) / scores.length;
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(3.5);
    // Chi square of 10 to 16: 3 standard deviations above 1, and not errors that are far too large.
    expect(square).toBeLessThan(1 + 3 * Math.sqrt(2 / scores.length));
    expect(square).toBeGreaterThan(0.2);
  });

  it('of a double well curves as 4 h (3 x^2 - 1) on the barrier and in the wells', () => {
    const { profile } = measureProfile(laboratory, experimentOf('system=double-well'), 400_000);
    const scores = [-1, -0.5, 0, 0.5, 1].map((x) => {
      const i = profile.at.findIndex((z) => z >= x);
      return (profile.curvature[i] - 20 * (3 * profile.at[i] ** 2 - 1)) / profile.curvatureError[i];
    });
    expect(Math.max(...scores.map(Math.abs))).toBeLessThan(3.5);
  });

  it('differs on the ways up and down where something beside the cv is slow, and only there', () => {
    const work = (query: string) => {
      const { hysteresis } = measureProfile(laboratory, experimentOf(query), 200_000);
      return hysteresis.work / hysteresis.error;
    };
    expect(work('system=double-well')).toBeLessThan(3);
    expect(work('system=mueller-brown&kT=15&cv=y')).toBeGreaterThan(3);
  });
});

describe('the share of neighbours', () => {
  it('is that of two Gaussians: 1/2 for the same, none far apart, symmetric', () => {
    const at = binCenters(-10, 10, 4000);
    const gaussian = (mean: number) => at.map((x) => Math.exp(-((x - mean) ** 2) / 2));
    expect(sharedBy(gaussian(0), gaussian(0))).toBeCloseTo(0.5, 10);
    expect(sharedBy(gaussian(-4), gaussian(4))).toBeLessThan(1e-3);
    expect(sharedBy(gaussian(0), gaussian(2))).toBeCloseTo(sharedBy(gaussian(2), gaussian(0)), 10);
    // By symmetry about the middle it is the mean of 1/(1 + exp(x d + d^2/2)) over a standard normal x: d = 2.
    const logistic = at.reduce((sum, x) => {
      const p = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
      return sum + (p * (at[1] - at[0])) / (1 + Math.exp(-(2 * x - 2)));
    }, 0);
    expect(sharedBy(gaussian(0), gaussian(2))).toBeCloseTo(logistic, 6);
  });

  it('does not take a density with two peaks for one', () => {
    const at = binCenters(-3, 3, 600);
    const well = { at, F: at.map((x) => 5 * (x * x - 1) ** 2) };
    expect(isUnimodal(biasedDensity(well, 1, 0, 1), false)).toBe(false);
    expect(isUnimodal(biasedDensity(well, 1, 0, 25), false)).toBe(true);
  });
});
