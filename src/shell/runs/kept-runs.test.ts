import { expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { KeptRuns, MOST_KEPT } from './kept-runs.ts';

const freeEnergy = {
  of: 'bin',
  cv: new Float64Array(2),
  F: new Float64Array(2),
  stderr: new Float64Array(2),
} as const;
const run = (query: string) => ({
  experiment: parseQuery(`station=bias&method=direct&${query}`, families).experiment,
  forceEvaluations: 10,
  freeEnergy,
  history: [],
});

test('the same run again replaces itself; others get names and marks of their own', () => {
  const kept = new KeptRuns();
  kept.add(run('seed=1'));
  kept.add(run('seed=2'));
  kept.add({ ...run('seed=1'), forceEvaluations: 20 });
  const [first, second, ...more] = kept.list.get();
  expect(more).toEqual([]);
  expect(first).toMatchObject({
    name: 'Direct simulation',
    mark: 0,
    forceEvaluations: 20,
    kind: 'simulation',
  });
  expect(second).toMatchObject({ name: 'Direct simulation 2', mark: 1 });
  kept.rename(first.id, '  long  ');
  kept.rename(second.id, '   ');
  kept.setHidden(second.id, true);
  expect(kept.list.get()).toMatchObject([{ name: 'long' }, { name: 'Direct simulation 2', hidden: true }]);
  kept.remove(first.id);
  kept.add(run('seed=3'));
  expect(kept.list.get().map(({ mark }) => mark)).toEqual([1, 0]);
});

test('the last runs of each system are kept', () => {
  const kept = new KeptRuns();
  kept.add(run('system=ring'));
  for (let seed = 0; seed <= MOST_KEPT; seed++) kept.add(run(`seed=${seed}`));
  const list = kept.list.get();
  expect(list).toHaveLength(MOST_KEPT + 1);
  expect(list[0].link).toContain('ring');
  expect(list.some(({ link }) => link.includes('seed=0'))).toBe(false);
  expect(new Set(list.map(({ key }) => key)).size).toBe(2);
});
