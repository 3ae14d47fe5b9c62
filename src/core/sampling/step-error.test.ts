/** What Euler-Maruyama does to a free energy: against its stationary distribution by quadrature, and in whole runs. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import type { System } from '../systems/contract.ts';
import { type SystemModel, settingOf } from '../systems/model.ts';
import { BiasRun } from './run.ts';
import { stepErrors } from './step-error.ts';

const euler = families.integrators['euler-maruyama'];

/** -log p at `places`, p the stationary density of Euler-Maruyama steps at kT = 1, by power iteration from exp(-U). */
function stationaryF(model: SystemModel, dt: number, places: readonly number[]): number[] {
  const [low, high, nodes] = [-2, 2, 401];
  const h = (high - low) / (nodes - 1);
  const reach = Math.ceil((7 * Math.sqrt(2 * dt)) / h);
  const xs = Array.from({ length: nodes }, (_, i) => low + i * h);
  const kernel = xs.map((x) => {
    const mean = x - dt * model.gradientAt([x])[0];
    const first = Math.max(0, Math.round((mean - low) / h) - reach);
    const row = xs.slice(first, first + 2 * reach + 1).map((to) => Math.exp(-((to - mean) ** 2) / (4 * dt)));
    const sum = row.reduce((a, b) => a + b, 0);
    return { first, row: row.map((value) => value / sum) };
  });
  let p = Float64Array.from(xs, (x) => Math.exp(-model.energyAt([x])));
  for (let time = 0; time < RELAXED; time += dt) {
    const next = new Float64Array(nodes);
    kernel.forEach(({ first, row }, i) => {
      for (let k = 0; k < row.length; k++) next[first + k] += p[i] * row[k];
    });
    p = next;
  }
  return places.map((x) => -Math.log(p[Math.round((x - low) / h)]));
}

/** Many times as long as a walker remembers where in a well it was; the wells are alike, so that none need be left. */
const RELAXED = 2;

const skew: System = {
  ...families.systems['three-hole'],
  energy: 'x^2 + x*y + 2*y^2',
  mobility: ['1', '3'],
  cvs: [{ id: 'oblique', label: 'x + 2y', value: 'x + 2*y', range: [-3, 3] }],
  facts: { minima: [{ name: 'bottom', at: [0, 0], energy: 0 }], saddles: [] },
};
const laboratory = { ...families, systems: { ...families.systems, skew } };
const experimentOf = (query: string) => parseQuery(query, laboratory).experiment;
const settingAt = (query: string) => settingOf(experimentOf(query), laboratory);

describe('the error of a step of first order', () => {
  it('is that of the stationary distribution of the steps, better the shorter they are', () => {
    const setting = settingAt('system=double-well&system.barrier=3&kT=1');
    const missed = [0.01, 0.005].map((dt) => {
      const [well, , top] = stepErrors(setting, euler, dt, false);
      const [below, above] = stationaryF(setting.model, dt, [well.cv, top.cv]);
      const stated = top.error - well.error;
      return (above - below - 3 - stated) / stated;
    });
    expect(Math.abs(missed[0])).toBeLessThan(0.25);
    expect(Math.abs(missed[1])).toBeLessThan(0.55 * Math.abs(missed[0]));
  });

  it('is the mean over the level set of the cv, whatever its direction and the mobilities', () => {
    const [dt, kT] = [0.02, 0.7];
    const [{ error }] = stepErrors(settingAt('system=skew'), euler, dt, false);
    let [sum, total] = [0, 0];
    for (let y = -8; y <= 8; y += 0.01) {
      const x = -2 * y;
      const p = Math.exp(-(x * x + x * y + 2 * y * y) / kT);
      const push = (2 * x + y) ** 2 + 3 * (x + 4 * y) ** 2;
      sum += p * (push / (4 * kT) - (2 + 3 * 4) / 2);
      total += p;
    }
    expect(error).toBeCloseTo((-dt * sum) / total, 10);
  });

  it('of a bias that flattens F: nothing in one dimension', () => {
    for (const { error } of stepErrors(settingAt('system=double-well'), euler, 0.01, true))
      expect(error).toBeCloseTo(0, 10);
  });

  it('is none of a step of second order', () => {
    expect(
      stepErrors(settingAt('system=skew'), families.integrators['leimkuhler-matthews'], 0.02, false),
    ).toEqual([]);
  });
});

describe('a run', () => {
  const warned = (query: string) => {
    const run = new BiasRun(
      laboratory,
      experimentOf(`station=bias&system=double-well&budget=400000&${query}`),
    );
    while (!run.done) run.advance(Number.POSITIVE_INFINITY);
    return run.frame().finding?.warnings.find(({ id }) => id === 'step-error');
  };

  it('warns where the error of the step is beyond the stated one, and offers a better step', () => {
    const warning = warned('method=umbrella&integrator=euler-maruyama&integrator.dt=0.005');
    const { error, at, against } = warning!.message.values as {
      error: number;
      at: { name: string; value: number };
      against: { name: string; value: number };
    };
    expect(error).toBeLessThan(-0.05);
    expect(error).toBeGreaterThan(-1);
    expect(at.name).toBe('barrier');
    expect(at.value).toBeCloseTo(0, 9);
    expect(['left', 'right']).toContain(against.name);
    expect(Math.abs(against.value)).toBeCloseTo(1, 2);
    expect(warned('method=umbrella&integrator.dt=0.005')).toBeUndefined();
    expect(warned('method=abf&integrator=euler-maruyama&integrator.dt=0.005')).toBeUndefined();
  });
});
