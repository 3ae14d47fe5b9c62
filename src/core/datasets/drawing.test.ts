import { describe, expect, it } from 'vitest';
import { Drawing, MOST_POINTS } from './drawing.ts';

const cloud = Drawing.empty.begin().spray([1, -2], [0.1, 0.3], 4000);

describe('a drawing', () => {
  it('is sprayed about the place, with the width of the can', () => {
    expect(cloud.count).toBe(4000);
    const moments = (d: number) => {
      const values = [...cloud.states].filter((_, i) => i % 2 === d);
      const mean = values.reduce((a, b) => a + b, 0) / 4000;
      return [mean, Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4000)];
    };
    const [[mx, sx], [my, sy]] = [moments(0), moments(1)];
    // Four standard errors: 0.1 / sqrt(4000) of a mean, over sqrt(2) of a deviation.
    expect(Math.abs(mx - 1)).toBeLessThan(0.0064);
    expect(Math.abs(my + 2)).toBeLessThan(0.019);
    expect(Math.abs(sx - 0.1)).toBeLessThan(0.0045);
    expect(Math.abs(sy - 0.3)).toBeLessThan(0.0135);
  });

  it('has other points at every press of the can, and the same ones in the same drawing', () => {
    const twice = Drawing.empty.spray([0, 0], [1, 1], 2).spray([0, 0], [1, 1], 2);
    expect(new Set(twice.states).size).toBe(8);
    expect(Drawing.empty.spray([0, 0], [1, 1], 4).states).toEqual(twice.states);
  });

  it('is erased within an ellipse and nowhere else', () => {
    const points = Drawing.empty
      .spray([0, 0], [0, 0], 1)
      .spray([0.9, 0], [0, 0], 1)
      .spray([0, 0.9], [0, 0], 1);
    expect([...points.erase([0, 0], [1, 0.5]).states]).toEqual([0, Math.fround(0.9)]);
    expect(points.erase([5, 5], [1, 1])).toBe(points);
  });

  it('takes back stroke by stroke, erasing and clearing too', () => {
    const first = Drawing.empty.begin().spray([0, 0], [1, 1], 3).spray([0, 0], [1, 1], 3);
    const second = first.begin().erase([0, 0], [9, 9]);
    expect(second.count).toBe(0);
    expect(second.undo().states).toEqual(first.states);
    const cleared = first.begin().clear();
    expect([cleared.count, cleared.undo().count]).toEqual([0, 6]);
    expect([first.undo().count, first.undo().canUndo, first.undo().undo().count]).toEqual([0, false, 0]);
  });

  it('holds no more than it can', () => {
    const full = cloud.spray([0, 0], [1, 1], 10 * MOST_POINTS);
    expect(full.count).toBe(MOST_POINTS);
    expect(full.spray([0, 0], [1, 1], 1).count).toBe(MOST_POINTS);
  });
});
