/** The contract of every system, derived from its energy alone; wrong systems must be rejected. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import type { Facts, StationaryPoint, System } from '../families.ts';
import { Model } from '../model.ts';
import { defaultsOf, type ParamSpecs } from '../params.ts';
import { RandomStream } from '../random.ts';

const modelOf = (system: System) => new Model(system, defaultsOf(system.params as ParamSpecs));

/** What is wrong with a system; nothing for a good one. */
function violations(stated: System, model: Model = modelOf(stated)): string[] {
  const { system } = model;
  const { minima, saddles } = system.facts;
  return [
    ...gradientErrors(model),
    ...minima.flatMap((point) => stationaryErrors(model, point, 0)),
    ...saddles.flatMap((point) => stationaryErrors(model, point, 1)),
    ...(minima.some(({ name }) => name === system.start) ? [] : [`no minimum named ${system.start}`]),
    ...system.cvs
      .filter(({ value }) => !system.coordinates.includes(value))
      .map(({ id }) => `${id} is not a coordinate`),
    ...(model.mobility.every((m) => m > 0) ? [] : ['a mobility is not positive']),
  ];
}

function gradientErrors(model: Model): string[] {
  const { system } = model;
  const stream = new RandomStream(5, 'contract');
  const u = new Float64Array(4);
  const errors: string[] = [];
  for (let n = 0; n < 100; n++) {
    stream.uniforms(n, 0, u);
    const at = system.domain.map(([low, high], d) => low + u[d] * (high - low));
    const gradient = model.gradientAt(at);
    const scale = Math.hypot(...gradient);
    at.forEach((value, d) => {
      const difference = centralDifference((v) => model.energyAt(at.with(d, v)), value);
      if (!(Math.abs(gradient[d] - difference) < 1e-6 * scale))
        errors.push(`gradient ${d} at ${at}: ${gradient[d]} instead of ${difference}`);
    });
  }
  return errors;
}

/** Fourth-order central difference. */
function centralDifference(f: (v: number) => number, v: number): number {
  const h = 1e-3;
  return (8 * (f(v + h) - f(v - h)) - (f(v + 2 * h) - f(v - 2 * h))) / (12 * h);
}

function hessian(model: Model, at: readonly number[]): number[][] {
  return at.map((value, d) =>
    at.map((_, e) => centralDifference((v) => model.gradientAt(at.with(d, v))[e], value)),
  );
}

/** One Newton step lands on the stationary point to far better than 1e-6 when the stated one is within 1e-4. */
function stationaryErrors(model: Model, { name, at, energy }: StationaryPoint, negative: number): string[] {
  const [gx, gy] = model.gradientAt(at);
  const [[a, b], [, d]] = hessian(model, at);
  const determinant = a * d - b * b;
  const step = Math.hypot((d * gx - b * gy) / determinant, (a * gy - b * gx) / determinant);
  const negatives = determinant < 0 ? 1 : a < 0 ? 2 : 0;
  return [
    ...(step < 1e-6 ? [] : [`${name} is ${step} away from a stationary point`]),
    ...(Math.abs(model.energyAt(at) - energy) < 1e-6 * Math.max(1, Math.abs(energy))
      ? []
      : [`${name} has energy ${model.energyAt(at)}`]),
    ...(negatives === negative ? [] : [`${name} has ${negatives} negative curvatures`]),
  ];
}

describe.each(Object.entries(families.systems))('%s', (_, system) => {
  it('keeps the contract', () => {
    expect(violations(system)).toEqual([]);
  });
});

describe('the contract rejects', () => {
  const good = families.systems['three-hole'];
  const goodFacts = good.facts as Facts;
  const withFacts = (facts: Partial<Facts>): System => ({
    ...good,
    facts: { ...goodFacts, ...facts },
  });

  it('a gradient of the wrong sign', () => {
    class Uphill extends Model {
      override gradientAt(state: readonly number[]): number[] {
        return super.gradientAt(state).map((slope) => -slope);
      }
    }
    const errors = violations(good, new Uphill(good, {}));
    expect(errors.filter((error) => error.startsWith('gradient'))).toHaveLength(200);
  });

  it.each<[string, System, string]>([
    ['a minimum that is none', withFacts({ minima: [{ name: 'left', at: [-1, 0], energy: -3.9 }] }), 'away'],
    ['a saddle stated as a minimum', withFacts({ minima: goodFacts.saddles }), 'negative curvatures'],
    ['a wrong energy', withFacts({ minima: [{ ...goodFacts.minima[0], energy: -4 }] }), 'energy'],
    ['a start that is no minimum', { ...good, start: 'nowhere' }, 'no minimum'],
    ['a mobility of zero', { ...good, mobility: ['1', '0'] }, 'mobility'],
    ['another energy', { ...good, energy: `${good.energy} + 0.001*x` }, 'away'],
  ])('%s', (_, system, reason) => {
    expect(violations(system).join()).toContain(reason);
  });

  it('an expression with an unknown symbol, by its name', () => {
    expect(() => modelOf({ ...good, energy: 'x^2 + omega' })).toThrow('"omega" at character 7');
  });
});
