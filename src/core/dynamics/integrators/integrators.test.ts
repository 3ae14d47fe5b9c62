/** Every integrator against closed forms in a harmonic well, and its declared order against quadrature in a quartic one. */
import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { parameterInput } from '../../expression/inputs.ts';
import type { System } from '../../systems/contract.ts';
import { SystemModel } from '../../systems/model.ts';
import type { Integrator } from '../contract.ts';
import { WasmEngine } from '../engines/wasm-engine.ts';
import { stepGraphOf } from '../step-of-system.ts';

const KT = 0.8;
const WALKERS = 4096;
const GROUP = 128;

function wellOf(energy: string): System {
  return {
    ...families.systems['three-hole'],
    coordinates: ['x'],
    domain: [[-5, 5]],
    energy,
    cvs: [{ id: 'x', label: 'x', value: 'x', range: [-5, 5] }],
  };
}

/** <x^2> with its standard error from independent groups of walkers, after a long run in equilibrium. */
function secondMoment(energy: string, integrator: Integrator, dt: number, time: number) {
  const model = new SystemModel(wellOf(energy), {});
  const ensemble = {
    walkers: WALKERS,
    firstWalker: 0,
    seed: 11,
    stride: Math.ceil(0.2 / dt),
    groupSize: GROUP,
  };
  const [cv] = model.system.cvs;
  const engine = new WasmEngine(stepGraphOf(model, integrator, cv, 40), ensemble, {
    [parameterInput('dt')]: dt,
    [parameterInput('kT')]: KT,
    [parameterInput('friction')]: 1,
    [parameterInput('mass')]: 1,
  });
  engine.advance(Math.round(30 / dt));
  engine.resetAverages();
  engine.advance(Math.round(time / dt));
  const { sums, records } = engine.averages();
  const groups = WALKERS / GROUP;
  const means = Float64Array.from({ length: groups }, (_, g) => sums[3 * g + 1] / records / GROUP);
  const mean = means.reduce((a, b) => a + b, 0) / groups;
  const squares = means.reduce((sum, m) => sum + (m - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (groups * (groups - 1))) };
}

describe.each(Object.entries(families.integrators))('%s', (_, integrator) => {
  it.each([0.05, 0.2])('has the variance of a harmonic well within its order at dt = %f', (dt) => {
    const { mean, error } = secondMoment('x^2/2', integrator, dt, 300);
    expect(error).toBeLessThan(0.01);
    const allowed = integrator.order === null ? 0 : dt ** integrator.order;
    expect(Math.abs(mean / KT - 1)).toBeLessThan(allowed + (5 * error) / KT);
  });
});

/** Where the variance of x in the well x^2/2 at time step h is known, over kT. */
const CLOSED_FORMS: readonly [string, (h: number) => number][] = [
  ['euler-maruyama', (h) => 1 / (1 - h / 2)],
  ['leimkuhler-matthews', () => 1],
  ['stochastic-heun', (h) => (2 * h * (1 - h / 2) ** 2) / (1 - (1 - h + h ** 2 / 2) ** 2)],
  ['baoab', () => 1],
  ['metropolis', () => 1],
  ['mala', () => 1],
];

describe.each(CLOSED_FORMS)('%s', (id, variance) => {
  it.each([0.1, 0.4, 0.8])('has its closed form of the variance in a harmonic well at dt = %f', (dt) => {
    const { mean, error } = secondMoment('x^2/2', families.integrators[id], dt, 300);
    expect(Math.abs(mean / KT - variance(dt)) / (error / KT)).toBeLessThan(5);
  });
});

/** <x^2> of exp(-x^4/4kT) by the trapezoidal rule. */
function exactQuartic(): number {
  let [weights, squares] = [0, 0];
  for (let x = -6; x <= 6; x += 1e-3) {
    const p = Math.exp(-(x ** 4) / 4 / KT);
    weights += p;
    squares += p * x * x;
  }
  return squares / weights;
}

/** Long enough to tell neighbouring orders apart: the measured one is rounded to a whole number. */
const ORDER_TIME = 4000;

/** The longest of some time steps at which <x^2> of the quartic well is wrong by this share at most: there is something to measure. */
const TRIED = [0.4, 0.28, 0.2, 0.14, 0.1, 0.07, 0.05];
const WRONG_BY = 0.06;

/** Measured order of the error of <x^2> in a quartic well, between a time step and half of it. */
function measuredOrder(integrator: Integrator): number {
  const exact = exactQuartic();
  const coarse = TRIED.find(
    (dt) => Math.abs(secondMoment('x^4/4', integrator, dt, 100).mean / exact - 1) < WRONG_BY,
  );
  if (coarse === undefined) return Number.NaN;
  const [far, near] = [coarse, coarse / 2].map(
    (dt) => secondMoment('x^4/4', integrator, dt, ORDER_TIME).mean - exact,
  );
  return Math.log2(Math.abs(far / near));
}

describe('measured order in a quartic well', () => {
  const declared = Object.entries(families.integrators).flatMap(([id, integrator]) =>
    integrator.order === null ? [] : [{ id, integrator, order: integrator.order }],
  );

  it.each(declared)('$id: $order', ({ integrator, order }) => {
    expect(Math.round(measuredOrder(integrator))).toBe(order);
  });

  it('rejects an integrator whose noise is too small by a tenth', () => {
    const good = families.integrators['leimkuhler-matthews'];
    const wrong: Integrator = {
      ...good,
      step: (b) => {
        const { q, noise } = good.step(b);
        const shrunk = b.each((d) => b.sum(b.product(b.number(0.9), q[d]), b.product(b.number(0.1), b.q[d])));
        return { q: shrunk, noise };
      },
    };
    expect(Math.round(measuredOrder(wrong))).not.toBe(2);
  });

  it('steps that accept or reject are exact at any length', () => {
    for (const integrator of Object.values(families.integrators).filter(({ order }) => order === null)) {
      const { mean, error } = secondMoment('x^4/4', integrator, 0.5, 600);
      expect(Math.abs(mean - exactQuartic()) / error).toBeLessThan(5);
    }
  });
});
