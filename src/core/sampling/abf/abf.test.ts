/** The adaptive biasing force: mean forces against closed forms, the bias that follows, and whole runs. */
import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import { Reference } from '../../exact/reference.ts';
import { SplineBias } from '../../expression/spline.ts';
import { freeEnergyError } from '../../metrics/free-energy-error.ts';
import type { FreeEnergyEstimate, Series } from '../../numerics/results.ts';
import type { Families } from '../../settings/families.ts';
import { parseQuery } from '../../settings/query.ts';
import type { CollectiveVariable, System } from '../../systems/contract.ts';
import { settingOf } from '../../systems/model.ts';
import type { BiasFrame } from '../frames.ts';
import { BiasRun } from '../run.ts';
import { ForceProfile } from './force-profile.ts';
import { meanForceProgram } from './mean-force.ts';

const radial: System = {
  ...families.systems['three-hole'],
  energy: '3*(x^2 + y^2)',
  cvs: [
    { id: 'radius', label: 'r', value: 'sqrt(x^2 + y^2)', range: [0, 1.6] },
    { id: 'square', label: 'r²', value: 'x^2 + y^2', range: [0, 2.5] },
    { id: 'flat', label: '1', value: '0*x + 1', range: [0, 2] },
  ],
  facts: { minima: [{ name: 'left', at: [0, 0], energy: 0 }], saddles: [] },
  arrival: { minimum: 'left', radius: 1 },
  start: [0.5, 0],
};
const laboratory: Families = { ...families, systems: { ...families.systems, radial } };
const experimentOf = (query: string) => parseQuery(`station=bias&method=abf&${query}`, laboratory).experiment;

function finished(query: string, piece = Number.POSITIVE_INFINITY): BiasFrame {
  const run = new BiasRun(laboratory, experimentOf(query));
  while (!run.done) run.advance(piece);
  return run.frame();
}

function estimateOf(frame: BiasFrame): FreeEnergyEstimate {
  const found = frame.finding?.freeEnergy;
  if (!found) throw new Error('There is no estimate');
  return found;
}

const exactOf = (query: string) =>
  new Reference(laboratory).freeEnergy(experimentOf(query), FREE_ENERGY_BINS);
const errorOf = async (query: string) =>
  freeEnergyError(estimateOf(finished(query)), await exactOf(query))?.rmse ?? Number.NaN;
const warned = (frame: BiasFrame) => frame.finding?.warnings.map(({ id }) => id);

function forceAt(query: string, state: readonly number[]): number {
  const { model, cv, kT } = settingOf(experimentOf(query), laboratory);
  return meanForceProgram(model, cv.value, kT)?.at(state)[1] ?? Number.NaN;
}

describe('the force along a slow variable', () => {
  it("of a radius is U' - kT/r, of its square U'/(2r): dimension and Jacobian are in it", () => {
    for (const [x, y] of [
      [0.3, 0.4],
      [-1.2, 0.5],
    ]) {
      const r = Math.hypot(x, y);
      expect(forceAt('system=radial&kT=0.7', [x, y])).toBeCloseTo(6 * r - 0.7 / r, 10);
      expect(forceAt('system=radial&kT=0.7&cv=square', [x, y])).toBeCloseTo(3, 10);
    }
  });

  it('of the angle of a ring is the slope of the energy along it, at any radius', () => {
    const slope = (angle: number) => {
      const { model } = settingOf(experimentOf('system=ring'), laboratory);
      const U = (a: number) => model.energyAt([1.3 * Math.cos(a), 1.3 * Math.sin(a)]);
      return (U(angle + 1e-5) - U(angle - 1e-5)) / 2e-5;
    };
    for (const angle of [-3.1, -1, 0.4, 2.2])
      expect(forceAt('system=ring', [1.3 * Math.cos(angle), 1.3 * Math.sin(angle)])).toBeCloseTo(
        slope(angle),
        6,
      );
  });

  it('of the slow variable of the half-moon is that of the hidden double well', () => {
    for (const [x1, x2] of [
      [-1.2, 0.3],
      [0.5, -1],
    ])
      expect(forceAt('system=half-moon', [x1, x2])).toBeCloseTo(20 * x1 * (x1 * x1 - 1), 10);
  });

  it('is not finite where the variable has no slope, and absent without a potential', () => {
    expect(forceAt('system=radial', [0, 0])).toBeNaN();
    const { model, cv } = settingOf(experimentOf('system=maier-stein'), laboratory);
    expect(meanForceProgram(model, cv.value, 1)).toBeNull();
  });
});

describe('a profile of forces', () => {
  const ring: CollectiveVariable = { id: 'a', label: 'a', value: 'x', range: [0, 4], periodic: true };
  const line: CollectiveVariable = { ...ring, periodic: false };
  const bins = 40;
  /** Mean over a bin of the slope of F = cos(pi z / 2) - (z - 2)^2 / 4. */
  const F = (z: number) => Math.cos((Math.PI * z) / 2) - (z - 2) ** 2 / 4;
  const filled = (cv: CollectiveVariable, samples: number, skip: readonly number[] = []) => {
    const profile = new ForceProfile(cv, bins, 8, 10, 2);
    for (let bin = 0; bin < bins; bin++)
      for (let n = 0; n < (skip.includes(bin) ? 0 : samples); n++)
        profile.add(n % 8, (bin + 0.5) / 10, 2 * ((F((bin + 1) / 10) - F(bin / 10)) / 0.1));
    return profile;
  };
  const biasOf = (profile: ForceProfile, periodic: boolean) => {
    const bias = new SplineBias([{ range: [0, 4], cells: bins, periodic }]);
    profile.writeBias(bias);
    return bias;
  };

  it('adds up to F in kT', () => {
    const { cv, F: found } = filled(line, 20).freeEnergy(60);
    const apart = cv.map((z, i) => found[i] - F(z));
    expect(Math.max(...apart) - Math.min(...apart)).toBeLessThan(0.01);
  });

  it('is taken away whole in full bins and in part before', () => {
    for (const [samples, share] of [
      [20, 1],
      [5, 0.5],
    ]) {
      const bias = biasOf(filled(line, samples), false);
      for (const [a, b] of [
        [0.5, 1.5],
        [1, 3.4],
      ])
        expect(bias.at(b) - bias.at(a)).toBeCloseTo(-2 * share * (F(b) - F(a)), 1);
    }
  });

  it('closes its bias around a ring, and tells how far the forces were from closing', () => {
    const open = filled(ring, 20);
    open.add(0, 0.05, 20 * 21);
    expect(open.closure()?.value).toBeCloseTo(((420 - 2 * ((F(0.1) - F(0)) / 0.1)) / 21 / 2) * 0.1, 6);
    const { coefficients } = biasOf(open, true);
    for (let i = 0; i < 3; i++) expect(coefficients[bins + i]).toBeCloseTo(coefficients[i], 9);
    expect(filled(line, 20).closure()).toBeNull();
  });

  it('knows nothing beyond a gap, and of singular samples', () => {
    const profile = filled(line, 20, [10]);
    profile.add(0, 1.05, Number.NaN);
    profile.add(0, 1.05, Number.POSITIVE_INFINITY);
    const { cv, F: found } = profile.freeEnergy(40);
    found.forEach((value, i) => {
      expect(Number.isFinite(value), `at ${cv[i]}`).toBe(i > 10);
    });
  });

  it('has errors that follow from the spread of its groups', () => {
    const profile = new ForceProfile(line, bins, 8, 10, 1);
    for (let bin = 0; bin < bins; bin++)
      for (let group = 0; group < 8; group++) profile.add(group, (bin + 0.5) / 10, group % 2 === 0 ? 1 : -1);
    // Each group leans one way in all bins alike: by z / 8 of 8 groups, squares added up.
    const { cv, stderr } = profile.freeEnergy(40);
    const mean = cv.reduce((a, b) => a + b) / cv.length;
    for (const i of [0, 10, 39])
      expect(stderr[i]).toBeCloseTo(Math.sqrt((8 / 7) * 8) * (Math.abs(cv[i] - mean) / 8), 6);
  });
});

describe('a run', () => {
  it.each([
    'system=double-well',
    'system=ring',
    'system=half-moon',
    'system=washboard',
    'system=radial&kT=1&cv=square',
  ])('of %s is within 0.1 kT', async (query) => {
    if (query.includes('radial')) {
      const found = estimateOf(finished(`${query}&budget=200000`));
      expect(freeEnergyError(found, { cv: found.cv, F: found.cv.map((z) => 3 * z) })?.rmse).toBeLessThan(0.1);
    } else expect(await errorOf(`${query}&budget=300000`)).toBeLessThan(0.1);
  });

  it('from one well of a barrier of 8 kT finds the other', async () => {
    expect(await errorOf('system=fast-slow-double-well&system.barrier=8&budget=1000000')).toBeLessThan(0.15);
  });

  it('of a radius has the Jacobian of the plane', () => {
    const found = estimateOf(finished('system=radial&kT=1&budget=300000'));
    const exact = { cv: found.cv, F: found.cv.map((r) => 3 * r * r - Math.log(r)) };
    expect(freeEnergyError(found, exact)?.rmse).toBeLessThan(0.2);
  });

  it('tells errors that are of the size of what is wrong', async () => {
    const ratios: number[] = [];
    for (let seed = 1; seed <= 4; seed++) {
      const query = `system=mueller-brown&cv=y&kT=15&budget=300000&seed=${seed}`;
      const [{ F, stderr }, exact] = [estimateOf(finished(query)), await exactOf(query)];
      const bins = [...F.keys()].filter((i) => exact.F[i] < 6);
      const share = bins.map((i) => Math.exp(-exact.F[i]));
      const total = share.reduce((a, b) => a + b);
      const shift = bins.reduce((sum, i, k) => sum + (share[k] / total) * (F[i] - exact.F[i]), 0);
      for (const i of bins) ratios.push((F[i] - exact.F[i] - shift) / stderr[i]);
    }
    const rms = Math.sqrt(ratios.reduce((sum, z) => sum + z * z, 0) / ratios.length);
    expect(rms).toBeGreaterThan(0.4);
    expect(rms).toBeLessThan(2.5);
  });

  it('ends with the bias -F, and closes around a ring within errors', () => {
    const frame = finished('system=ring&budget=500000');
    const { x, y } = frame.view.bias as Series;
    expect(y[0]).toBeCloseTo(y[x.length - 1], 9);
    const { closure, closureStderr } = frame.finding?.figures ?? {};
    expect(Math.abs(closure as number)).toBeLessThan(4 * (closureStderr as number));
    expect(Math.max(...y) - Math.min(...y)).toBeGreaterThan(3);
  });

  it('weighs its states so that averages are those of equilibrium', () => {
    const { weighted } = finished('system=half-moon&budget=500000').finding ?? {};
    if (!weighted) throw new Error('There are no weights');
    const { states, logWeights } = weighted;
    const highest = logWeights.reduce((a, b) => Math.max(a, b));
    let [sum, total] = [0, 0];
    logWeights.forEach((logWeight, row) => {
      const weight = Math.exp(logWeight - highest);
      sum += weight * states.values[2 * row + 1] ** 2;
      total += weight;
    });
    const { kT } = experimentOf('system=half-moon');
    expect(Math.abs(sum / total - kT / 2), 'variance kT/k of the fast coordinate').toBeLessThan(0.03);
  });

  it('does not depend on how it is cut, spends its budget and repeats itself', () => {
    const query = 'system=double-well&budget=60000';
    const whole = finished(query);
    expect(estimateOf(finished(query, 3000))).toEqual(estimateOf(whole));
    expect(whole.forceEvaluations).toBeGreaterThan(60_000 - 16);
    expect(estimateOf(finished(`${query}&seed=2`)).F).not.toEqual(estimateOf(whole).F);
  });

  it('says what it has not reached, and bears a variable without a slope', () => {
    expect(warned(finished('system=fast-slow-double-well&budget=5000'))).toContain('uncovered');
    const flat = finished('system=radial&cv=flat&budget=5000');
    expect(flat.finding?.freeEnergy).toBeNull();
    expect(flat.finding?.figures.singularSamples).toBeGreaterThan(100);
  });

  it('that something slow beside the variable keeps from settling says so', () => {
    const hidden = finished('system=mueller-brown&cv=x&kT=15&budget=2000000&seed=3');
    expect(warned(hidden)).toContain('slow-beside');
    expect(warned(finished('system=three-hole&budget=1000000'))).not.toContain('slow-beside');
  });
});
