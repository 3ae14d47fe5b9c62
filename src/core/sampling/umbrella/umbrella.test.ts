import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import type { Finding } from '../../estimators/finding.ts';
import { Reference } from '../../exact/reference.ts';
import { freeEnergyError } from '../../metrics/free-energy-error.ts';
import { parseQuery } from '../../settings/query.ts';
import { Lab } from '../lab.ts';
import { BiasRun } from '../run.ts';
import { Drag } from './drag.ts';
import { equilibriumStarts } from './equilibrium-start.ts';
import { Springs } from './stiffness.ts';

const Z = 4;
const experimentOf = (query: string) =>
  parseQuery(`station=bias&method=umbrella&method.errors=asymptotic&${query}`, families).experiment;
const begun = (query: string) => new BiasRun(families, experimentOf(query));

function finished(query: string) {
  const run = begun(query);
  run.advance(Number.POSITIVE_INFINITY);
  const frame = run.frame();
  expect(frame.divergence).toBeNull();
  return { ...frame, finding: frame.finding as Finding };
}

async function errorOf(query: string): Promise<number | null> {
  const { finding } = finished(query);
  const exact = await new Reference(families).freeEnergy(experimentOf(query), 60);
  return finding.freeEnergy ? (freeEnergyError(finding.freeEnergy, exact)?.rmse ?? null) : null;
}

const warningsOf = ({ warnings }: Finding) => warnings.map(({ id }) => id);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const variance = (values: readonly number[]) => mean(values.map((v) => (v - mean(values)) ** 2));

/** Stiffness 20 along x; the integrator samples harmonic windows without error of the time step. */
const HARMONIC = 'system=custom&system.energy=10*x^2%2B5*y^2&integrator=leimkuhler-matthews&start=0,0';
const [K0, KU] = [20, 100];

describe('umbrella sampling', () => {
  it('samples harmonic windows on a harmonic well about c Ku / (K0 + Ku), with the variance kT / (K0 + Ku)', () => {
    const centers = [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6];
    const { finding } = finished(
      `${HARMONIC}&method.centers=${centers}&method.springConstants=${KU}&budget=500000`,
    );
    expect(finding.windows.map(({ center }) => center)).toEqual(centers);
    const { values } = finding.weighted?.states ?? { values: new Float32Array() };
    const windowOf = finding.weighted?.strata ?? new Int32Array();
    finding.windows.forEach((window, k) => {
      const xs = Array.from(windowOf, (w, n) => (w === k ? values[2 * n] : Number.NaN)).filter(
        Number.isFinite,
      );
      expect(window.effectiveSamples).toBeGreaterThan(300);
      const exact = 1 / (K0 + KU);
      expect(Math.abs(mean(xs) - window.mean)).toBeLessThan(1e-6);
      expect(Math.abs(window.mean - (window.center * KU) / (K0 + KU))).toBeLessThan(
        Z * Math.sqrt(exact / window.effectiveSamples),
      );
      expect(Math.abs(variance(xs) / exact - 1)).toBeLessThan(Z * Math.sqrt(2 / window.effectiveSamples));
    });
  });

  it('gives the same result however a run is cut into pieces, and another one with another seed', () => {
    const query = 'system=double-well&budget=60000&method.windows=12&method.walkers=3';
    const whole = finished(query);
    const pieces = begun(query);
    while (!pieces.done) pieces.advance(777);
    expect(pieces.frame().finding?.freeEnergy).toEqual(whole.finding.freeEnergy);
    expect(finished(`${query}&seed=2`).finding.freeEnergy).not.toEqual(whole.finding.freeEnergy);
  });

  it.each([
    ['', 1000],
    ['', 12_345],
    ['', 200_000],
    ['&integrator=stochastic-heun', 200_000],
    ['&method.start=data', 200_000],
    ['&method.start=equilibrium', 200_000],
    ['&method.walkers=1&method.windows=1', 10_000],
  ])('spends its budget and no more (%s, %d)', (more, budget) => {
    const { forceEvaluations, done } = finished(`system=double-well&budget=${budget}${more}`);
    expect(done).toBe(true);
    expect(forceEvaluations).toBeLessThanOrEqual(budget);
    // A block is at most 20 steps of 96 walkers here, of two forces each.
    expect(forceEvaluations).toBeGreaterThan(budget - 20 * 96 * 2);
  });

  it.each([
    ['dragged', 'phase-drag'],
    ['data', 'phase-direct'],
    ['equilibrium', null],
  ])('finds the free energy from walkers that start %s', async (start, phase) => {
    const query = `system=fast-slow-double-well&budget=500000&method.windows=16&method.start=${start}`;
    expect(await errorOf(query)).toBeLessThan(0.4);
    const run = begun(query);
    run.advance(1000);
    expect(run.frame().view.phase.id).toBe(phase ?? 'phase-windows');
    run.advance(100_000);
    const { view } = run.frame();
    expect(view.phase.id).toBe('phase-windows');
    expect(view.walkers.values.length).toBe(2 * 64);
    expect([...view.of]).toEqual(Array.from({ length: 64 }, (_, w) => Math.floor(w / 4)));
  });

  it.each([
    ['ring', 'angle', 600_000, 0.3],
    ['washboard', 'x', 200_000, 0.2],
    ['half-moon', 'slow', 400_000, 0.25],
  ])('finds the free energy of %s along %s', async (system, cv, budget, most) => {
    const query = `system=${system}&cv=${cv}&budget=${budget}&method.windows=16`;
    expect(await errorOf(query)).toBeLessThan(most);
  });

  it('goes once round a ring without doubling the seam, and wraps centres', () => {
    const { finding } = finished('system=washboard&budget=20000&method.windows=8');
    const centers = finding.windows.map(({ center }) => center);
    centers.forEach((center, k) => {
      expect(center).toBeCloseTo(-Math.PI + (k * Math.PI) / 4, 9);
    });
    const wrapped = finished('system=washboard&budget=20000&method.centers=-4,0,2').finding;
    expect(wrapped.windows[0].center).toBeCloseTo(2 * Math.PI - 4, 9);
    expect(warningsOf(wrapped)).not.toContain('outside-range');
  });
});

describe('what umbrella sampling refuses or warns of', () => {
  it.each([
    ['method.springConstants=1,2,3', 'springs-and-windows-differ {"springs":3,"windows":32}'],
    ['method.low=1&method.high=0', 'low-above-high {"low":1,"high":0}'],
  ])('%s', (query, message) => {
    expect(() => begun(`system=double-well&${query}`)).toThrow(message);
  });

  it('no number from windows without a spring, unless there is one window only', () => {
    const { finding } = finished('system=double-well&method.centers=-1,0&method.springConstants=0,50');
    expect(finding.freeEnergy).toBeNull();
    expect(warningsOf(finding)).toEqual(['zero-spring']);
    expect(finding.warnings[0].message.values).toEqual({ centers: [-1] });
    const single = 'system=double-well&method.windows=1&method.springConstants=0&budget=20000';
    expect(warningsOf(finished(single).finding)).not.toContain('zero-spring');
  });

  it('no number from windows outside the range of the cv; the default ones are inside', () => {
    const { finding } = finished('system=mueller-brown&method.centers=0,1.3,1.5&budget=20000');
    expect(warningsOf(finding)).toContain('outside-range');
    expect(finding.freeEnergy).toBeNull();
    expect(finding.warnings[0].message.values).toMatchObject({ centers: [1.3, 1.5] });
    expect(finding.warnings[0].offer?.changes).toEqual({ 'method.centers': [0] });
    expect(warningsOf(finished('system=mueller-brown&budget=20000').finding)).not.toContain('outside-range');
    const beyond = finished('system=double-well&method.low=-4&method.high=-3&budget=20000').finding;
    const { low, high } = {
      low: beyond.warnings[0].offer?.changes['method.low'],
      high: beyond.warnings[0].offer?.changes['method.high'],
    };
    expect(() => begun(`system=double-well&method.low=${low}&method.high=${high}`)).not.toThrow();
  });

  it('nothing of windows that are still to be sampled', () => {
    const run = begun('system=double-well&budget=200000');
    for (let spent = 0; spent < 60_000; spent += 2000) {
      run.advance(2000);
      expect(warningsOf(run.frame().finding ?? ({ warnings: [] } as unknown as Finding))).not.toContain(
        'unsampled-window',
      );
    }
  });

  it('a spring that is too stiff for any time step worth having, and offers others', () => {
    const { finding } = finished('system=double-well&method.springConstants=1e9&budget=20000');
    expect(finding.warnings[0].offer?.changes).toEqual({ 'method.springConstants': [] });
  });

  it('a spring that is too stiff for the time step, and offers one that will do', () => {
    const query = 'system=fast-slow-double-well&method.springConstants=20000&budget=100000';
    const { finding, forceEvaluations } = finished(query);
    expect(finding.freeEnergy).toBeNull();
    expect(forceEvaluations).toBeLessThan(10_000);
    expect(finding.warnings[0].message).toMatchObject({
      id: 'spring-too-stiff',
      values: { spring: 20000, dt: 0.0002 },
    });
    const dt = finding.warnings[0].offer?.changes['integrator.dt'];
    expect(dt).toBe(1e-5);
    expect(warningsOf(finished(`${query}&integrator.dt=${dt}`).finding)).not.toContain('diverged');
  });

  it('softens its own springs where the cv changes fast', () => {
    const { finding } = finished('system=half-moon&cv=y1&budget=100000');
    const springs = finding.windows.map(({ springConstant }) => springConstant);
    const [low, high] = [-1.6, 4];
    expect(Math.max(...springs)).toBeLessThan(2 * (23 / (high - low)) ** 2);
    expect(Math.min(...springs)).toBeGreaterThan(0);
  });

  it('exact starts where they are not known', () => {
    const { finding } = finished('system=lorenz-driven&method.start=equilibrium&budget=20000');
    expect(warningsOf(finding)).toEqual(['not-reversible']);
    const chain = finished('system=phi4-chain&cv=mean&method.start=equilibrium&budget=20000').finding;
    expect(warningsOf(chain)).toContain('start-replaced');
  });
});

describe('starts', () => {
  const labOf = (query: string) => new Lab(families, experimentOf(query));

  it.each([1, 3, 4])('leave %d walkers near every centre, half of each way', (perWindow) => {
    // Started beyond the highest window, and between windows.
    for (const start of ['left', '1.5,0']) {
      const lab = labOf(`system=fast-slow-double-well&start=${start}&budget=200000`);
      const windows = [-1.2, -0.8, -0.4, 0, 0.4].map((center) => ({ center, springConstant: 100 }));
      const drag = new Drag(lab, windows, perWindow, new Springs(lab, windows, true));
      for (const _ of drag.steps(150_000)) expect(lab.spent).toBeLessThanOrEqual(150_000);
      const { snapshot, backward } = drag.starts();
      const walkers = 5 * perWindow;
      expect(Math.abs(2 * backward.reduce((a, b) => a + b, 0) - walkers)).toBeLessThanOrEqual(1);
      windows.forEach(({ center }, k) => {
        const share = backward.subarray(k * perWindow, (k + 1) * perWindow).reduce((a, b) => a + b, 0);
        expect(Math.abs(share - perWindow / 2)).toBeLessThanOrEqual(0.5);
        for (let j = 0; j < perWindow; j++)
          expect(Math.abs(snapshot[k * perWindow + j] - center)).toBeLessThan(0.6);
      });
    }
  });

  it('drawn from exact equilibrium have its mean and variance', () => {
    const count = 400;
    const center = 0.5;
    const starts = equilibriumStarts(labOf(HARMONIC), [{ center, springConstant: KU }], count);
    const xs = [...(starts?.snapshot.subarray(0, count) ?? [])];
    const ys = [...(starts?.snapshot.subarray(count) ?? [])];
    for (const [values, at, stiffness] of [
      [xs, (center * KU) / (K0 + KU), K0 + KU],
      [ys, 0, 10],
    ] as const) {
      expect(values).toHaveLength(count);
      expect(Math.abs(mean(values) - at)).toBeLessThan(Z / Math.sqrt(stiffness * count));
      expect(Math.abs(variance(values) * stiffness - 1)).toBeLessThan(Z * Math.sqrt(2 / count));
    }
  });

  it('of a chain without coupling are those of a single site', () => {
    const count = 100;
    const lab = labOf('system=phi4-chain&system.sites=3&system.coupling=0&system.barrier=6');
    const starts = equilibriumStarts(lab, [{ center: 0, springConstant: 400 }], count);
    const first = [...(starts?.snapshot.subarray(0, count) ?? [])];
    // Beside the spring the barrier, of curvature -24, is flat enough to be a parabola.
    expect(Math.abs(mean(first))).toBeLessThan(Z / Math.sqrt(376 * count));
    expect(Math.abs(variance(first) * 376 - 1)).toBeLessThan(Z * Math.sqrt(2 / count));
    const second = [...(starts?.snapshot.subarray(count, 2 * count) ?? [])];
    expect(mean(second.map(Math.abs))).toBeGreaterThan(0.9);
  });
});

describe('lists that may be empty', () => {
  it('read back, and other lists still hold a number', () => {
    const { experiment, notices } = parseQuery(
      'method=umbrella&method.centers=&method.springConstants=%20',
      families,
    );
    expect(notices).toEqual([]);
    expect(experiment['method.centers']).toEqual([]);
    expect(experiment['method.springConstants']).toEqual([]);
    expect(parseQuery('at=', families).notices[0].message.id).toBe('not-numbers');
    expect(parseQuery('method.centers=a', families).notices[0].message).toEqual({
      id: 'not-numbers',
      values: { used: null },
    });
  });
});
