import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { REFRESH } from './refresh.ts';
import { shown } from './shown.ts';
import { useStore } from './store.ts';

const { getState } = useStore;
const TICK = 16;
const TICKS = 300;

describe('the experiment as figures show it', () => {
  let shows: number;
  let unsubscribe: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    getState().load('station=explore&system=double-well');
    vi.advanceTimersByTime(1000);
    shows = 0;
    unsubscribe = shown.subscribe(() => shows++);
  });
  afterEach(() => {
    unsubscribe();
    vi.useRealTimers();
  });

  it('follows a drag at its pace and ends at the last value', () => {
    for (let tick = 1; tick <= TICKS; tick++) {
      getState().change('kT', 1 + tick / 1000);
      vi.advanceTimersByTime(TICK);
    }
    expect(shows).toBeGreaterThan(10);
    expect(shows).toBeLessThanOrEqual((TICKS * TICK) / REFRESH.drag + 2);
    vi.advanceTimersByTime(REFRESH.drag);
    expect(shown.get()).toBe(getState().experiment);
    expect(shown.get().kT).toBe(1 + TICKS / 1000);
    expect(getState().past).toHaveLength(1);
  });

  it('shows at once a step that comes alone, another setting and what is no number', () => {
    getState().change('kT', 2);
    expect(shown.get().kT).toBe(2);
    vi.advanceTimersByTime(REFRESH.drag);
    getState().change('kT', 2.1);
    expect(shown.get().kT).toBe(2.1);
    getState().change('walkers', 50);
    expect(shown.get().walkers).toBe(50);
    getState().change('start', 'right');
    getState().change('start', 'left');
    expect(shown.get()).toBe(getState().experiment);
  });

  it('shows what a drag is undone to, and nothing of the drag after it', () => {
    getState().change('kT', 2);
    getState().change('kT', 3);
    getState().undo();
    expect(shown.get().kT).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(shown.get().kT).toBe(1);
  });
});
