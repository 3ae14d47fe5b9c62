import { describe, expect, it } from 'vitest';
import { workFigures, workWarnings } from './report.ts';

const BUDGET = 1e6;
/** Sixteen pulls about a mean, evenly spread. */
const about = (mean: number, width = 0.5) =>
  Float64Array.from({ length: 16 }, (_, i) => mean + width * ((2 * i) / 15 - 1));
const ids = (forward: Float64Array, backward: Float64Array | null) =>
  workWarnings({ forward, backward }, BUDGET).map(({ id }) => id);

describe('what is said of the work of pulls', () => {
  it('is nothing where both ways agree', () => {
    expect(ids(about(2.1), about(-1.9))).toEqual([]);
    expect(ids(about(2), null)).toEqual([]);
    expect(workWarnings({ forward: null, backward: null }, BUDGET)).toEqual([]);
  });

  it('names pulls that dominate and what is lost', () => {
    const [warning] = workWarnings({ forward: about(12, 10), backward: null }, BUDGET);
    expect(warning.id).toBe('dominated');
    const { pulls, effective, dissipated } = warning.message.values as Record<string, number>;
    expect(pulls).toBe(16);
    expect(Math.floor(effective)).toBe(1);
    expect(Math.floor(dissipated)).toBe(7);
    expect(warning.offer?.changes).toEqual({ budget: 4 * BUDGET });
  });

  it('is hysteresis where both ways lose so much that they disagree', () => {
    expect(ids(about(7, 1), about(-3, 1))).toEqual(['hysteresis']);
  });

  it('is a beginning out of equilibrium where a way gives back what it should not', () => {
    const [warning, ...others] = workWarnings({ forward: about(20), backward: about(-24) }, BUDGET);
    expect(others).toEqual([]);
    expect(warning.id).toBe('not-equilibrated');
    expect(warning.offer?.changes).toEqual({ 'method.equilibration': 0.5 });
  });

  it('has figures without gaps', () => {
    expect(workFigures({ forward: null, backward: null })).toEqual({});
    const figures = workFigures({ forward: about(2.1), backward: about(-1.9) });
    expect(figures.bennett).toBeCloseTo(2, 6);
    expect(figures.crooksCrossing).toBeCloseTo(2, 6);
    expect(figures.dissipatedForward).toBeCloseTo(0.1, 6);
    expect(figures.dissipatedBackward).toBeCloseTo(0.1, 6);
    expect(Object.values(workFigures({ forward: about(2).subarray(0, 1), backward: null }))).not.toContain(
      NaN,
    );
  });
});
