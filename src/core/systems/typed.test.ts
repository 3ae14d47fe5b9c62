import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { exactDensity } from '../exact/density.ts';
import { Graph } from '../expression/graph.ts';
import { Interpreter } from '../expression/interpret.ts';
import { SimulationRun } from '../sampling/simulation.ts';
import { encodeQuery, parseQuery } from '../settings/query.ts';
import { settingsOf, withValue } from '../settings/settings.ts';
import { settingOf, systemOf } from './model.ts';
import { surveyed } from './survey.ts';
import { readTypedEnergy } from './typed.ts';

const link = (energy: string, rest = '') =>
  `station=explore&system=custom&system.energy=${encodeURIComponent(energy)}${rest}`;
const open = (energy: string, rest = '') => parseQuery(link(energy, rest), families);
const near = (...at: number[]) => ({
  at: [expect.closeTo(at[0], 3), at.length > 1 ? expect.closeTo(at[1], 3) : expect.anything()],
});
const defaultUsed = (id: string, values: object = {}) => ({
  id: 'default-used',
  values: { problem: { id, values: expect.objectContaining(values) } },
});
const defaults = parseQuery('system=custom', families).experiment;

describe('a typed energy', () => {
  it('declares parameters after semicolons and line ends', () => {
    const { energy, parameters } = readTypedEnergy(
      ' a*(x^2 - 1)^2 + b*y^2 ; a = 5 in [0, 10]\n b=.5;; c = -2e1 in[-30,1]; d = 0 ',
    );
    expect(energy).toBe('a*(x^2 - 1)^2 + b*y^2');
    expect(
      Object.entries(parameters).map(([name, spec]) => [name, spec.default, spec.min, spec.max]),
    ).toEqual([
      ['a', 5, 0, 10],
      ['b', 0.5, 0, 1],
      ['c', -20, -30, 1],
      ['d', 0, -1, 1],
    ]);
  });

  it.each([
    ['', 'expression-empty', {}],
    [' ; a = 1', 'typed-energy-empty', {}],
    ['x^2 + q', 'expression-unknown-name', { name: 'q', at: 7 }],
    ['\n  x^2 + q', 'expression-unknown-name', { name: 'q', at: 10 }],
    ['x^2; a', 'not-a-declaration', { text: 'a', at: 6 }],
    ['x^2; a = 1; a = 2', 'parameter-declared-twice', { name: 'a', at: 13 }],
    ['x^2; x = 1', 'parameter-name-taken', { name: 'x', at: 6 }],
    ['x^2; exp = 1', 'parameter-name-taken', { name: 'exp', at: 6 }],
    ['x^2; cv = 1', 'parameter-name-taken', { name: 'cv', at: 6 }],
    ['x^2; a = 3 in [0, 1]', 'parameter-outside-range', { name: 'a', at: 6 }],
    ['x^2; a = 1e12', 'parameter-too-large', { name: 'a', at: 6 }],
    ['x^2; a = 1 in [0, 1', 'expression-unexpected', { found: 'in', at: 12 }],
    ['a*x^2; a = b; b = a', 'parameter-circular', { name: 'a' }],
    [
      `x^2${Array.from({ length: 65 }, (_, k) => `; p${k} = 1`).join('')}`,
      'too-many-parameters',
      { count: 65, most: 64 },
    ],
  ])('%j is refused with its place', (text, id, values) => {
    expect(() => readTypedEnergy(text, ['cv'])).toThrow(
      expect.objectContaining({ told: { id, values: expect.objectContaining(values) } }),
    );
  });
});

describe('an energy in the notation of other programs', () => {
  const plain = readTypedEnergy('h*(x^2 - 1)^2 + c*y^2; h = 5; c = 2');

  it.each([
    'h*(x**2-1)**2 + c*y**2\nh = 5\nc = 2',
    'h = 10/2; c = h - 3; h*(x^2-1)^2 + c*y^2',
    'h (x^2-1)^2 + c y^2 where h = 5, c = 2',
    'def U(x, y):\n    h = 5.0\n    c = 2\n    return h*(x**2 - 1)**2 + c*y**2',
    'U(x, y) = h r^2 + c y^2; r = x^2 - 1; h = 5; c = 2',
    'h*(x^2-1)^n + c*y^n; h = 5, c = 2, n = 2',
    '$h\\left(x^{2}-1\\right)^{2}+c\\,y^{2}$; h = 5; c = 2',
  ])('%j', (text) => {
    const { energy, parameters } = readTypedEnergy(text);
    const values = (specs: typeof parameters) =>
      Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.default]));
    const at = (formula: string, numbers: Record<string, number>) => {
      const graph = new Graph(['x', 'y', ...Object.keys(numbers)]);
      return new Interpreter(graph, [graph.expression(formula)], ['x', 'y'], numbers).at([0.3, -0.7])[0];
    };
    expect(at(energy, values(parameters))).toBeCloseTo(at(plain.energy, values(plain.parameters)), 12);
  });

  it.each([
    ['5*(X^2-1)^2 + 2*Y^2', '5*(x^2-1)^2 + 2*y^2'],
    ['5*(x1^2-1)^2 + 2*x2^2', '5*(x^2-1)^2 + 2*y^2'],
    ['5*(q2^2-1)^2 + 2*q1^2', '5*(y^2-1)^2 + 2*x^2'],
    ['xy + x^2 + y^2', 'x*y + x^2 + y^2'],
    ['5,0*(x^2-1)^2 + 2,5*y^2', '5.0*(x^2-1)^2 + 2.5*y^2'],
    ['k*x^2 + y^2', 'k*x^2 + y^2; k = 1'],
    ['x^2 + ω*y^2; a = 2;', 'x^2 + ω*y^2; a = 2; omega = 1'],
  ])('%s is refused, and %s is offered', (text, mended) => {
    expect(() => readTypedEnergy(text)).toThrow(expect.objectContaining({ mended }));
    expect(() => readTypedEnergy(mended)).not.toThrow();
  });

  it('a parameter called kT is not offered: it would not follow the temperature', () => {
    for (const text of ['kT*x^2 + y^2', 'kT', 'a*kT*x^2'])
      expect(() => readTypedEnergy(text)).toThrow(expect.objectContaining({ mended: null }));
  });
});

describe('links of the custom system', () => {
  it('carry the energy, its parameters, the domain and the slow variable', () => {
    const { experiment, notices } = open(
      'a*(x^2 - 1)^2 + y^2; a = 5 in [0, 10]',
      '&system.a=3.5&system.xMin=-3&system.cv=x-y&cv=typed&kT=0.7&start=1,0',
    );
    expect(notices).toEqual([]);
    expect(experiment).toMatchObject({ 'system.a': 3.5, 'system.xMin': -3, cv: 'typed', start: '1,0' });
    expect(systemOf(experiment, families).domain[0]).toEqual([-3, 2]);
    expect(parseQuery(encodeQuery(experiment, families), families)).toEqual({ experiment, notices: [] });
  });

  it('give every declared parameter a live control with its range', () => {
    const { experiment } = open('x^2 + w*y^2; w = 2 in [1, 4]');
    expect(settingsOf(families, experiment)['system.w']).toMatchObject({ min: 1, max: 4, live: true });
    const retyped = withValue(families, experiment, 'system.energy', 'x^2 + v*y^2; v = 3');
    expect(retyped).toMatchObject({ 'system.v': 3 });
    expect(retyped).not.toHaveProperty(['system.w']);
  });

  it('judge an energy in the domain of the link', () => {
    const far = '(x - 10)^2 + y^2';
    expect(open(far).notices[0].message).toEqual(defaultUsed('no-minimum'));
    expect(open(far, '&system.xMin=8&system.xMax=12').notices).toEqual([]);
    expect(open('x - log(x) + y^2', '&system.xMin=0.1').notices).toEqual([]);
  });

  it.each([
    ['alert(1)', 'expression-unknown-function', { name: 'alert', at: 1 }],
    [Array(900).fill('x').join('^'), 'expression-too-deep', {}],
    [Array(1001).fill('x').join('+'), 'text-too-long', { most: 2000 }],
    ['x^2 + omega*y', 'expression-unknown-name', { name: 'omega', at: 7 }],
    ['x^2 + y^2 +', 'expression-operand-missing', { found: '+' }],
    ['x^2 + y^2 + 1/x', 'not-finite-at', near(0)],
    ['x^2 + y^2 + 1/(x - 0.3)', 'pole-near', near(0.3)],
    ['x^2 + y^2 + 1/((x - 0.3)^2 + (y - 0.123)^2)', 'pole-near', near(0.3, 0.123)],
    ['x^2 + y^2 + log(x + 1.5)', 'not-finite-at', near(-2)],
    ['sqrt(y) + x^2', 'not-finite-at', near(-2, -1.5)],
    ['x^2 - y^4 + y^2', 'does-not-rise', {}],
    ['x^3 - 3*x + y^2', 'does-not-rise', {}],
    ['x + 0*y', 'no-minimum', {}],
    ['x', 'no-minimum', {}],
    ['1', 'no-minimum', {}],
    ['(x - 30)^2 + y^2', 'no-minimum', {}],
    ["x['constructor']", 'expression-unknown-name', { name: 'constructor' }],
    ['globalThis', 'expression-unknown-name', { name: 'globalThis' }],
    ['1e999*x', 'expression-not-number', { text: '1e999' }],
  ])('%s: the cause is told and the default opens', (energy, id, values) => {
    const { experiment, notices } = open(energy);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ key: 'system.energy', message: defaultUsed(id, values) });
    expect(experiment).toEqual(defaults);
  });

  it('ten thousand powers are told as well', () => {
    const { notices } = parseQuery(link(Array(10_000).fill('x').join('^')), families);
    expect(notices).toHaveLength(1);
    expect(notices[0].message.id).toBe('link-too-long');
  });

  it.each([
    ['x +', 'expression-operand-missing', {}],
    ['x*h', 'expression-unknown-name', { name: 'h', at: 3 }],
    ['1/x', 'not-finite-at', near(0)],
  ])('a collective variable %s is refused', (cv, id, values) => {
    const { notices } = open('x^2 + y^2', `&system.cv=${encodeURIComponent(cv)}`);
    expect(notices.map(({ key }) => key)).toEqual(['system.cv']);
    expect(notices[0].message).toEqual(defaultUsed(id, values));
  });
});

describe('what confines and what does not', () => {
  const problem = (energy: string, reach: number, coordinates = ['x', 'y']) =>
    surveyed(
      energy,
      {},
      coordinates.map(() => [-reach, reach] as const),
      coordinates,
    ).problem()?.id;

  it.each<[string, number]>([
    ['(1-x)^2 + 100*(y-x^2)^2', 5],
    ['20000*(x^2-1)^2 + 0.5*y^2', 2],
    ['0.004*(x^2-1)^2 + 0.000002*y^2', 2],
    ['1e-21*((x^2-1)^2 + y^2)', 2],
    ['(1 - exp(-(x + 1)))^2 + 0.01*(x + 1)^2 + y^2', 3],
    ['x^64 + y^2', 1.5],
    ['log(1 + x^2) + y^2', 2],
    ['abs(x) + abs(y)', 2],
  ])('%s confines', (energy, reach) => {
    expect(problem(energy, reach)).toBeUndefined();
  });

  it.each<[string, number]>([
    ['(1 - exp(-(x + 1)))^2 + y^2', 3],
    ['cos(3*x) + y^2', 3],
    ['cos(3*x) + y^2', Math.PI],
    ['x^2 - y^4 + 4*y^2', 2],
    ['x^2 + 0*y', 2],
  ])('%s does not', (energy, reach) => {
    expect(problem(energy, reach)).toMatch(/does-not-rise|no-minimum/);
  });

  it('finds the wells and passes of an energy of one coordinate', () => {
    const survey = surveyed('5*(x^2 - 1)^2 + 0.3*x', {}, [[-2, 2]], ['x']);
    expect(survey.problem()).toBeUndefined();
    const { minima, saddles } = survey.facts();
    expect([minima.length, saddles.length]).toEqual([2, 1]);
    for (const { at } of [...minima, ...saddles])
      expect(20 * at[0] * (at[0] ** 2 - 1) + 0.3).toBeCloseTo(0, 8);
  });
});

describe('an energy of one coordinate', () => {
  it('is a system of one coordinate, whose links come back', async () => {
    const { experiment, notices } = open('5*(x^2 - 1)^2; c = 1', '&system.xMax=2.5&walkers=16&time=1');
    expect(notices).toEqual([]);
    const system = systemOf(experiment, families);
    expect(system.coordinates).toEqual(['x']);
    expect(system.domain).toEqual([[-2, 2.5]]);
    expect(system.facts.minima.map(({ at }) => Math.round(at[0]))).toEqual([-1, 1]);
    expect(parseQuery(encodeQuery(experiment, families), families)).toEqual({ experiment, notices: [] });
    const run = await SimulationRun.create(families, experiment);
    await run.advance(Number.POSITIVE_INFINITY);
    expect((await run.frame()).divergence).toBeNull();
  });

  it('says where in one coordinate it is wrong', () => {
    expect(open('1/x + x^2').notices[0].message).toEqual(defaultUsed('not-finite-at', { at: [0] }));
  });
});

describe('the custom system', () => {
  it('finds the minima and saddles of the Müller-Brown potential', () => {
    const known = families.systems['mueller-brown'];
    const { experiment } = open(
      known.energy as string,
      '&kT=15&system.xMin=-1.8&system.xMax=1.4&system.yMin=-0.5&system.yMax=2.2',
    );
    const { facts } = systemOf(experiment, families);
    const stated = known.facts as typeof facts;
    for (const [points, found] of [
      [stated.minima, facts.minima],
      [stated.saddles, facts.saddles],
    ]) {
      expect(found).toHaveLength(points.length);
      for (const { at, energy } of points) {
        const nearest = Math.min(...found.map((p) => Math.hypot(p.at[0] - at[0], p.at[1] - at[1])));
        expect(nearest).toBeLessThan(1e-7);
        expect(Math.min(...found.map((p) => Math.abs(p.energy - energy)))).toBeLessThan(1e-6);
      }
    }
  });

  it('has its kinks too', () => {
    const { facts } = systemOf(open('abs(x - 0.31) + abs(y)').experiment, families);
    expect(facts.minima).toHaveLength(1);
    expect(facts.minima[0].at[0]).toBeCloseTo(0.31, 6);
  });

  it('follows its minima when a parameter moves', () => {
    const { experiment } = open('(x^2 - w)^2 + y^2; w = 1 in [0.5, 2]');
    const moved = withValue(families, experiment, 'system.w', 2);
    expect(systemOf(moved, families).facts.minima.map(({ at }) => at[0])).toEqual([
      expect.closeTo(-Math.SQRT2, 8),
      expect.closeTo(Math.SQRT2, 8),
    ]);
  });

  it('runs like a built-in one and has the exact answers', async () => {
    const { experiment } = open('2*(x^2 - 1)^2 + y^2', '&walkers=64&time=5&kT=0.8');
    const { model, kT } = settingOf(experiment, families);
    const { logPartition } = exactDensity(model, kT);
    expect(logPartition).toBeGreaterThan(0);
    const run = await SimulationRun.create(families, experiment);
    await run.advance(Number.POSITIVE_INFINITY);
    const frame = await run.frame();
    expect(frame.divergence).toBeNull();
    expect(frame.passages?.arrivals.length).toBeGreaterThan(0);
  });
});

it.each(['\\constructor', '\\toString*x', '\\__proto__ + x'])('%s is refused by name', (text) => {
  expect(() => readTypedEnergy(text)).toThrow(/expression-/);
});

describe('what is passed over', () => {
  it.each([
    ['5*(x^2 - 1)^2 + y^2', []],
    ['U(x, y) = 5*(x^2 - 1)^2 + y^2', ['U(x, y) =']],
    ['def U(x, y):\n  return 5*np.cos(x) + y^2', ['def U(x, y):', 'return', 'np.']],
    ['"x^2 + y^2"', ['"']],
    ['x^2 + y^2 # a bowl', ['# a bowl']],
    ['lambda x, y: x^2 + y^2', ['lambda x, y:']],
    ['x^2 + a*y^2; a = 2', []],
  ])('%s', (text, dropped) => expect(readTypedEnergy(text).dropped).toEqual(dropped));
});

it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  '%s is no name of a parameter',
  (name) => {
    expect(() => readTypedEnergy(`${name}*(x^2 - 1)^2 + y^2; ${name} = 2`)).toThrow(/parameter-name-taken/);
  },
);
