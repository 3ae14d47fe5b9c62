/** The contract of every system, derived from its equations alone; wrong systems must be rejected. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { RandomStream } from '../numerics/random.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import { group } from '../params/experiment.ts';
import type { ParamValues } from '../params/params.ts';
import { defaultExperiment } from '../settings/settings.ts';
import type { Facts, StationaryPoint, System } from './contract.ts';
import { hessian } from './energy-surface.ts';
import { SystemModel } from './model.ts';
import { placeProblem } from './place.ts';

const DRAWS = 100;

/** Parameters of a system as a link that says nothing else has them. */
function defaultParams(system: System): ParamValues {
  const choices = {
    system: 'it',
    method: 'direct',
    integrator: 'euler-maruyama',
    schedule: 'edm',
    generator: 'probability-flow',
  };
  return group(
    defaultExperiment({ ...families, systems: { ...families.systems, it: system } }, choices),
    'system',
  );
}

const modelOf = (system: System) => new SystemModel(system, defaultParams(system));

/** What is wrong with a system; nothing for a good one. */
function violations(stated: System, model: SystemModel = modelOf(stated)): string[] {
  const { system } = model;
  const start = typeof system.start === 'string' ? system.start : system.start.join(',');
  const problem = placeProblem(start, system);
  const { arrival } = system;
  const reached = !arrival || system.facts.minima.some(({ name }) => name === arrival.minimum);
  return [
    ...(reached ? [] : [`arrival ${arrival.minimum} is no minimum`]),
    ...(problem ? [`start ${start}: ${problem.id}`] : []),
    ...(system.domain.length === model.dimension ? [] : ['the domain has another dimension']),
    ...cvErrors(model),
    ...(system.hidden ? hiddenErrors(model) : []),
    ...(model.energyNode === null ? driftErrors(model) : potentialErrors(model)),
  ];
}

/** Random places in the domain. */
function places(model: SystemModel): number[][] {
  const stream = new RandomStream(5, 'contract');
  const u = new Float64Array(4);
  return Array.from({ length: DRAWS }, (_, n) =>
    model.system.domain.map(([low, high], d) => {
      if (d % 4 === 0) stream.uniforms(n, d / 4, u);
      return low + u[d % 4] * (high - low);
    }),
  );
}

function cvErrors(model: SystemModel): string[] {
  return model.system.cvs.flatMap(({ id, value, range }) => {
    const program = model.observable(value);
    const values = places(model).map((at) => program.at(at)[0]);
    const seen = values.some((v) => v > range[0] && v < range[1]);
    return seen && values.every(Number.isFinite) ? [] : [`${id} is not finite or never in its range`];
  });
}

function potentialErrors(model: SystemModel): string[] {
  const { minima, saddles } = model.system.facts;
  return [
    ...gradientErrors(model),
    ...(minima.length > 0 ? [] : ['no minimum is stated']),
    ...minima.flatMap((point) => stationaryErrors(model, point, 0)),
    ...saddles.flatMap((point) => stationaryErrors(model, point, 1)),
    ...(model.mobility.every((m) => m > 0) ? [] : ['a mobility is not positive']),
  ];
}

function gradientErrors(model: SystemModel): string[] {
  return places(model).flatMap((at) => {
    const gradient = model.gradientAt(at);
    const scale = Math.hypot(...gradient);
    return at.flatMap((value, d) => {
      const difference = centralDifference((v) => model.energyAt(at.with(d, v)), value);
      return Math.abs(gradient[d] - difference) < 1e-6 * Math.max(scale, 1e-2)
        ? []
        : [`gradient ${d} at ${at}: ${gradient[d]} instead of ${difference}`];
    });
  });
}

/** Fourth-order central difference. */
function centralDifference(f: (v: number) => number, v: number): number {
  const h = 1e-3;
  return (8 * (f(v + h) - f(v - h)) - (f(v + 2 * h) - f(v - 2 * h))) / (12 * h);
}

/** One Newton step lands on the stationary point to far better than 1e-6 when the stated one is within 1e-4. */
function stationaryErrors(
  model: SystemModel,
  { name, at, energy }: StationaryPoint,
  negative: number,
): string[] {
  const { values, vectors } = symmetricEigen(hessian(model, at));
  const gradient = model.gradientAt(at);
  const steps = vectors.map((vector, k) => vector.reduce((s, v, d) => s + v * gradient[d], 0) / values[k]);
  const step = Math.hypot(...steps);
  const negatives = values.filter((value) => value < 0).length;
  const found = model.energyAt(at);
  return [
    ...(step < 1e-6 ? [] : [`${name} is ${step} away from a stationary point`]),
    ...(Math.abs(found - energy) < 1e-6 * Math.max(1, Math.abs(energy))
      ? []
      : [`${name} has energy ${found}`]),
    ...(negatives === negative ? [] : [`${name} has ${negatives} negative curvatures`]),
  ];
}

/** Drift and noise are finite; nothing that belongs to a potential is claimed. */
function driftErrors(model: SystemModel): string[] {
  const { system, driftNodes, noiseNodes, state } = model;
  const programs = [...driftNodes, ...noiseNodes].map((node) => model.ofStates(node));
  const values = places(model).flatMap((at) => programs.map((program) => program.at(model.stateAt(at))[0]));
  const counts = [driftNodes, noiseNodes].map(({ length }) => length);
  return [
    ...(counts.every((count) => count === state.length) ? [] : ['drift or noise has another dimension']),
    ...(values.every(Number.isFinite) ? [] : ['drift or noise is not finite']),
    ...(system.facts.minima.length + system.facts.saddles.length === 0 ? [] : ['facts without a potential']),
  ];
}

/** The map is inverted by what is stated as its inverse, keeps volumes, and carries the energy along. */
function hiddenErrors(model: SystemModel): string[] {
  const observe = model.observed.map((node) => model.ofStates(node));
  const seen = (state: readonly number[]) => observe.map((program) => program.at(state)[0]);
  const energy = model.energyNode === null ? null : model.ofStates(model.energyNode);
  return places(model).flatMap((at) => {
    const state = model.stateAt(at);
    const away = Math.max(...seen(state).map((value, d) => Math.abs(value - at[d])));
    const jacobian = state.map((value, i) =>
      at.map((_, d) => centralDifference((v) => seen(state.with(i, v))[d], value)),
    );
    const volume = Math.abs(determinant(jacobian));
    const stated = energy ? model.energyAt(at) : 0;
    const shift = energy ? energy.at(state)[0] - stated : 0;
    return [
      ...(away < 1e-9 ? [] : [`the inverse misses by ${away}`]),
      ...(Math.abs(volume - 1) < 1e-6 ? [] : [`volumes change by ${volume}`]),
      ...(Math.abs(shift) < 1e-9 * Math.max(1, Math.abs(stated)) ? [] : [`energies differ by ${shift}`]),
    ];
  });
}

/** By expansion along the first row: hidden coordinates are few. */
function determinant(rows: readonly (readonly number[])[]): number {
  if (rows.length === 0) return 1;
  return rows[0].reduce((sum, value, d) => {
    const minor = rows.slice(1).map((row) => row.toSpliced(d, 1));
    return sum + (d % 2 === 0 ? 1 : -1) * value * determinant(minor);
  }, 0);
}

describe.each(Object.entries(families.systems))('%s', (_, system) => {
  it('keeps the contract', () => {
    expect(violations(system)).toEqual([]);
  });

  it('suggests scales of time', () => {
    expect(Object.keys(system.suggest)).toEqual(expect.arrayContaining(['integrator.dt', 'time']));
  });
});

/** Facts that are built from the parameters hold wherever the parameters may go. */
describe.each([
  ['double-well', { barrier: 2, tilt: 1.5 }],
  ['double-well', { barrier: 1, tilt: 2 }],
  ['double-well', { barrier: 3, tilt: -9 }],
  ['double-well', { barrier: 0.5, tilt: -0.7 }],
  ['triple-well', { barrier: 1, middle: -1.5 }],
  ['triple-well', { barrier: 0.5, middle: 1.6 }],
  ['washboard', { barrier: 3, tilt: 1.2 }],
  ['washboard', { barrier: 3, tilt: -1.4 }],
  ['washboard', { barrier: 3, tilt: 1.6 }],
])('%s with %o', (id, params) => {
  it('has the facts that it states', () => {
    const system = families.systems[id];
    const model = new SystemModel(system, params);
    const { minima, saddles } = model.system.facts;
    expect(minima.flatMap((point) => stationaryErrors(model, point, 0))).toEqual([]);
    expect(saddles.flatMap((point) => stationaryErrors(model, point, 1))).toEqual([]);
    expect(placeProblem(String(model.system.start), model.system)).toBeUndefined();
  });
});

describe('the contract rejects', () => {
  const good = families.systems['three-hole'];
  const goodFacts = good.facts as Facts;
  const withFacts = (facts: Partial<Facts>, base = good): System => ({
    ...base,
    facts: { ...(base.facts as Facts), ...facts },
  });
  const moon = families.systems['half-moon'];
  const bent = (observe: string[]): System => ({
    ...moon,
    hidden: { coordinates: ['x1', 'x2'], recover: ['y1 - y2^2', 'y2'], observe },
  });
  const process = families.systems['ornstein-uhlenbeck'];
  const prinz = families.systems.prinz;
  const [first] = (prinz.facts as Facts).minima;

  it('a gradient of the wrong sign', () => {
    class Uphill extends SystemModel {
      override gradientAt(state: readonly number[]): number[] {
        return super.gradientAt(state).map((slope) => -slope);
      }
    }
    const errors = violations(good, new Uphill(good, {}));
    expect(errors.filter((error) => error.startsWith('gradient'))).toHaveLength(2 * DRAWS);
  });

  it('energies that the hidden coordinates do not have', () => {
    class Shifted extends SystemModel {
      override energyAt(state: readonly number[]): number {
        return super.energyAt(state) + 1;
      }
    }
    expect(violations(moon, new Shifted(moon, defaultParams(moon))).join()).toContain('energies differ');
  });

  it.each<[string, System, string]>([
    ['a minimum that is none', withFacts({ minima: [{ name: 'left', at: [-1, 0], energy: -3.9 }] }), 'away'],
    ['a saddle stated as a minimum', withFacts({ minima: goodFacts.saddles }), 'negative curvatures'],
    ['a wrong energy', withFacts({ minima: [{ ...goodFacts.minima[0], energy: -4 }] }), 'energy'],
    ['no minimum at all', withFacts({ minima: [] }), 'no minimum'],
    ['a start that is no minimum', { ...good, start: 'nowhere' }, 'start nowhere'],
    [
      'an arrival that is no minimum',
      { ...good, arrival: { minimum: 'nowhere', radius: 1 } },
      'arrival nowhere',
    ],
    ['a start in another dimension', { ...good, start: [1, 2, 3] }, 'start 1,2,3'],
    ['a mobility of zero', { ...good, mobility: ['1', '0'] }, 'mobility'],
    ['another energy', { ...good, energy: `${good.energy} + 0.001*x` }, 'away'],
    ['a wrong minimum on a line', withFacts({ minima: [{ ...first, at: [-0.73] }] }, prinz), 'away'],
    [
      'a slow variable with a pole',
      { ...good, cvs: [{ id: 'c', label: 'c', value: 'log(x)', range: [0, 1] }] },
      'c is',
    ],
    ['an inverse that is none', bent(['x1 + x2^3', 'x2']), 'inverse misses'],
    ['a map that changes volumes', bent(['2*x1 + x2^2', 'x2']), 'volumes change'],
    ['a drift with a pole', { ...process, drift: ['log(x)', 'y'] }, 'not finite'],
    ['a drift that lacks a coordinate', { ...process, drift: ['-x'] }, 'another dimension'],
    ['facts of a system without potential', { ...process, facts: goodFacts }, 'without a potential'],
  ])('%s', (_, system, reason) => {
    expect(violations(system).join()).toContain(reason);
  });

  it('an expression with an unknown symbol, by its name', () => {
    expect(() => modelOf({ ...good, energy: 'x^2 + omega' })).toThrow(
      expect.objectContaining({
        told: {
          id: 'expression-unknown-name',
          values: { name: 'omega', at: 7, known: ['x', 'y', 'pi', 'e'] },
        },
      }),
    );
  });
});
