import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { linspace } from '../numerics/results.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { averagedModel, averagedPassageTime } from './averaged.ts';
import { exactDensity } from './density.ts';
import { exactFreeEnergy } from './free-energy.ts';
import { Reference } from './reference.ts';

const experimentOf = (query: string) => parseQuery(query, families).experiment;
const stated = Object.entries(families.systems).flatMap(([id, { averaged }]) =>
  averaged ? [{ id, averaged }] : [],
);

describe.each(stated)('the averaged equation of $id', ({ id, averaged }) => {
  it('has the exact free energy of its slow variable as potential', () => {
    const experiment = experimentOf(`system=${id}&cv=${averaged.cv}&kT=0.8`);
    const setting = settingOf(experiment, families);
    const [low, high] = setting.cv.range;
    const z = linspace(0.8 * low, 0.8 * high, 30);
    const { F } = exactFreeEnergy(setting, exactDensity(setting.model, 0.8), z);
    const model = averagedModel(averaged, setting.model.parameters, 0.8, setting.cv.range);
    const A = Float64Array.from(z, (value) => model.energyAt([value]) / 0.8);
    const lowest = Math.min(...A);
    A.forEach((value, i) => {
      expect(Math.abs(value - lowest - F[i])).toBeLessThan(5e-4);
    });
  });
});

describe('passages', () => {
  it('of the full system tend to those of the averaged equation as epsilon vanishes', async () => {
    const query = 'system=fast-slow-double-well&system.amplitude=0.5&kT=1&system.epsilon=';
    const excess = async (epsilon: number) => {
      const experiment = experimentOf(query + epsilon);
      const rates = await new Reference(families).rates(experiment);
      return (rates?.meanFirstPassageTime ?? 0) / (rates?.averaged ?? 1) - 1;
    };
    const [far, near] = [await excess(0.2), await excess(0.005)];
    expect(far).toBeGreaterThan(0.1);
    expect(Math.abs(near)).toBeLessThan(0.05);
  });

  it('of the half-moon are those of its hidden slow coordinate', () => {
    // Reference table: -1 to 1 at barrier 5 takes 36.4835; arrival is not before the target's radius is reached.
    const time = averagedPassageTime(experimentOf('system=half-moon&kT=1'), families);
    expect(time).toBeGreaterThan(35);
    expect(time).toBeLessThan(36.6);
  });
});
