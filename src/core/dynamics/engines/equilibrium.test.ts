/** Means of the WebAssembly engine against quadrature, for every reversible system of one or two coordinates. */
import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { type Density, exactDensity, spacing } from '../../exact/density.ts';
import { sampleEquilibrium } from '../../exact/sample.ts';
import { parameterInput } from '../../expression/inputs.ts';
import { RandomStream } from '../../numerics/random.ts';
import { parseQuery } from '../../settings/query.ts';
import { nodesOf } from '../../systems/energy-surface.ts';
import { type Setting, settingOf } from '../../systems/model.ts';
import { stepGraphOf } from '../step-of-system.ts';
import { WasmEngine } from './wasm-engine.ts';

const WALKERS = 2048;
const GROUP = 32;
const STEPS = 2000;
/** Share of the suggested time step at which its bias is below the statistical error. */
const SHORT = 0.25;

const reversible = Object.keys(families.systems).filter((id) => {
  const { model } = settingOf(parseQuery(`system=${id}`, families).experiment, families);
  return model.energyNode !== null && model.dimension <= 2;
});
const cases = reversible.flatMap((system) => [0.7, 1.4].map((factor) => ({ system, factor })));

/** Exact means of the slow variable, its square and the energy. */
function exactMeans({ model, cv }: Setting, { axes, values }: Density): number[] {
  const nodes = nodesOf(axes);
  const count = values.length;
  const [z, u] = [new Float64Array(count), new Float64Array(count)];
  model.observable(cv.value).evaluate(nodes, count, z);
  model.energy(nodes, count, u);
  const cell = axes.reduce((area, axis) => area * spacing(axis), 1);
  const mean = (f: (k: number) => number) =>
    cell * values.reduce((sum, p, k) => (p > 0 ? sum + p * f(k) : sum), 0);
  return [mean((k) => z[k]), mean((k) => z[k] ** 2), mean((k) => u[k]) - model.energyOffset];
}

/** Walkers that start from exact equilibrium: what is left is whether the dynamics keeps it. */
function simulatedMeans(setting: Setting, density: Density, dt: number) {
  const { model, cv, kT } = setting;
  const integrator = families.integrators['leimkuhler-matthews'];
  const ensemble = { walkers: WALKERS, firstWalker: 0, seed: 17, stride: 10, groupSize: GROUP };
  const engine = new WasmEngine(stepGraphOf(model, integrator, cv, 10), ensemble, {
    ...model.parameters,
    [parameterInput('dt')]: dt,
    [parameterInput('kT')]: kT,
  });
  const { values } = sampleEquilibrium(density, WALKERS, new RandomStream(17, 'data'));
  const { dimension } = model;
  const states = Array.from({ length: WALKERS }, (_, w) =>
    model.stateAt([...values.subarray(w * dimension, (w + 1) * dimension)]),
  );
  model.state.forEach((name, d) => {
    engine.write(
      name,
      states.map((state) => state[d]),
    );
  });
  engine.advance(STEPS);
  const { sums, records } = engine.averages();
  return [0, 1, 2].map((k) => {
    const groups = Float64Array.from(
      { length: WALKERS / GROUP },
      (_, g) => sums[3 * g + k] / records / GROUP,
    );
    const mean = groups.reduce((a, b) => a + b, 0) / groups.length;
    const squares = groups.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    return { mean, error: Math.sqrt(squares / (groups.length * (groups.length - 1))) };
  });
}

/** In standard errors. @param heat factor by which the engine's temperature is wrong */
function deviations(system: string, factor: number, heat = 1): number[] {
  const { kT } = parseQuery(`system=${system}`, families).experiment;
  const { experiment } = parseQuery(`system=${system}&kT=${factor * kT}`, families);
  const setting = settingOf(experiment, families);
  const density = exactDensity(setting.model, setting.kT);
  const exact = exactMeans(setting, density);
  const dt = SHORT * (experiment['integrator.dt'] as number);
  return simulatedMeans({ ...setting, kT: heat * setting.kT }, density, dt).map(
    ({ mean, error }, k) => (mean - exact[k]) / error,
  );
}

describe.each(cases)('$system at $factor of its temperature', ({ system, factor }) => {
  it('keeps the means of the slow variable, its square and the energy', () => {
    for (const z of deviations(system, factor)) expect(Math.abs(z)).toBeLessThan(4);
  });
});

describe('the comparison', () => {
  it.each(['double-well', 'ring', 'half-moon'])(
    'notices in %s that a temperature is wrong by a tenth',
    (system) => {
      expect(Math.max(...deviations(system, 1, 1.1).map(Math.abs))).toBeGreaterThan(4);
    },
  );
});
