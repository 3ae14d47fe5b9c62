import { expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { looks, looksOf } from './looks.ts';

const { coupledMethods } = families;

test('every method has a name, a title and a mark of its own', () => {
  const all = Object.values(looks);
  expect(all).toHaveLength(Object.keys(coupledMethods).length);
  for (const distinct of [
    all.map(({ name }) => name),
    all.map(({ title }) => title),
    all.map(({ family, mark }) => `${family} ${mark}`),
  ])
    expect(new Set(distinct).size).toBe(all.length);
});

test('a method without words is shown by its id, beside those that have some', () => {
  const { direct, plain } = coupledMethods;
  const { 'new-method': look, plain: known } = looksOf({ plain, direct, 'new-method': plain });
  expect(look).toEqual({ name: 'new method', title: 'new method', family: 'model', mark: 1 });
  expect(known).toEqual({ ...looks.plain, mark: 0 });
});
