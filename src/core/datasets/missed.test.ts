import { expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { exactDensity } from '../exact/density.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { missedRemark, missedWells } from './missed.ts';
import { trainingData } from './training-data.ts';

async function missedBy(query: string) {
  const { experiment } = parseQuery(query, families);
  const setting = settingOf(experiment, families);
  const { points } = await trainingData(experiment, families);
  return { setting, missed: missedWells(setting.model, setting.kT, points) };
}

it('walkers trapped on the left miss half of the symmetric double well, and it is told', async () => {
  const { setting, missed } = await missedBy(
    'system=fast-slow-double-well&kT=0.4&data=simulation&time=2&data.n=2000',
  );
  expect(missed.wells).toHaveLength(1);
  // The basins of the symmetric wells have half of the probability each, but for the nodes on the ridge.
  expect(Math.abs(missed.share - 0.5)).toBeLessThan(0.01);
  expect(setting.model.system.facts.minima.map(({ name }) => name)).toContain(missed.wells[0]);
  expect(missedRemark(missed)).toEqual({
    id: 'wells-missed',
    values: { wells: missed.wells, of: 2, share: missed.share },
  });
});

it('the share is what quadrature gives beyond the ridge', async () => {
  const { setting, missed } = await missedBy('system=three-hole&kT=0.15&data=simulation&time=2&data.n=2000');
  expect(missed.wells).toEqual(['right', 'upper']);
  const { axes, values } = exactDensity(setting.model, setting.kT);
  const [xs, ys] = axes;
  const cell = (xs[1] - xs[0]) * (ys[1] - ys[0]);
  let right = 0;
  values.forEach((value, k) => {
    if (xs[k % xs.length] > 0) right += value * cell;
  });
  // The upper well, half of it on the left, has less than 1e-4 at this temperature.
  expect(Math.abs(missed.share - right)).toBeLessThan(1e-3);
});

it('data that have visited all wells tell of the one that they lack', async () => {
  const { missed } = await missedBy('system=three-hole&kT=0.4&data=simulation&time=20&data.n=2000');
  expect(missed.wells).toEqual([]);
  expect(missed.rare?.name).toBe('right');
  expect(missedRemark(missed)).toEqual({ id: 'well-rare', values: missed.rare });
});

it('equilibrium data of enough states miss nothing', async () => {
  const { missed } = await missedBy('system=three-hole&kT=1&data.n=5000');
  expect(missed).toEqual({ share: 0, wells: [], of: 3, rare: null });
  expect(missedRemark(missed)).toBeNull();
});
