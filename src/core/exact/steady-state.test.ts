import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { WasmEngine } from '../dynamics/engines/wasm-engine.ts';
import { stepGraphOf } from '../dynamics/step-of-system.ts';
import { parameterInput } from '../expression/inputs.ts';
import { linspace } from '../numerics/results.ts';
import { SystemModel } from '../systems/model.ts';
import { exactDensity, spacing } from './density.ts';
import { exactFreeEnergy } from './free-energy.ts';
import { isDrivenRing, steadyLogDensity } from './steady-state.ts';

const washboard = (barrier: number, tilt: number) =>
  new SystemModel(families.systems.washboard, { barrier, tilt });

describe('a tilted ring', () => {
  it('is told from one in equilibrium', () => {
    expect(isDrivenRing(washboard(5, 0.5))).toBe(true);
    expect(isDrivenRing(washboard(5, 0))).toBe(false);
    expect(isDrivenRing(new SystemModel(families.systems['double-well'], { barrier: 5, tilt: 1 }))).toBe(
      false,
    );
  });

  it('has the equilibrium density when the tilt vanishes', () => {
    const model = washboard(5, 0);
    const x = linspace(-3, 3, 31);
    const log = steadyLogDensity(model, 0.7, x);
    for (const [i, at] of x.entries())
      expect(log[i] - log[15] + (model.energyAt([at]) - model.energyAt([0])) / 0.7).toBeCloseTo(0, 9);
  });

  it('carries the same current everywhere', () => {
    // J = -p U' - kT p' does not depend on x in a steady state.
    const [kT, model] = [0.8, washboard(4, 1.3)];
    const { axes, values } = exactDensity(model, kT);
    const [x] = axes;
    const h = spacing(x);
    const n = x.length;
    const currents = [...x.keys()].map((i) => {
      const p = (k: number) => values[(((i + k) % n) + n) % n];
      const slope = (8 * (p(1) - p(-1)) - (p(2) - p(-2))) / (12 * h);
      return -p(0) * model.gradientAt([x[i]])[0] - kT * slope;
    });
    expect(currents[0]).toBeGreaterThan(1e-3);
    for (const current of currents) expect(Math.abs(current / currents[0] - 1)).toBeLessThan(1e-4);
  });

  it('has the distribution that walkers show', () => {
    const [kT, dt, bins, walkers] = [1, 0.002, 20, 2048];
    const model = washboard(3, 1);
    const [cv] = model.system.cvs;
    const ensemble = { walkers, firstWalker: 0, seed: 3, stride: 500, groupSize: 64 };
    const graph = stepGraphOf(model, families.integrators['leimkuhler-matthews'], cv, bins);
    const parameters = { ...model.parameters, [parameterInput('dt')]: dt, [parameterInput('kT')]: kT };
    const engine = new WasmEngine(graph, ensemble, parameters);
    engine.advance(2500);
    engine.resetAverages();
    engine.advance(20_000);
    const { visits, records } = engine.averages();
    const centers = linspace(-Math.PI, Math.PI, 20 * bins + 1)
      .slice(0, -1)
      .map((x) => x + Math.PI / 20 / bins);
    const setting = { model, kT, cv, cvCoordinate: 0 };
    const weights = exactFreeEnergy(setting, exactDensity(model, kT), centers).F.map((F) => Math.exp(-F));
    const total = weights.reduce((a, b) => a + b, 0);
    for (let bin = 0; bin < bins; bin++) {
      const exact = weights.slice(20 * bin, 20 * bin + 20).reduce((a, b) => a + b, 0) / total;
      const counts = Array.from({ length: walkers / 64 }, (_, g) => visits[g * bins + bin] / 64 / records);
      const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
      const variance = counts.reduce((sum, c) => sum + (c - mean) ** 2, 0) / (counts.length - 1);
      expect(Math.abs(mean - exact) / Math.sqrt(variance / counts.length)).toBeLessThan(5);
    }
  });
});
