import { describe, expect, test, vi } from 'vitest';
import { families } from '../../catalog.ts';
import { Reference } from '../exact/reference.ts';
import { freeEnergyError } from '../metrics/free-energy-error.ts';
import { parseQuery } from '../settings/query.ts';
import { coupledMethodsOf, coupledMethodsProblem } from './contract.ts';
import type { Trainer } from './model-source.ts';
import { couplingProblem } from './problem.ts';
import { CoupleRun } from './run.ts';
import { binIntegrated, conditionalErrorOf, REFERENCE_POINTS } from './score.ts';

const SYSTEM = 'station=couple&system=two-channel&integrator=leimkuhler-matthews';
// Generous: a busy machine makes seconds of work long.
vi.setConfig({ testTimeout: 300_000 });
const reference = new Reference(families);

const noTrainer = (): Trainer => {
  throw new Error('no network here');
};

function experimentOf(query: string) {
  const { experiment, notices } = parseQuery(query, families);
  expect(notices).toEqual([]);
  return experiment;
}

async function finished(query: string, method: string): Promise<ReturnType<CoupleRun['frame']>> {
  const run = new CoupleRun(families, experimentOf(query), method, noTrainer);
  await run.advance();
  const frame = run.frame();
  expect(frame.done).toBe(true);
  expect(frame.divergence).toBeNull();
  return frame;
}

async function errorOf(query: string, method: string): Promise<number> {
  const exact = binIntegrated(await reference.freeEnergy(experimentOf(query), REFERENCE_POINTS));
  const { freeEnergy } = await finished(query, method);
  return (freeEnergy && freeEnergyError(freeEnergy, exact, 8))?.rmse ?? Number.NaN;
}

async function medianError(query: string, method: string, seeds = [31, 32, 33]): Promise<number> {
  const errors: number[] = [];
  for (const seed of seeds) errors.push(await errorOf(`${query}&seed=${seed}`, method));
  return errors.sort((a, b) => a - b)[Math.floor((seeds.length - 1) / 2)];
}

describe('a method', () => {
  test.each([
    'direct',
    'dragged-1',
    'exchange-16',
    'ceiling',
    'metropolis-neighbours',
    'metropolis-bad',
  ] as const)('spends what it is given and no more: %s', async (method) => {
    // A prime, so that nothing divides it.
    const budget = 60_013;
    const { forceEvaluations } = await finished(`${SYSTEM}&budget=${budget}&couple.every=7`, method);
    expect(forceEvaluations).toBeLessThanOrEqual(budget);
    expect(forceEvaluations).toBeGreaterThan(0.9 * budget);
  });

  test('is the same however it is cut into pieces', async () => {
    const query = `${SYSTEM}&budget=60000`;
    const whole = await finished(query, 'metropolis-neighbours');
    const run = new CoupleRun(families, experimentOf(query), 'metropolis-neighbours', noTrainer);
    let pieces = 0;
    const seen = new Set<string>();
    for (; !run.done; pieces++) {
      await run.advance(() => true);
      seen.add(run.frame().view.phase);
    }
    expect(pieces).toBeGreaterThan(100);
    expect([...seen].sort()).toEqual(['estimate', 'generate', 'run', 'start', 'train']);
    expect(run.frame().freeEnergy).toEqual(whole.freeEnergy);
  });

  test('knows its errors: exact starts against exact F', async () => {
    const query = `${SYSTEM}&budget=400000`;
    const exact = binIntegrated(await reference.freeEnergy(experimentOf(query), REFERENCE_POINTS));
    const { freeEnergy, conditional } = await finished(query, 'ceiling');
    if (!freeEnergy) throw new Error('no estimate');
    const differences = freeEnergy.F.map((F, bin) => F - exact.F[bin]);
    const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
    const scores = differences.map((d, bin) => (d - mean) / freeEnergy.stderr[bin]);
    const rms = Math.sqrt(scores.reduce((sum, z) => sum + z * z, 0) / scores.length);
    expect(rms).toBeGreaterThan(0.3);
    expect(rms).toBeLessThan(2.5);
    const { tv, w1, visits } = conditionalErrorOf(
      conditional[0],
      await reference.conditional(experimentOf(query), 0),
    );
    expect(visits).toBeGreaterThan(100);
    expect(tv).toBeLessThan(0.3);
    expect(w1).toBeLessThan(0.2);
  });
});

describe('the coupled loop on two channels', () => {
  const query = `${SYSTEM}&integrator.dt=0.002&budget=1000000`;

  test('with neighbours for a model is better than dragging', async () => {
    const coupled = await medianError(query, 'metropolis-neighbours');
    expect(coupled).toBeLessThan(0.2);
    expect(await medianError(query, 'dragged-16')).toBeGreaterThan(3 * coupled);
    expect(await medianError(query, 'dragged-1')).toBeGreaterThan(3 * coupled);
  });

  test('comes to the truth with a bad model too, but not without acceptance', async () => {
    const [few, many] = ['100000', '2000000'].map((budget) => `${SYSTEM}&budget=${budget}`);
    const early = await medianError(few, 'metropolis-bad', [31]);
    const late = await medianError(many, 'metropolis-bad', [31]);
    const unchecked = await medianError(`${many}&couple.moves=none`, 'metropolis-bad', [31]);
    expect(early).toBeGreaterThan(0.8);
    expect(late).toBeLessThan(0.4);
    expect(unchecked).toBeGreaterThan(0.8);
  });
});

describe('a chain of eight sites', () => {
  // Warm enough that walkers cross: what is seen is whether every part keeps the distribution.
  const query =
    'station=couple&system=phi4-chain&integrator=leimkuhler-matthews&budget=400013&at=-0.5&seed=7';

  test.each(['ceiling', 'metropolis-neighbours', 'metropolis-broad'] as const)(
    'has the exact free energy and distribution of the next site: %s',
    async (method) => {
      const experiment = experimentOf(query);
      const exact = binIntegrated(await reference.freeEnergy(experiment, REFERENCE_POINTS));
      const { freeEnergy, conditional, forceEvaluations, view } = await finished(query, method);
      expect(forceEvaluations).toBeLessThanOrEqual(400_013);
      expect(forceEvaluations).toBeGreaterThan(390_000);
      expect((freeEnergy && freeEnergyError(freeEnergy, exact, 5))?.rmse).toBeLessThan(0.5);
      const { tv, visits } = conditionalErrorOf(
        conditional[0],
        await reference.conditional(experiment, -0.5),
      );
      expect(visits).toBeGreaterThan(200);
      expect(tv).toBeLessThan(0.25);
      if (method.startsWith('metropolis')) expect(view.acceptance.overall).toBeGreaterThan(0.05);
    },
  );
});

describe('what cannot be coupled says why', () => {
  test.each([
    ['system=prinz', 'coupling-needs-two-coordinates'],
    ['system=lorenz-driven', 'coupling-needs-potential'],
    ['system=phi4-chain', null],
    ['system=phi4-chain&cv=mean', 'coupling-needs-coordinate'],
    ['system=half-moon', 'coupling-needs-visible-coordinates'],
    ['system=three-hole&cv=x', null],
    ['system=ring', 'coupling-needs-coordinate'],
  ])('%s', (query, reason) => {
    const problem = couplingProblem(experimentOf(query), families);
    if (reason) expect(problem?.id).toBe(reason);
    else expect(problem).toBeNull();
  });

  test('an energy without bound', () => {
    const falling = { ...families.systems['two-channel'], energy: 'x^2 - y^2' };
    const others = { ...families, systems: { ...families.systems, 'two-channel': falling } };
    const experiment = experimentOf(SYSTEM);
    expect(couplingProblem(experiment, others)?.id).toBe('energy-unbounded');
    expect(() => new CoupleRun(others, experiment, 'direct', noTrainer)).toThrow('energy-unbounded');
  });
});

test('lists of methods', () => {
  expect(coupledMethodsOf('metropolis, direct,metropolis')).toEqual(['metropolis', 'direct']);
  const problemOf = (text: string) => coupledMethodsProblem(text, Object.keys(families.coupledMethods));
  expect(problemOf('direct,exchange-1')).toBeUndefined();
  expect(problemOf('direct,blind')?.values.name).toBe('blind');
  expect(problemOf('')?.values.name).toBe('');
});
