import { expect, test } from 'vitest';
import { type Grid, linspace } from '../../core/numerics/results.ts';
import { endsOf, levelCurve } from './level-curve.ts';

function gridOf(f: (x: number, y: number) => number, n = 41): Grid {
  const [xs, ys] = [linspace(-2, 2, n), linspace(-2, 2, n)];
  return {
    xs,
    ys,
    values: Float64Array.from({ length: n * n }, (_, k) => f(xs[k % n], ys[Math.floor(k / n)])),
  };
}

const lengthOf = (segments: ReturnType<typeof levelCurve>) =>
  segments.reduce((sum, [p, q]) => sum + Math.hypot(p[0] - q[0], p[1] - q[1]), 0);

test('a coordinate: a straight line from bottom to top', () => {
  const curve = levelCurve(
    gridOf((x) => x),
    0.53,
  );
  expect(lengthOf(curve)).toBeCloseTo(4, 10);
  expect(endsOf(curve)?.top[1]).toBe(2);
  expect(endsOf(curve)?.bottom[1]).toBe(-2);
  for (const [[x], [u]] of curve) for (const v of [x, u]) expect(v).toBeCloseTo(0.53, 10);
});

test('a circle has its circumference, and every piece lies on it', () => {
  const curve = levelCurve(
    gridOf((x, y) => Math.hypot(x, y)),
    1.2,
  );
  expect(Math.abs(lengthOf(curve) - 2 * Math.PI * 1.2)).toBeLessThan(0.02);
  for (const [p] of curve) expect(Math.abs(Math.hypot(...p) - 1.2)).toBeLessThan(0.01);
});

test('an angle: one ray, and none on the other side where it jumps', () => {
  const angle = gridOf((x, y) => Math.atan2(y, x), 40);
  for (const level of [0.3, Math.PI, -2.5]) {
    const curve = levelCurve(angle, level, 2 * Math.PI);
    expect(curve.length).toBeGreaterThan(10);
    for (const [[x, y]] of curve) expect(x * Math.cos(level) + y * Math.sin(level)).toBeGreaterThan(0);
  }
});

test('a value that nothing has gives nothing', () => {
  expect(
    levelCurve(
      gridOf((x, y) => x * x + y * y),
      -1,
    ),
  ).toEqual([]);
  expect(endsOf([])).toBeNull();
  expect(
    levelCurve(
      gridOf(() => Number.NaN),
      0,
    ),
  ).toEqual([]);
});
