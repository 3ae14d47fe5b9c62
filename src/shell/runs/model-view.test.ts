import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { staleKeys } from './model-view.ts';

const experimentOf = (query: string) => parseQuery(`system=three-hole&${query}`, families).experiment;
const stale = (before: string, after: string, conditional = false) =>
  staleKeys(experimentOf(before), experimentOf(after), conditional);

describe('what makes a model out of date', () => {
  it('is the slow variable, where data lie evenly along it', () => {
    expect(stale('data=even', 'data=even&cv=y')).toEqual(['cv']);
    expect(stale('data=equilibrium', 'cv=y')).toEqual([]);
    expect(stale('data=equilibrium', 'cv=y', true)).toEqual(['cv']);
  });

  it('is the noise schedule with its parameters', () => {
    expect(stale('', 'schedule=vp')).toContain('schedule');
    expect(stale('', 'schedule.logMean=-2')).toEqual(['schedule.logMean']);
    expect(stale('', 'generator.steps=40&samples=1000&sigma=0.1&at=0.5')).toEqual([]);
  });

  it('is what the run of the data depends on, whether the model or the page has such data', () => {
    expect(stale('data=simulation', 'data=simulation&walkers=100')).toEqual(['walkers']);
    expect(stale('', 'walkers=100')).toEqual([]);
    expect(stale('data=simulation&walkers=100', '')).toEqual(['walkers', 'data']);
    expect(stale('data=biased', 'data=biased&method.windows=20&walkers=100')).toEqual(['method.windows']);
  });
});
