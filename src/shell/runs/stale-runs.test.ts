import { describe, expect, it, vi } from 'vitest';
import { families } from '../../catalog.ts';
import type { CloseFrame } from '../../core/coarse/frame.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { ClosingClient } from './closing.ts';

describe('a run of Close', () => {
  const experimentOf = (query: string) =>
    parseQuery(`station=close&system=fast-slow-double-well&${query}`, families).experiment;
  const client = () => {
    const closing = new ClosingClient({
      worker: { call: () => new Promise(() => undefined), restart: vi.fn() },
    });
    closing.configure(experimentOf(''));
    closing.frame.set({} as CloseFrame);
    return closing;
  };

  it.each(['observable=x^2', 'close.lift=neighbours', 'target=left', 'kT=0.7'])(
    'is forgotten: %s',
    (query) => {
      const closing = client();
      closing.configure(experimentOf(query));
      expect(closing.frame.get()).toBeNull();
    },
  );

  it.each(['reweight=y', 'walkers=3', 'sigma=0.2', 'arms=direct'])('stays: %s', (query) => {
    const closing = client();
    closing.configure(experimentOf(query));
    expect(closing.frame.get()).not.toBeNull();
  });
});
