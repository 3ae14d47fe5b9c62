import { describe, expect, test } from 'vitest';
import { UNKNOWN_ERROR } from '../../core/metrics/free-energy-error.ts';
import { frameOf } from './frames.fixture.ts';
import { type ScoredMethod, withErrorsOf } from './use-methods.ts';

const method = (rmse: number | null, forceEvaluations: number): ScoredMethod => ({
  method: 'metropolis',
  phase: 'running',
  message: null,
  frame: frameOf('metropolis', {}, { forceEvaluations }),
  history: [],
  notes: [],
  ...UNKNOWN_ERROR,
  rmse,
});

describe('errors of methods', () => {
  test('are those of the figures, at the progress of now', () => {
    const [told] = withErrorsOf([method(0.2, 2000)], [method(0.3, 1000)]);
    expect(told.rmse).toBe(0.3);
    expect(told.frame?.forceEvaluations).toBe(2000);
  });

  test('are unknown before the figures show any', () => {
    expect(withErrorsOf([method(0.2, 2000)], [])[0].rmse).toBeNull();
  });
});
