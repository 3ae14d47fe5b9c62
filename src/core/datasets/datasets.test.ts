/** What every source of training data must keep. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import type { Experiment } from '../params/experiment.ts';
import type { ParamValue } from '../params/params.ts';
import type { Dataset } from '../settings/families.ts';
import { parseQuery } from '../settings/query.ts';
import { defaultExperiment, settingsOf, withValue } from '../settings/settings.ts';
import { dataAspects } from '../settings/shapes.ts';
import { settingOf } from '../systems/model.ts';
import { FEWEST_STATES } from './own.ts';
import { trainingData } from './training-data.ts';

const COUNT = 200;
const QUERY = `station=condition&system=three-hole&kT=0.8&data=tested&data.n=${COUNT}&walkers=8&time=2&budget=40000`;
/** Settings of which a source states the aspects if its states depend on them. */
const OTHERS: readonly (readonly [key: string, value: ParamValue])[] = [
  ['cv', 'y'],
  ['start', 'right'],
  ['walkers', 9],
  ['time', 3],
  ['integrator.dt', 0.001],
  ['method', 'metadynamics'],
  ['budget', 50_000],
  ['network.width', 32],
];
/** What a person might bring. */
const OWN = Float32Array.from({ length: 600 }, (_, i) => Math.sin(i));

/** What is wrong with a source. */
async function faultsOf(dataset: Dataset): Promise<string[]> {
  const tested = { ...families, datasets: { equilibrium: dataset, tested: dataset } };
  const { experiment, notices } = parseQuery(QUERY, tested);
  expect(notices).toEqual([]);
  const own = dataset.own ? OWN : null;
  const statesOf = async (of: Experiment) => (await trainingData(of, tested, own)).points;
  const { points, forceEvaluations } = await trainingData(experiment, tested, own);
  const { dimension } = settingOf(experiment, tested).model;
  const count = points.values.length / dimension;
  const faults: string[] = [];
  if (points.dimension !== dimension || !Number.isInteger(count)) faults.push('has other coordinates');
  if (count < FEWEST_STATES || count > COUNT) faults.push('has too few or too many states');
  if (!points.values.every(Number.isFinite)) faults.push('has states that are not finite');
  if (forceEvaluations > 0 !== (dataset.cost !== undefined)) faults.push('does not say its cost');
  const text = String(points.values);
  if (String((await statesOf(experiment)).values) !== text) faults.push('does not repeat itself');
  if (String((await statesOf(withValue(tested, experiment, 'seed', 2))).values) === text)
    faults.push('does not follow the seed');
  const aspects = dataAspects(tested, experiment);
  for (const [key, value] of OTHERS) {
    const changed = withValue(tested, experiment, key, value);
    const stated = settingsOf(tested, experiment)[key].shapes?.some((aspect) => aspects.includes(aspect));
    if (!stated && String((await statesOf(changed)).values) !== text) faults.push(`depends on ${key}`);
  }
  return faults;
}

/** Mean energy of the states in standard errors from that of equilibrium samples. */
async function deviationOf(dataset: Dataset): Promise<number> {
  const tested = { ...families, datasets: { tested: dataset, equilibrium: families.datasets.equilibrium } };
  const experiment = { ...defaultExperiment(tested), 'data.n': 2000 };
  const { model } = settingOf(experiment, tested);
  const moments = async (data: string) => {
    const { points } = await trainingData({ ...experiment, data, seed: data.length }, tested, OWN);
    const energies = Array.from({ length: points.values.length / 2 }, (_, n) =>
      model.energyAt([...points.values.subarray(2 * n, 2 * n + 2)]),
    );
    const mean = energies.reduce((a, b) => a + b, 0) / energies.length;
    const variance = energies.reduce((sum, energy) => sum + (energy - mean) ** 2, 0) / energies.length;
    return { mean, variance: variance / energies.length };
  };
  const [a, b] = [await moments('tested'), await moments('equilibrium')];
  return Math.abs(a.mean - b.mean) / Math.sqrt(a.variance + b.variance);
}

describe('every source of training data', () => {
  it.each(Object.entries(families.datasets))(
    '%s gives states of the system, repeats itself, and depends on what it says',
    async (_, dataset) => {
      expect(await faultsOf(dataset)).toEqual([]);
      if (dataset.isEquilibrium) expect(await deviationOf(dataset)).toBeLessThan(4);
    },
    60_000,
  );

  it('that says of itself what is not so is rejected', async () => {
    const { equilibrium, even, simulation } = families.datasets;
    expect(await faultsOf({ ...even, dependsOn: [] })).toEqual(['depends on cv']);
    expect(await faultsOf({ ...simulation, cost: undefined })).toEqual(['does not say its cost']);
    let calls = 0;
    const restless: Dataset = {
      ...equilibrium,
      states: (experiment, all, own) => equilibrium.states({ ...experiment, seed: calls++ }, all, own),
    };
    expect(await faultsOf(restless)).toContain('does not repeat itself');
    const deaf: Dataset = {
      ...equilibrium,
      states: (experiment, all, own) => equilibrium.states({ ...experiment, seed: 7 }, all, own),
    };
    expect(await faultsOf(deaf)).toEqual(['does not follow the seed']);
    expect(await deviationOf({ ...even, isEquilibrium: true })).toBeGreaterThan(4);
  }, 60_000);
});
