/** What every estimator of windows must keep, against windows whose free energy is known in closed form. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import type { Estimator } from './contract.ts';
import { type AnalysisOptions, analyseWindows } from './window-analysis.ts';
import { drawWindows, exactBins, type WindowModel, windowsAt } from './window-models.fixture.ts';

const HARMONIC: WindowModel = {
  energy: (z) => 10 * z ** 2,
  windows: windowsAt([-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1], 60),
  range: [-1, 1],
  memory: 0.9,
  frames: 300,
};
/** Independent samples: errors of the histogram take the memory of the cv, which is longer than that of a bin. */
const FREE: WindowModel = { ...HARMONIC, windows: windowsAt([0, 0], 0), memory: 0 };
/** Bins that are not rare count. */
const CEILING = 8;
const SEEDS = [1, 2, 3];

/** Deviations of -log(share) from the exact ones, in standard errors. */
function scores(estimator: Estimator, model: WindowModel, errors: AnalysisOptions['errors'], seed: number) {
  const options = { estimators: { tested: estimator }, estimator: 'tested', errors, seed };
  const { freeEnergy } = analyseWindows(drawWindows(model, seed), options);
  const { F, stderr } = freeEnergy ?? { F: [], stderr: [] };
  const exact = exactBins(model);
  const known = [...F.keys()].filter((bin) => !Number.isNaN(F[bin]));
  const offset = Math.log(known.reduce((sum, bin) => sum + Math.exp(-F[bin]), 0));
  return known
    .filter((bin) => exact[bin] < CEILING)
    .map((bin) => (F[bin] + offset - exact[bin]) / stderr[bin]);
}

/** What is wrong with an estimator. */
function faultsOf(estimator: Estimator): string[] {
  const faults: string[] = [];
  const model = estimator.ignoresSprings ? FREE : HARMONIC;
  for (const errors of ['asymptotic', 'bootstrap'] as const) {
    const all = SEEDS.flatMap((seed) => scores(estimator, model, errors, seed));
    if (all.length < 40) faults.push('hardly any bin');
    if (!all.every((z) => Math.abs(z) < 6)) faults.push(`far from the truth by its ${errors} errors`);
    const square = all.reduce((sum, z) => sum + z * z, 0) / all.length;
    if (!(square > 0.15)) faults.push(`${errors} errors too large`);
  }
  const unseen: Estimator = {
    ...estimator,
    estimate: (data) => estimator.estimate({ ...data, counts: data.counts.map((_, j) => 1 + (j % 3)) }),
  };
  const same = scores(unseen, model, 'asymptotic', 1).every(
    (z, i) => z === scores(estimator, model, 'asymptotic', 1)[i],
  );
  if (same !== (estimator.takes === 'moments')) faults.push(`does not take ${estimator.takes}`);
  return faults;
}

describe('every estimator of windows', () => {
  it.each(Object.entries(families.estimators))(
    '%s finds a harmonic well within its errors',
    (_, estimator) => {
      expect(faultsOf(estimator)).toEqual([]);
    },
    120_000,
  );

  it('that leaves springs in, scales F or states errors of another size is rejected', () => {
    const { mbar, histogram } = families.estimators;
    expect(faultsOf({ ...histogram, ignoresSprings: false })).not.toEqual([]);
    const scaled: Estimator = { ...mbar, estimate: (data) => mbar.estimate(data).map((F) => 1.5 * F) };
    expect(faultsOf(scaled)).not.toEqual([]);
    const timid: Estimator = { ...mbar, errors: (data, F) => mbar.errors(data, F).map((error) => 4 * error) };
    expect(faultsOf(timid)).toEqual(['asymptotic errors too large']);
    const bold: Estimator = { ...mbar, errors: (data, F) => mbar.errors(data, F).map((error) => error / 8) };
    expect(faultsOf(bold)).toEqual(['far from the truth by its asymptotic errors']);
    expect(faultsOf({ ...mbar, takes: 'moments' })).toEqual(['does not take moments']);
  }, 120_000);
});
