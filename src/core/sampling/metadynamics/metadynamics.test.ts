/** Metadynamics against closed forms and quadrature, and the distributions of its bias. */
import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import { Reference } from '../../exact/reference.ts';
import { freeEnergyError } from '../../metrics/free-energy-error.ts';
import type { FreeEnergyEstimate, Grid, Series } from '../../numerics/results.ts';
import type { Families } from '../../settings/families.ts';
import { parseQuery } from '../../settings/query.ts';
import type { System } from '../../systems/contract.ts';
import type { BiasFrame } from '../frames.ts';
import { BiasRun } from '../run.ts';
import { TemperedBias } from './tempered-bias.ts';

const harmonic: System = {
  ...families.systems['three-hole'],
  energy: '2*x^2 + y^2/2',
  mobility: ['1', '4'],
  facts: { minima: [{ name: 'left', at: [0, 0], energy: 0 }], saddles: [] },
  arrival: { minimum: 'left', radius: 1 },
};
const laboratory: Families = { ...families, systems: { ...families.systems, harmonic } };
const experimentOf = (query: string) =>
  parseQuery(`station=bias&method=metadynamics&${query}`, laboratory).experiment;

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

async function errorOf(query: string): Promise<number> {
  const exact = await new Reference(laboratory).freeEnergy(experimentOf(query), FREE_ENERGY_BINS);
  return freeEnergyError(estimateOf(finished(query)), exact)?.rmse ?? Number.NaN;
}

const warned = (frame: BiasFrame) => frame.finding?.warnings.map(({ id }) => id);

describe('the bias', () => {
  const ring = { range: [0, 2 * Math.PI], periodic: true } as const;
  const shape = { height: 0.8, width: 0.3, biasFactor: 5, bins: 64 };

  it('grows by hills of height W exp(-V / (gamma - 1))', () => {
    const bias = new TemperedBias([ring], shape, 2);
    let V = 0;
    for (let n = 0; n < 40; n++) {
      const height = 0.8 * Math.exp(-V / 4);
      bias.deposit(1);
      expect(bias.lastHeight).toBeCloseTo(height, 2);
      V += bias.lastHeight;
      expect(Math.abs(bias.at(1) - V)).toBeLessThan(3e-3 * V);
    }
    expect(bias.spline.at(1), 'in units of energy').toBeCloseTo(2 * bias.at(1), 12);
  });

  it('takes no hills from beyond its grid, which ends four widths beyond the range', () => {
    const bias = new TemperedBias([{ range: [0, 10] }], { ...shape, bins: 100 }, 1);
    bias.deposit(-1.3);
    bias.deposit(11.3);
    expect(bias.count).toBe(0);
    bias.deposit(-1.1);
    expect(bias.count).toBe(1);
  });

  it('has c(t) = C if it is C everywhere, and C + log(Z / Z_gamma) if it is C - (1 - 1/gamma) F', () => {
    const bias = new TemperedBias([ring], shape, 1);
    bias.spline.coefficients.fill(3);
    expect(bias.offset()).toBeCloseTo(3, 10);
    const F = (z: number) => 2 * Math.cos(z);
    const c = bias.spline.coefficients;
    // What the spline takes from the samples of a cosine is a cosine, lower by (2 + cos h) / 3.
    const h = (2 * Math.PI) / 64;
    for (let i = 0; i < c.length; i++) c[i] = 6 - (0.8 * F((i - 1) * h) * 3) / (2 + Math.cos(h));
    const integral = (factor: number) => {
      let sum = 0;
      for (let k = 0; k < 2000; k++) sum += Math.exp(-F((2 * Math.PI * k) / 2000) * factor);
      return sum / 2000;
    };
    expect(bias.offset()).toBeCloseTo(6 + Math.log(integral(1) / integral(1 / 5)), 3);
    const [top, bottom] = bias.freeEnergy(Float64Array.of(0, Math.PI));
    expect(top - bottom).toBeCloseTo(4, 3);
  });

  it('of equal hills has c(t) = log of the mean of exp(V)', () => {
    const bias = new TemperedBias([ring], { ...shape, biasFactor: Number.POSITIVE_INFINITY }, 1);
    bias.deposit(1);
    bias.deposit(1);
    expect(bias.lastHeight).toBe(0.8);
    let [sum, count] = [0, 0];
    for (let k = 0; k < 5000; k++) {
      const V = bias.at((2 * Math.PI * k) / 5000);
      if (V < 1e-3) continue;
      sum += Math.exp(V);
      count++;
    }
    expect(bias.offset()).toBeCloseTo(Math.log(sum / count), 1);
  });
});

describe('well-tempered metadynamics', () => {
  const budget = 600_000;

  it.each(['reweighted', 'bias'])('finds a harmonic well (%s) within 0.2 kT', (estimator) => {
    const query = `system=harmonic&kT=1&budget=${budget}&method.estimator=${estimator}`;
    const found = estimateOf(finished(query));
    const exact = { cv: found.cv, F: found.cv.map((x) => 2 * x * x) };
    expect(freeEnergyError(found, exact)?.rmse).toBeLessThan(0.2);
  });

  it('tells errors that are of the size of what is wrong', () => {
    const ratios: number[] = [];
    for (let seed = 1; seed <= 4; seed++) {
      const { cv, F, stderr } = estimateOf(finished(`system=harmonic&kT=1&budget=${budget}&seed=${seed}`));
      const bins = [...F.keys()].filter((i) => 2 * cv[i] ** 2 < 6);
      const share = bins.map((i) => Math.exp(-2 * cv[i] ** 2));
      const total = share.reduce((a, b) => a + b);
      const shift = bins.reduce((sum, i, k) => sum + (share[k] / total) * (F[i] - 2 * cv[i] ** 2), 0);
      for (const i of bins) ratios.push((F[i] - 2 * cv[i] ** 2 - shift) / stderr[i]);
    }
    const rms = Math.sqrt(ratios.reduce((sum, z) => sum + z * z, 0) / ratios.length);
    expect(rms).toBeGreaterThan(0.5);
    expect(rms).toBeLessThan(2);
  });

  it('from one well of a barrier of 8 kT finds the other', async () => {
    const query = 'system=fast-slow-double-well&system.barrier=8&budget=2000000';
    expect(await errorOf(query)).toBeLessThan(0.3);
  });

  it('goes around a ring', async () => {
    expect(await errorOf('system=ring&budget=400000')).toBeLessThan(0.3);
    const turning = finished('system=washboard&budget=200000');
    expect(warned(turning), 'turns are counted as one').toEqual([]);
  });

  it('has in the end the bias -(1 - 1/gamma) F', () => {
    const { x, y } = finished('system=double-well&budget=2000000&method.biasFactor=8').view.bias as Series;
    const target = x.map((z) => -(7 / 8) * 5 * (z * z - 1) ** 2);
    const inner = [...x.keys()].filter((i) => Math.abs(x[i]) < 1.45);
    const apart = inner.map((i) => y[i] - target[i]);
    const mean = apart.reduce((a, b) => a + b) / apart.length;
    const rms = Math.sqrt(apart.reduce((sum, d) => sum + (d - mean) ** 2, 0) / apart.length);
    expect(rms).toBeLessThan(0.3);
    const height = Math.max(...inner.map((i) => y[i])) - Math.min(...inner.map((i) => y[i]));
    expect(height, 'and not -F').toBeLessThan(5 * (1.45 ** 2 - 1) ** 2 - 0.3);
  });

  it('is right with one walker and with many', async () => {
    const query = `system=double-well&budget=${budget}&method.walkers=`;
    for (const walkers of [1, 32]) expect(await errorOf(query + walkers), `${walkers}`).toBeLessThan(0.4);
  });
});

describe('hills of equal height', () => {
  it('fill the range; F is the mean of -V', async () => {
    const query = 'system=double-well&budget=1000000&method.wellTempered=0';
    const frame = finished(query);
    expect(frame.finding?.estimator).toBe('bias');
    expect(warned(frame)).toEqual([]);
    const { hills, lastHillHeight } = frame.finding?.figures ?? {};
    expect(lastHillHeight).toBe(0.4);
    expect(hills).toBeGreaterThan(9000);
    expect(await errorOf(query)).toBeLessThan(0.3);
  });
});

describe('two slow variables', () => {
  it('give F along the first', async () => {
    const query = 'system=quadruple-well&budget=300000&method.cv2=y&method.bins=40';
    for (const estimator of ['reweighted', 'bias'])
      expect(await errorOf(`${query}&method.estimator=${estimator}`), estimator).toBeLessThan(0.3);
    const { xs, ys, values } = finished('system=quadruple-well&budget=50000&method.cv2=y').view.bias as Grid;
    expect(values.length).toBe(xs.length * ys.length);
    expect(Math.max(...values)).toBeGreaterThan(2);
  });
});

describe('a run', () => {
  it('does not depend on how it is cut, spends its budget and repeats itself', () => {
    const query = 'system=double-well&budget=60000';
    const whole = finished(query);
    const cut = finished(query, 3000);
    expect(estimateOf(cut)).toEqual(estimateOf(whole));
    expect(cut.view).toEqual(whole.view);
    expect(whole.forceEvaluations).toBeGreaterThan(60_000 - 8);
    expect(estimateOf(finished(`${query}&seed=2`)).F).not.toEqual(estimateOf(whole).F);
  });

  it('says what it has not reached', () => {
    const frame = finished('system=fast-slow-double-well&system.barrier=12&budget=10000');
    expect(warned(frame)).toContain('uncovered');
    expect(estimateOf(frame).F.some(Number.isNaN)).toBe(true);
    expect(frame.finding?.warnings[0].offer?.changes.budget).toBe(40_000);
  });

  it('refuses a grid that cannot be kept up, by the names of what asks for it', () => {
    const begun = () =>
      new BiasRun(laboratory, experimentOf('system=quadruple-well&method.cv2=y&method.bins=500'));
    expect(begun).toThrow(/bias-grid-too-large.*"bins":500/);
  });

  it('keeps its traces short', () => {
    const { traces } = finished('system=double-well&budget=400000&method.pace=10').view;
    expect(traces.length).toBe(4);
    for (const { series } of traces) {
      expect(series.x.length).toBeGreaterThan(400);
      expect(series.x.length).toBeLessThan(1001);
    }
  });

  it('says when the bias is curved too sharply for the time step, and MALA mends it', async () => {
    const query = 'system=double-well&method.hillWidth=0.03&budget=400000';
    expect(warned(finished(query))).toContain('stiff-bias');
    expect(warned(finished(`${query}&integrator=mala`))).not.toContain('stiff-bias');
    expect(warned(finished('system=double-well&budget=400000'))).not.toContain('stiff-bias');
    expect(warned(finished('system=half-moon&cv=y1&budget=200000'))).toContain('stiff-bias');
    expect(await errorOf(`${query}&integrator=mala`)).toBeLessThan(0.5 * (await errorOf(query)));
  });
});
