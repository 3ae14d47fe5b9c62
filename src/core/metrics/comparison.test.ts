import { expect, it } from 'vitest';
import { histogramFreeEnergy } from '../estimators/histogram.ts';
import { conditionError, densityDivergence } from './comparison.ts';
import { freeEnergyError } from './free-energy-error.ts';

const domain = [
  [0, 2],
  [0, 2],
] as const;
const exact = {
  xs: Float64Array.of(0.5, 1.5),
  ys: Float64Array.of(0.5, 1.5),
  values: Float64Array.of(0.25, 0.25, 0.25, 0.25),
};
const states = (...values: number[]) => ({ dimension: 2, values: Float32Array.from(values) });

it('the divergence of perfectly shared states is zero', () => {
  const points = states(0.5, 0.5, 1.5, 0.5, 0.5, 1.5, 1.5, 1.5);
  expect(densityDivergence(points, exact, domain)).toBeCloseTo(0, 12);
});

it('states outside the domain count against the model', () => {
  const points = states(0.5, 0.5, 1.5, 0.5, 0.5, 1.5, 1.5, 1.5, 9, 9, 9, 9, 9, 9, 9, 9);
  expect(densityDivergence(points, exact, domain)).toBeCloseTo(
    0.5 * Math.log(4 / 3) + 0.25 * Math.log(2 / 3) + 0.25 * Math.log(2),
    12,
  );
});

it('the error of a condition is a root mean square', () => {
  expect(conditionError([1, 3], 2)).toBe(1);
  expect(conditionError([7, 7], 4)).toBe(3);
  expect(conditionError([6, 0.5], 0.25, 6)).toBe(0.25);
});

it('a histogram gives F = -log share, standard errors from its groups, and NaN where nothing was seen', () => {
  const { cv, F, stderr } = histogramFreeEnergy(
    Float64Array.of(30, 10, 0, 10, 30, 0, 20, 20, 0, 20, 20, 0),
    4,
    [0, 3],
  );
  expect([...cv]).toEqual([0.5, 1.5, 2.5]);
  expect([...F]).toEqual([0, 0, Number.NaN]);
  // shares 3/4, 1/4, 1/2, 1/2: standard error sqrt(1/8 / (4 * 3)), divided by the share 1/2
  expect(stderr[0]).toBeCloseTo(Math.sqrt(1 / 8 / 12) / 0.5, 12);
  expect(stderr[2]).toBeNaN();
});

it('the error of a free energy ignores a shift and bins too high to matter, and takes bins never visited as 12 kT high', () => {
  const cv = Float64Array.of(0, 1, 2, 3);
  const errorOf = (F: readonly number[], ...exact: number[]) =>
    freeEnergyError({ cv, F: Float64Array.from(F) }, { cv, F: Float64Array.from(exact) });
  const trapped = [1, 2, Number.NaN, 50];
  expect(errorOf(trapped, 0, 1, 9, 9)).toEqual({ rmse: 0, unvisitedShare: 0 });
  expect(errorOf(trapped, 0, 3, 9, 9)).toEqual({ rmse: 1, unvisitedShare: 0 });
  // Differences 1, 1 and 50 - 5, since the estimate goes higher than 12 elsewhere.
  const error = errorOf(trapped, 0, 1, 5, 9);
  expect(error?.rmse).toBeCloseTo((44 / 3) * Math.SQRT2, 12);
  expect(error?.unvisitedShare).toBeCloseTo(1 / 3, 12);
  expect(errorOf([1, 2, Number.NaN, 3], 0, 1, 5, 9)?.rmse).toBeCloseTo((6 / 3) * Math.SQRT2, 12);
  expect(errorOf(trapped, 0, 9, 9, 9)).toBeNull();
});
