import { expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { complete } from '../numerics/task.ts';
import type { System } from '../systems/contract.ts';
import { SystemModel } from '../systems/model.ts';
import { correlationAt, correlationOf, correlationTime } from './correlation.ts';
import { generatorOf } from './model-generator.ts';
import { relaxationTimes } from './relaxation.ts';

function setting(energy: string, value: string) {
  const { start: _, ...base } = families.systems['three-hole'];
  const cv = { id: 'x', label: 'x', value, range: [-3, 3] as [number, number] };
  const system: System = {
    ...base,
    coordinates: ['x', 'y'],
    domain: [
      [-4, 4],
      [-4, 4],
    ],
    params: {},
    energy,
    mobility: ['1', '2'],
    cvs: [cv],
    facts: { minima: [], saddles: [] },
    start: '',
  };
  return { model: new SystemModel(system, {}), cv };
}

it('of a harmonic well: x decays with 1/(M k), x^2 twice as fast', () => {
  const lags = [0, 0.1, 0.3, 1, 2];
  const { model, cv } = setting('3/2*x^2 + y^2/2', 'x');
  const plain = correlationOf(model, 1, cv);
  for (const lag of lags) expect(Math.abs(correlationAt(plain, lag) - Math.exp(-3 * lag))).toBeLessThan(3e-3);
  expect(Math.abs(3 * correlationTime(plain) - 1)).toBeLessThan(3e-3);
  const square = correlationOf(model, 1, { ...cv, value: 'x^2' });
  for (const lag of lags)
    expect(Math.abs(correlationAt(square, lag) - Math.exp(-6 * lag))).toBeLessThan(3e-3);
  // Of x + y: two variances, 1/3 and 1, with two rates, 3 and 2.
  const sum = correlationOf(model, 1, { ...cv, value: 'x + y' });
  for (const lag of lags)
    expect(
      Math.abs(correlationAt(sum, lag) - (Math.exp(-3 * lag) / 3 + Math.exp(-2 * lag)) / (4 / 3)),
    ).toBeLessThan(3e-3);
});

it('of a double well ends in its slowest mode', () => {
  const { model, cv } = setting('4*(x^2 - 1)^2 + y^2', 'x');
  const found = correlationOf(model, 1, cv);
  const [slowest] = complete(relaxationTimes(generatorOf(model, 1, { cells: 100 }), 1));
  expect(correlationAt(found, 0)).toBeCloseTo(1, 10);
  const ratio = correlationAt(found, 20) / correlationAt(found, 10);
  expect(-10 / Math.log(ratio) / slowest).toBeCloseTo(1, 6);
});
