import { describe, expect, it } from 'vitest';
import { parseExpression, reader } from '../../lessons/expression.ts';
import type { Prediction } from '../../lessons/lesson.ts';
import { distanceAfterShift, scoreOf } from './scoring.ts';

const read = reader({ time: 2, x: [-1, -0.5, 0, 0.5, 1], y: [1, null, 3, 2, 1], none: null });
const question = 'What?';
const number: Prediction = {
  kind: 'number',
  question,
  unit: 'τ',
  answer: parseExpression('time'),
  factor: 2,
};

describe('what a prediction is worth', () => {
  it.each([
    [1.01, true],
    [3.9, true],
    [0.9, false],
    [4.1, false],
    [-2, false],
  ])('%s is right within a factor of two: %s', (answer, right) => {
    expect(scoreOf(number, answer, read)).toEqual({ right, actual: 2, distance: null });
  });

  it('waits for the run', () => {
    expect(scoreOf({ ...number, answer: parseExpression('none') }, 1, read)).toBeNull();
  });

  it('knows a choice and an order', () => {
    expect(scoreOf({ kind: 'choice', question, options: ['a', 'b'], answer: 1 }, 1, read)?.right).toBe(true);
    const order: Prediction = { kind: 'order', question, items: ['a', 'b', 'c'] };
    expect(scoreOf(order, [0, 1, 2], read)?.right).toBe(true);
    expect(scoreOf(order, [1, 0, 2], read)?.right).toBe(false);
  });

  it('compares a curve but for a constant, where the run has values', () => {
    const curve: Prediction = {
      kind: 'curve',
      question,
      x: parseExpression('x'),
      y: parseExpression('y'),
      axes: { x: [-1, 1], y: [0, 10] },
      within: 0.5,
    };
    // The second place has no value. The others differ by 7, 7, 9 and 9: by 1 from their mean.
    expect(scoreOf(curve, [8, 0, 10, 11, 10], read)).toEqual({ right: false, actual: null, distance: 1 });
    expect(scoreOf(curve, [8, 5, 10, 9, 8], read)?.distance).toBeCloseTo(0, 12);
  });

  it('leaves out what lies beyond the axis', () => {
    expect(distanceAfterShift([0, 0], [0, 1], { x: [0, 1, 2], y: [1, 1, 99] })).toBe(0);
    expect(distanceAfterShift([0, 0], [0, 1], { x: [2, 3], y: [1, 2] })).toBeNull();
  });
});
