/** What every method owes to every system. A method is in the family by its file; this test asks nothing else of it. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import type { Families } from '../settings/families.ts';
import { parseQuery } from '../settings/query.ts';
import { type Setting, settingOf } from '../systems/model.ts';
import { startOf } from '../systems/regions.ts';
import type { BiasFrame } from './frames.ts';
import type { Method } from './method.ts';
import { BiasRun } from './run.ts';

const BUDGET = 8000;

const experimentOf = (method: string, system: string, all: Families) =>
  parseQuery(`station=bias&method=${method}&system=${system}&budget=${BUDGET}`, all).experiment;

function finished(method: string, system: string, all: Families = families): BiasFrame {
  const run = new BiasRun(all, experimentOf(method, system, all));
  while (!run.done) run.advance(Number.POSITIVE_INFINITY);
  return run.frame();
}

/** A bias changes the distribution in a known way: there is a potential, and it closes on itself around every ring. */
function isReversible(system: string): boolean {
  const experiment = experimentOf('direct', system, families);
  const { model }: Setting = settingOf(experiment, families);
  if (model.energyNode === null) return false;
  const start = startOf(experiment, model.system);
  return model.system.coordinates.every((name, d) => {
    if (!model.system.periodic.includes(name)) return true;
    const [low, high] = model.system.domain[d].map((end) =>
      model.energyAt(start.map((value, k) => (k === d ? end : value))),
    );
    return Math.abs(high - low) < 1e-6;
  });
}

/** What is wrong with the run of a method on a system; nothing if the contract holds. */
function faults(method: string, system: string, all: Families = families): string[] {
  const frame = finished(method, system, all);
  const { unbiased = false }: Pick<Method, 'unbiased'> = all.methods[method];
  const warnings = frame.finding?.warnings.map(({ id }) => id) ?? [];
  const free = frame.finding?.freeEnergy ?? null;
  const F = [...(free?.F ?? [])];
  const reversible = isReversible(system);
  return [
    ...(frame.divergence === null ? [] : ['diverges']),
    ...(frame.forceEvaluations <= BUDGET ? [] : ['spends more than its budget']),
    ...(warnings.includes('not-reversible') === (!reversible && !unbiased)
      ? []
      : ['does not say rightly whether there is an equilibrium']),
    ...(F.every((value) => Number.isFinite(value) || Number.isNaN(value)) ? [] : ['gives infinite energies']),
    ...(free || !(reversible || unbiased) || warnings.length > 0
      ? []
      : ['neither finds a free energy nor says why']),
    ...(F.some(Number.isFinite) && !(Math.abs(Math.min(...F.filter(Number.isFinite))) < 1e-6)
      ? ['has a minimum other than 0']
      : []),
  ];
}

describe.each(Object.keys(families.methods))('%s', (method) => {
  it.each(Object.keys(families.systems))('keeps the contract on %s', (system) => {
    expect(faults(method, system)).toEqual([]);
  });

  it('repeats itself, and depends on the seed', () => {
    expect(finished(method, 'three-hole').finding).toEqual(finished(method, 'three-hole').finding);
  });
});

describe('the contract', () => {
  it('rejects a method that loses the zero of F', () => {
    const { direct } = families.methods;
    const shifted: Method = {
      ...direct,
      begin(lab, params) {
        const run = direct.begin(lab, params);
        const estimate = (thorough: boolean) => {
          const finding = run.estimate(thorough);
          const { freeEnergy } = finding;
          return {
            ...finding,
            freeEnergy: freeEnergy && { ...freeEnergy, F: freeEnergy.F.map((F) => F + 1) },
          };
        };
        return { steps: () => run.steps(), view: () => run.view(), estimate };
      },
    };
    const wrong: Families = { ...families, methods: { ...families.methods, shifted } };
    expect(faults('shifted', 'three-hole', wrong)).toContain('has a minimum other than 0');
  });
});
