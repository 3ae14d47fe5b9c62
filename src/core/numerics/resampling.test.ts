import { describe, expect, it } from 'vitest';
import { Draws } from './draws.ts';
import { RandomStream } from './random.ts';
import {
  drawGroups,
  drawnAgain,
  influenceError,
  jackknifeError,
  leftOut,
  resampledError,
  standardError,
} from './resampling.ts';

const VALUES = [3, 1, 4, 1, 5, 9, 2, 6];
/** sqrt(sum of squares about the mean 31/8, 52.875, over 8 * 7) */
const ERROR = Math.sqrt(52.875 / 56);

const sumsOf = (values: readonly number[]) =>
  Float64Array.of(
    values.length,
    values.reduce((a, b) => a + b, 0),
  );
const meanOf = ([count, sum]: Float64Array) => sum / count;

describe('the standard error of a mean of groups', () => {
  it('is that of the textbook, also by leaving out groups and by influences', () => {
    expect(standardError(VALUES)).toBeCloseTo(ERROR, 12);
    const without = VALUES.map((value) => (31 - value) / 7);
    expect(jackknifeError(without)).toBeCloseTo(ERROR, 12);
    const influences = VALUES.map((value) => (value - 31 / 8) / 8);
    expect(
      influenceError(
        influences.reduce((sum, x) => sum + x * x, 0),
        8,
      ),
    ).toBeCloseTo(ERROR, 12);
    const parts = VALUES.map((value) => ({ stratum: 0, sums: sumsOf([value]) }));
    expect(resampledError(leftOut(sumsOf(VALUES), parts), meanOf)).toBeCloseTo(ERROR, 12);
  });

  it('is nothing for equal values and not known for one', () => {
    expect(standardError([0.1, 0.1, 0.1])).toBe(0);
    expect(standardError([1])).toBeNaN();
  });

  it('is met by the bootstrap: with one draw less than groups without a bias, with as many by sqrt((n - 1) / n)', () => {
    const errorOf = (times: number) => {
      const again = Array.from({ length: 20_000 }, (_, replica) => {
        const counts = new Float64Array(8);
        drawGroups(counts, 0, 8, new Draws(new RandomStream(1, 'test'), replica), times);
        expect(counts.reduce((a, b) => a + b, 0)).toBeCloseTo(8, 12);
        return Float64Array.of(
          8,
          counts.reduce((sum, count, i) => sum + count * VALUES[i], 0),
        );
      });
      return resampledError(drawnAgain(sumsOf(VALUES), again), meanOf) / ERROR;
    };
    // Of 20000 draws the error itself is known to 0.5 %.
    expect(Math.abs(errorOf(7) - 1)).toBeLessThan(0.02);
    expect(Math.abs(errorOf(8) - Math.sqrt(7 / 8))).toBeLessThan(0.02);
  });
});

it('takes groups of strata by themselves: what differs between strata is no error', () => {
  const parts = [1, 3, 101, 103].map((value, i) => ({ stratum: i >> 1, sums: Float64Array.of(1, value) }));
  const whole = Float64Array.of(4, 208);
  const error = resampledError(leftOut(whole, parts), ([, sum]) => sum);
  // Each stratum: (n - 1) / n times the two squared sums that are left out.
  expect(error ** 2).toBeCloseTo((1 + 9 + 101 ** 2 + 103 ** 2) / 2, 9);
});
