import { expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { allOf, answered, reference } from './reference.ts';

const experimentOf = (query: string) => parseQuery(`system=three-hole&${query}`, families).experiment;
const base = experimentOf('');

it('asks the same question of experiments that differ in other settings only', () => {
  const ask = (query: string) => reference.conditional(experimentOf(query), 0.1).key;
  expect(ask('seed=3&walkers=100&schedule=vp&station=learn')).toBe(ask(''));
  for (const query of ['kT=2', 'cv=y', 'system=ring']) expect(ask(query)).not.toBe(ask(''));
});

it('asks for samples of equilibrium whatever the slow variable is, but not at a value of it', () => {
  const key = (query: string, at: number | null) => reference.sample(experimentOf(query), 10, at).key;
  expect(key('cv=y', null)).toBe(key('', null));
  expect(key('cv=y', 0)).not.toBe(key('', 0));
  expect(key('seed=2', null)).not.toBe(key('', null));
});

it('tells questions of one experiment apart by what is asked', () => {
  const scale = { mean: [0, 0], deviation: [1, 1] };
  const keys = [
    reference.landscape(base, 10),
    reference.landscape(base, 20),
    reference.mean(base, 'x'),
    reference.mean(base, 'y'),
    reference.denoisingField(base, 0.1, scale, 5),
    reference.denoisingField(base, 0.1, { ...scale, deviation: [1, 2] }, 5),
    allOf([reference.mean(base, 'x'), reference.mean(base, 'y')]),
  ].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

it('asks nothing before it is told to, and changes answers on their way', async () => {
  const question = { key: 'a', system: 'ring', ask: async () => 2 };
  const doubled = answered(question, (answer) => 2 * answer);
  expect(doubled).toMatchObject({ key: 'a', system: 'ring' });
  expect(await doubled.ask()).toBe(4);
  expect(await allOf([question, doubled]).ask()).toEqual([2, 4]);
});
