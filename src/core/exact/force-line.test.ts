import { describe, expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import {
  componentAlong,
  directionOf,
  forceOverKT,
  lineThroughWells,
  scoreError,
  scoreOf,
  statesOn,
} from './force-line.ts';

function modelOf(query: string) {
  return settingOf(parseQuery(`station=learn&${query}`, families).experiment, families);
}

describe('the line through the wells', () => {
  test.each([
    '',
    'system=mueller-brown&kT=15',
    'system=three-hole',
    'system=half-moon',
    'system=ornstein-uhlenbeck',
  ])('stays in the domain and passes the deepest minima: %s', (query) => {
    const { system } = modelOf(query).model;
    const line = lineThroughWells(system);
    for (const end of [line.from, line.to])
      for (const [d, [low, high]] of system.domain.entries()) {
        expect(end[d]).toBeGreaterThanOrEqual(low - 1e-9);
        expect(end[d]).toBeLessThanOrEqual(high + 1e-9);
      }
    const [ux, uy] = directionOf(line);
    const deepest = [...system.facts.minima].sort((a, b) => a.energy - b.energy).slice(0, 2);
    for (const { at } of deepest) {
      const [x, y] = [at[0] - line.from[0], at[1] - line.from[1]];
      expect(Math.abs(x * uy - y * ux)).toBeLessThan(1e-6);
    }
  });
});

test('force over kT is the finite difference of the log density', () => {
  const { model, kT } = modelOf('system=mueller-brown&kT=15');
  const states = statesOn(lineThroughWells(model.system), 9);
  const force = forceOverKT(model, kT, states);
  const h = 1e-5;
  for (let n = 0; n < 9; n++)
    for (const d of [0, 1]) {
      const at = (sign: number) =>
        model.energyAt([0, 1].map((e) => states.values[2 * n + e] + (e === d ? sign * h : 0)));
      const expected = -(at(1) - at(-1)) / (2 * h) / kT;
      expect(Math.abs(force.values[2 * n + d] - expected)).toBeLessThan(1e-4 * Math.abs(expected) + 1e-3);
    }
});

test('the score from a displacement, and its error in deviations', () => {
  const deviation = [2, 0.5];
  // A normal distribution with these deviations, noised: the score is -x / (s^2 (1 + sigma^2)).
  const sigma = 0.3;
  const states = { dimension: 2, values: Float32Array.of(1, 1, -2, 0.25) };
  const score = states.values.map((x, i) => -x / (deviation[i % 2] ** 2 * (1 + sigma ** 2)));
  const displacement = states.values.map((x) => x / (1 + sigma ** 2) - x);
  const found = scoreOf({ dimension: 2, values: displacement }, sigma, deviation);
  found.values.forEach((value, i) => {
    expect(value).toBeCloseTo(score[i], 5);
  });
  const right = { dimension: 2, values: score };
  expect(scoreError(found, right, deviation).error).toBeLessThan(1e-5);
  const wrong = { dimension: 2, values: score.map((value, i) => value + 0.1 / deviation[i % 2]) };
  expect(scoreError(wrong, right, deviation).error).toBeCloseTo(0.1 * Math.SQRT2, 5);
  // Half of the weight on a state that is right, none on one that is unknown.
  const states3 = { dimension: 2, values: Float32Array.of(1, 0, 1, 0, Number.NaN, 0) };
  const off = { dimension: 2, values: Float32Array.of(1, 0, 3, 0, 0, 0) };
  expect(scoreError(off, states3, [1, 1], [1, 1, 0])).toEqual({ error: Math.SQRT2, size: 1 });
  expect(componentAlong(right, [1, 0])[1]).toBeCloseTo(score[2], 6);
});
