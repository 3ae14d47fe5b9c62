import { expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { linspace } from '../numerics/results.ts';
import { parseQuery } from '../settings/query.ts';
import type { System } from '../systems/contract.ts';
import { SystemModel, systemOf } from '../systems/model.ts';
import { exactDensity } from './density.ts';
import { exactFreeEnergy } from './free-energy.ts';
import { Reference } from './reference.ts';

/** Without a potential, or (along the mean) a chain. */
const WITHOUT_EXACT = ['half-moon-drift', 'ornstein-uhlenbeck', 'maier-stein', 'lorenz-driven', 'phi4-chain'];

function settingOf(
  energy: string,
  cv: { value: string; range: readonly [number, number]; periodic?: boolean },
) {
  const system: System = {
    ...families.systems['three-hole'],
    energy,
    cvs: [{ id: 'cv', label: 'cv', ...cv }],
  };
  const model = new SystemModel(system, {});
  return { model, kT: 0.7, cv: model.system.cvs[0], cvCoordinate: -1 };
}

it('F along a rotated coordinate of a Gaussian is a parabola', () => {
  const setting = settingOf('x^2 + 2*y^2', { value: '0.6*x + 0.8*y', range: [-2, 2] });
  const z = linspace(-2, 2, 21);
  const { F } = exactFreeEnergy(setting, exactDensity(setting.model, 0.7), z);
  const variance = 0.7 * (0.36 / 2 + 0.64 / 4);
  F.forEach((value, i) => {
    expect(Math.abs(value - z[i] ** 2 / (2 * variance))).toBeLessThan(1e-6);
  });
});

it('F along the radius has the logarithm of the circumference', () => {
  const setting = settingOf('x^2 + y^2', { value: 'sqrt(x^2 + y^2)', range: [0, 3] });
  const z = linspace(0.3, 2.5, 23);
  const { F } = exactFreeEnergy(setting, exactDensity(setting.model, 0.7), z);
  const exact = z.map((r) => r ** 2 / 0.7 - Math.log(r));
  const lowest = Math.min(...exact);
  F.forEach((value, i) => {
    expect(Math.abs(value - (exact[i] - lowest))).toBeLessThan(1e-3);
  });
});

it('F along a nonlinear relabelling of x shifts by the logarithm of its slope', () => {
  const setting = settingOf('(x^2 - 1)^2 + y^2', { value: 'x + x^3', range: [-6, 6] });
  const x = linspace(-1.4, 1.4, 29);
  const { F } = exactFreeEnergy(
    setting,
    exactDensity(setting.model, 0.7),
    x.map((v) => v + v ** 3),
  );
  const exact = x.map((v) => (v * v - 1) ** 2 / 0.7 + Math.log(1 + 3 * v * v));
  const lowest = Math.min(...exact);
  F.forEach((value, i) => {
    expect(Math.abs(value - (exact[i] - lowest))).toBeLessThan(1e-6);
  });
});

it.each(
  Object.keys(families.systems).flatMap((id) =>
    systemOf(parseQuery(`system=${id}`, families).experiment, families).cvs.map((cv) => [id, cv.id] as const),
  ),
)('exact F of %s along %s is finite wherever there is one', async (id, cv) => {
  const { experiment } = parseQuery(`system=${id}&cv=${cv}`, families);
  const answer = await new Reference(families).freeEnergy(experiment, 60).catch((error: Error) => error);
  if (answer instanceof Error) expect(WITHOUT_EXACT).toContain(id);
  else expect(answer.F.every(Number.isFinite)).toBe(true);
});
