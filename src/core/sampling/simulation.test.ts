import { describe, expect, it, vi } from 'vitest';
import { families } from '../../catalog.ts';
import { trainingData } from '../datasets/training-data.ts';
import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { Reference } from '../exact/reference.ts';
import { freeEnergyError } from '../metrics/free-energy-error.ts';
import type { Families } from '../settings/families.ts';
import { parseQuery } from '../settings/query.ts';
import type { System } from '../systems/contract.ts';
import { SystemModel, settingOf } from '../systems/model.ts';
import { SimulationRun } from './simulation.ts';

const harmonic: System = {
  ...families.systems['three-hole'],
  energy: '2*x^2 + y^2/2',
  mobility: ['1', '4'],
  facts: { minima: [{ name: 'left', at: [0, 0], energy: 0 }], saddles: [] },
  arrival: { minimum: 'left', radius: 1 },
};
const laboratory: Families = { ...families, systems: { ...families.systems, harmonic } };
const experimentOf = (query: string) => parseQuery(query, laboratory).experiment;
const runOf = (query: string) => SimulationRun.create(laboratory, experimentOf(query));
const finished = async (query: string) => {
  const run = await runOf(query);
  await run.advance(Number.POSITIVE_INFINITY);
  return run;
};

describe('a change while walkers move', () => {
  it.each([
    ['of the temperature keeps the model', 'kT=2', true],
    ['of the energy makes another', 'system.barrier=7', false],
  ])('%s', async (_, change, keeps) => {
    const query = 'system=double-well&walkers=4';
    const [experiment, changed] = [experimentOf(query), experimentOf(`${query}&${change}`)];
    const { model } = settingOf(experiment, laboratory);
    expect(settingOf(changed, laboratory, model).model === model).toBe(keeps);
    const run = await SimulationRun.create(laboratory, experiment);
    const observed = vi.spyOn(SystemModel.prototype, 'ofStates');
    await run.patch({ experiment: changed });
    expect(observed.mock.calls.length === 0).toBe(keeps);
    observed.mockRestore();
  });
});

describe('Euler-Maruyama', () => {
  it('samples a harmonic well with variance (kT/k) / (1 - M k dt / 2) in each coordinate', async () => {
    const [kT, dt, walkers] = [0.8, 0.05, 4000];
    const run = await runOf(`system=harmonic&kT=${kT}&integrator.dt=${dt}&walkers=${walkers}&time=100000`);
    await run.advance(400);
    const sums = [0, 0];
    const rounds = 20;
    for (let n = 0; n < rounds; n++) {
      await run.advance(100); // 5 relaxation times of the slower coordinate: independent
      (await run.positions()).forEach((v, i) => {
        sums[i % 2] += v * v;
      });
    }
    const samples = rounds * walkers;
    [
      [4, 1],
      [1, 4],
    ].forEach(([k, mobility], d) => {
      const expected = kT / k / (1 - (mobility * k * dt) / 2);
      const z = (sums[d] / samples - expected) / (expected * Math.sqrt(2 / samples));
      expect(Math.abs(z)).toBeLessThan(5);
    });
  });
});

describe('a run', () => {
  const query = 'system=three-hole&kT=0.5&walkers=70&time=3&seed=9';

  it('is the same in one piece and in chunks', async () => {
    const whole = await finished(query);
    const pieces = await runOf(query);
    for (let n = 1; !pieces.done; n = (n * 7) % 31) await pieces.advance(n);
    expect(await pieces.frame()).toEqual(await whole.frame());
  });

  it('is the same for the same seed and another for another', async () => {
    expect(await (await finished(query)).frame()).toEqual(await (await finished(query)).frame());
    expect(await (await finished(query)).positions()).not.toEqual(
      await (await finished(`${query}0`)).positions(),
    );
  });

  it('does not depend on how many walkers run beside one', async () => {
    const few = await (await finished(query)).positions();
    const many = await (await finished(query.replace('walkers=70', 'walkers=140'))).positions();
    expect(many.slice(0, few.length)).toEqual(few);
  });

  it('takes the time that was asked for and counts its forces', async () => {
    const { time, forceEvaluations, done } = await (await finished(query)).frame();
    expect(time).toBeCloseTo(3, 10);
    expect(forceEvaluations).toBe((3 / 0.005) * 70);
    expect(done).toBe(true);
  });

  it('stops when time is up', async () => {
    const run = await runOf('system=three-hole&time=1000');
    await run.advance(1e6, () => true);
    expect(run.step).toBeLessThanOrEqual(200);
    expect(run.done).toBe(false);
  });

  it('goes on at another temperature, with averages begun anew', async () => {
    const run = await runOf(query);
    await run.advance(300);
    await run.patch({ experiment: experimentOf(query.replace('kT=0.5', 'kT=5')) });
    expect((await run.frame()).freeEnergy.F.every(Number.isNaN)).toBe(true);
    const before = (await run.frame()).escaped;
    await run.advance(300);
    expect((await run.frame()).time).toBeCloseTo(3, 10);
    expect((await run.frame()).escaped).toBeGreaterThan(before);
  });

  it('that diverges stops and offers a time step that works', async () => {
    const diverged = await (
      await finished('system=mueller-brown&integrator.dt=0.005&time=1&walkers=4')
    ).frame();
    expect(diverged.divergence).toMatchObject({ id: 'time-step-too-long', values: { dt: 0.005 } });
    const { safe: offered } = diverged.divergence!.values as { safe: number };
    const mended = await finished(`system=mueller-brown&integrator.dt=${offered}&time=1&walkers=4&kT=15`);
    expect((await mended.frame()).divergence).toBeNull();
  });
});

describe('a kink', () => {
  it('costs no walker where it is flat on both sides, and is named where the force is not a number', async () => {
    const flat = await finished('system=custom&system.energy=abs(x)%2Babs(y)&walkers=8&time=2');
    expect((await flat.frame()).divergence).toBeNull();
    const cone = await finished('system=custom&system.energy=sqrt(x^2%2By^2)&walkers=8&time=2&start=0,0');
    expect((await cone.frame()).divergence).toEqual({ id: 'force-not-finite', values: { start: [0, 0] } });
  });
});

describe('a hand', () => {
  it('drops one walker elsewhere and leaves the others alone', async () => {
    const run = await runOf('system=three-hole&walkers=8&time=10');
    await run.advance(200);
    const before = await run.positions();
    await run.patch({ places: [{ walker: 3, at: [1, 0.5] }] });
    const after = await run.positions();
    expect([...after.slice(6, 8)]).toEqual([1, 0.5]);
    expect([...after.slice(0, 6), ...after.slice(8)]).toEqual([...before.slice(0, 6), ...before.slice(8)]);
  });
});

describe('trapping', () => {
  it('is seen: at low temperature nobody leaves the left well, at high temperature two thirds do', async () => {
    expect((await (await finished('system=three-hole&kT=0.2&walkers=100&time=20')).frame()).escaped).toBe(0);
    const { escaped } = await (await finished('system=three-hole&kT=1&walkers=300&time=100')).frame();
    expect(escaped).toBeGreaterThan(150);
  });

  it('shows in the free energy, which long runs get right within its error bars', async () => {
    const query = 'system=three-hole&kT=1&walkers=256&time=200&integrator.dt=0.002';
    const run = await runOf(query);
    await run.advance(25_000);
    await run.patch({ experiment: experimentOf(query) }); // what was recorded while the walkers still remembered their start is dropped
    await run.advance(Number.POSITIVE_INFINITY);
    const estimate = (await run.frame()).freeEnergy;
    const exact = await new Reference(laboratory).freeEnergy(experimentOf(query), FREE_ENERGY_BINS);
    expect(freeEnergyError(estimate, exact)?.rmse).toBeLessThan(0.05);
    const near = [...exact.F.keys()].filter((i) => exact.F[i] < 4);
    const z = near.map((i) => (estimate.F[i] - exact.F[i]) / estimate.stderr[i]);
    const meanSquare = z.reduce((sum, v) => sum + v * v, 0) / z.length;
    expect(meanSquare).toBeGreaterThan(0.2);
    expect(meanSquare).toBeLessThan(4);
  });
});

describe('training data', () => {
  it('of a simulation are the states it visits', async () => {
    const data = await trainingData(
      experimentOf('data=simulation&data.n=1000&walkers=100&time=5&kT=0.3'),
      laboratory,
    );
    expect(data.points.values).toHaveLength(2000);
    expect(data.forceEvaluations).toBe(100 * 1000);
    expect(data.cvRange[1]).toBeLessThan(0.5);
    const last = await (await finished('walkers=100&time=5&kT=0.3')).positions();
    expect(data.points.values.slice(-200)).toEqual(last);
  });

  it('of equilibrium cover every well and cost no force', async () => {
    const data = await trainingData(experimentOf('data=equilibrium&data.n=1000&kT=0.6'), laboratory);
    expect(data.forceEvaluations).toBe(0);
    expect(data.cvRange[0]).toBeLessThan(-1);
    expect(data.cvRange[1]).toBeGreaterThan(1);
  });

  it('of a run that diverges are refused with the reason', async () => {
    const query = 'system=mueller-brown&data=simulation&integrator.dt=0.005&time=1';
    await expect(trainingData(experimentOf(query), laboratory)).rejects.toThrow('time-step-too-long');
  });
});

describe('a large constant in the energy', () => {
  const run = async (constant: string, integrator: string) => {
    const energy = encodeURIComponent(`2*(x^2 - 1)^2 + y^2${constant}`);
    const { experiment } = parseQuery(
      `system=custom&system.energy=${energy}&integrator=${integrator}&walkers=64&time=2&start=1,0`,
      families,
    );
    const simulation = await SimulationRun.create(families, experiment);
    await simulation.advance(Number.POSITIVE_INFINITY);
    return simulation.frame();
  };

  it.each(Object.keys(families.integrators))('changes no step of %s', async (integrator) => {
    const [plain, raised] = [await run('', integrator), await run(' + 1e8', integrator)];
    expect(raised.walkers).toEqual(plain.walkers);
    expect(raised.moments.energy - 1e8).toBeCloseTo(plain.moments.energy, 6);
  });
});
