import { describe, expect, it } from 'vitest';
import { Problem } from '../core/message.ts';
import { parseExpression, reader } from './expression.ts';

const results = {
  freeEnergy: { rmse: 0.2, F: [3, null, 1, 2], cv: [0, 1, 2, 3] },
  firstPassage: null,
  windows: [{ mean: 1.5 }],
  experiment: { kT: 0.5, system: 'double-well', 'integrator.dt': 0.001 },
  run: { phase: 'finished' },
};
const value = (text: string) => parseExpression(text).value(reader(results));

describe('expressions of lessons', () => {
  it.each([
    ['freeEnergy.rmse < 0.3', true],
    ['freeEnergy.rmse < 0.3 and experiment.kT >= 0.6', false],
    ['not (freeEnergy.rmse > 0.3) or missing', true],
    ['1 + 2 * 3 - 4 / 2', 5],
    ['-(1 - 3)', 2],
    ['2 - 3 - 4', -5],
    ['experiment.system == "double-well"', true],
    ['run.phase != "finished"', false],
    ['experiment.integrator.dt * 1e3', 1],
    ['max(freeEnergy.F) - min(freeEnergy.F)', 2],
    ['length(freeEnergy.cv)', 4],
    ['last(freeEnergy.F)', 2],
    ['windows.0.mean', 1.5],
    ['exp(ln(2))', 2],
  ])('%s is %s', (text, expected) => {
    const found = value(text);
    if (typeof expected === 'number') expect(found).toBeCloseTo(expected, 12);
    else expect(found).toBe(expected);
  });

  it.each([
    'firstPassage.mean < 3',
    'freeEnergy.what',
    'freeEnergy.F < 3',
    '"a" < 3',
    'toString',
    'run.constructor',
  ])('%s is not known', (text) => expect(value(text)).toBeNull());

  it('names what it asks of the results', () => {
    expect(parseExpression('abs(a.b - c) < d.e.f and true').names).toEqual(['a.b', 'c', 'd.e.f']);
  });

  it.each(['', 'a <', '(a', 'a b', 'a ; b', 'eval(a)', 'a < b)', '"open'])('refuses %s', (text) => {
    expect(() => parseExpression(text)).toThrow(Problem);
  });
});
