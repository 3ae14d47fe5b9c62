/** Engines run the same step graph: they must agree, whatever the system and the integrator. */
import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { parameterInput } from '../../expression/inputs.ts';
import { group } from '../../params/experiment.ts';
import { parseQuery } from '../../settings/query.ts';
import { settingOf } from '../../systems/model.ts';
import { startOf } from '../../systems/regions.ts';
import type { Ensemble } from '../step-graph.ts';
import { stepGraphOf } from '../step-of-system.ts';
import { InterpreterEngine } from './interpreter-engine.ts';
import { WasmEngine } from './wasm-engine.ts';

const ensemble: Ensemble = { walkers: 37, firstWalker: 0, seed: 5, stride: 3, groupSize: 8 };

function engineOf(Engine: typeof WasmEngine | typeof InterpreterEngine, query: string, part = ensemble) {
  const { experiment } = parseQuery(query, families);
  const { model, cv, kT } = settingOf(experiment, families);
  const integrator = group(experiment, 'integrator') as Record<string, number>;
  const engine = new Engine(stepGraphOf(model, families.integrators[experiment.integrator], cv, 40), part, {
    ...model.parameters,
    ...Object.fromEntries(Object.entries(integrator).map(([name, value]) => [parameterInput(name), value])),
    [parameterInput('kT')]: kT,
  });
  model.stateAt(startOf(experiment, model.system)).forEach((value, d) => {
    engine.write(model.state[d], new Float64Array(part.walkers).fill(value));
  });
  return { engine, model };
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);

const pairs = Object.keys(families.systems).flatMap((system) =>
  Object.keys(families.integrators).map((integrator) => ({ system, integrator })),
);
/** Integrators whose steps are made of energies, or of a momentum that only a potential can turn. */
const NEED_A_POTENTIAL = ['baoab', 'metropolis', 'mala'];
const impossible = pairs.filter(
  ({ system, integrator }) =>
    families.systems[system].energy === undefined && NEED_A_POTENTIAL.includes(integrator),
);

describe.each(impossible)('$integrator in $system', ({ system, integrator }) => {
  it('refuses, and says what is missing', () => {
    expect(() => engineOf(WasmEngine, `system=${system}&integrator=${integrator}`)).toThrow(
      `needs-potential {"system":"${system}"}`,
    );
  });
});

describe.each(pairs.filter((pair) => !impossible.includes(pair)))(
  '$integrator in $system',
  ({ system, integrator }) => {
    const query = `system=${system}&integrator=${integrator}`;

    it('WebAssembly follows the double-precision interpreter over 1,000 steps in a well, 300 without one', () => {
      const cold = `${query}&kT=${0.02 * parseQuery(query, families).experiment.kT}`;
      const { engine: wasm, model } = engineOf(WasmEngine, cold);
      const { engine: reference } = engineOf(InterpreterEngine, cold);
      // Without a potential nothing need draw paths together again: chaos drives them apart.
      const steps = model.energyNode === null ? 300 : 1000;
      wasm.advance(steps);
      reference.advance(steps);
      // A stable well forgets rounding errors: what is left is a few hundred units in the last place. Where proposals are
      // rejected, rounding decides a close call now and then, and that walker goes its own way.
      for (const [d, name] of model.state.entries()) {
        const [low, high] = model.system.domain[d];
        const tolerance = 1e-4 * Math.max(1, (high - low) / 4);
        const [a, b] = [wasm.read(name), reference.read(name)];
        const astray = a.filter((value, w) => Math.abs(value - b[w]) > tolerance).length;
        expect(astray).toBeLessThanOrEqual(families.integrators[integrator].acceptance ? 5 : 0);
      }
      if (families.integrators[integrator].acceptance) return;
      const [a, b] = [wasm.averages(), reference.averages()];
      expect(a.records).toBe(Math.floor(steps / 3));
      expect(b.records).toBe(a.records);
      expect(largest(a.visits, b.visits)).toBeLessThan(5);
      expect(largest(a.sums, b.sums) / Math.max(...b.sums.map(Math.abs))).toBeLessThan(1e-4);
    });

    it('does not depend on how steps are cut into calls or walkers among workers', () => {
      const { engine: whole, model } = engineOf(WasmEngine, query);
      whole.advance(500);
      const { engine: cut } = engineOf(WasmEngine, query);
      for (let n = 1; cut.step < 500; n = (n * 5) % 97) cut.advance(Math.min(n, 500 - cut.step));
      const { engine: part } = engineOf(WasmEngine, query, { ...ensemble, firstWalker: 16, walkers: 21 });
      part.advance(500);
      for (const name of model.state) {
        expect(cut.read(name)).toEqual(whole.read(name));
        expect(part.read(name)).toEqual(whole.read(name).slice(16));
      }
      expect(cut.averages()).toEqual(whole.averages());
      const { visits } = whole.averages();
      expect(part.averages().visits).toEqual(visits.slice(2 * 40));
    });
  },
);
