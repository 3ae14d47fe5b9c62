import { beforeEach, describe, expect, it } from 'vitest';
import { useStore } from './store.ts';

const { getState } = useStore;

describe('several settings at once', () => {
  beforeEach(() => getState().load('station=bias&system=double-well'));

  it('are one step of the history', () => {
    const before = getState().experiment;
    const windows = {
      method: 'umbrella',
      'method.centers': [-1, 0, 1],
      'method.springConstants': [40, 50, 60],
    };
    getState().changeAll({ ...windows, 'integrator.dt': 0.001 });
    const after = getState().experiment;
    expect(after).toMatchObject({ ...windows, 'integrator.dt': 0.001 });
    expect(getState().past).toHaveLength(1);
    getState().undo();
    expect(getState().experiment).toEqual(before);
    getState().redo();
    expect(getState().experiment).toEqual(after);
  });

  it('are no part of a drag before or after them', () => {
    getState().change('kT', 2);
    getState().changeAll({ kT: 1.5 });
    getState().change('kT', 1.2);
    expect(getState().past.map(({ kT }) => kT)).toEqual([1, 2, 1.5]);
  });

  it('leave nothing to redo', () => {
    getState().change('kT', 2);
    getState().undo();
    getState().changeAll({ budget: 1_000_000 });
    expect(getState().future).toEqual([]);
  });
});
