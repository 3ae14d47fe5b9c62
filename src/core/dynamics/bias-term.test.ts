/** A harmonic bias is a term of the energy: its force is the derivative, and its distributions are the known ones. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parameterInput, stateInput } from '../expression/inputs.ts';
import { Interpreter } from '../expression/interpret.ts';
import { defaultsOf } from '../params/params.ts';
import type { System } from '../systems/contract.ts';
import { SystemModel } from '../systems/model.ts';
import { CENTER, harmonicBias, harmonicEnergy, periodOf, SPRING_CONSTANT } from './bias-term.ts';
import { WasmEngine } from './engines/wasm-engine.ts';
import { KT, stepGraphOf } from './step-of-system.ts';

const [DT, TEMPERATURE] = [1e-3, 0.8];
const CASES = [
  { system: 'mueller-brown', cv: 'y', q: [-0.3, 0.9], center: 0.4, spring: 250 },
  { system: 'ring', cv: 'angle', q: [-0.95, 0.2], center: 2.5, spring: 12 },
  // The shorter way is across the end of the period.
  { system: 'ring', cv: 'angle', q: [-0.95, -0.2], center: 2.5, spring: 12 },
  { system: 'fast-slow-double-well', cv: 'x', q: [0.7, -0.3], center: -0.2, spring: 40 },
  { system: 'half-moon', cv: null, q: [0.6, -0.4], center: -0.3, spring: 7 },
] as const;

function caseOf({ system: id, cv: cvId, q, center, spring }: (typeof CASES)[number]) {
  const system = families.systems[id];
  const model = new SystemModel(system, defaultsOf(typeof system.params === 'function' ? {} : system.params));
  const cv = model.system.cvs.find((one) => one.id === cvId) ?? model.system.cvs[0];
  const state = model.stateAt(q);
  const bare = model.ofStates(model.energyNode as number);
  const seen = model.ofStates(model.ofState(cv.value));
  /** U + bias, without any step. */
  const energy = (at: readonly number[]) =>
    bare.at(at)[0] + harmonicEnergy(seen.at(at)[0], center, spring, periodOf(cv));
  /** One step from a state with given noise: everything that the step leaves. */
  const step = (integrator: string, at: readonly number[], normals: readonly number[], uniform = 0.5) => {
    const biased = { bias: harmonicBias(cv), cvs: [cv.value] };
    const graph = stepGraphOf(model, families.integrators[integrator], cv, 1, null, biased);
    const inputs = [...graph.state, ...graph.normals, ...graph.uniforms];
    const program = new Interpreter(graph.graph, graph.next, inputs, {
      ...model.parameters,
      [parameterInput('dt')]: DT,
      [parameterInput('kT')]: TEMPERATURE,
    });
    const given: Readonly<Record<string, number>> = {
      [CENTER]: center,
      [SPRING_CONSTANT]: spring,
      ...Object.fromEntries(model.state.map((name, d) => [name, at[d]])),
      ...Object.fromEntries(model.state.map((_, d) => [stateInput('normal', d), normals[d]])),
      [stateInput('uniform', 0)]: uniform,
    };
    return [...program.at(inputs.map((name) => given[name] ?? 0))].slice(0, model.state.length);
  };
  return { model, state, energy, step };
}

describe.each(CASES)('a spring along $cv in $system at $q', (one) => {
  const { model, state, energy, step } = caseOf(one);

  it('pushes Euler–Maruyama by the finite differences of U + bias', () => {
    const still = state.map(() => 0);
    const moved = step('euler-maruyama', state, still);
    const width = 1e-5;
    state.forEach((_, d) => {
      const at = (shift: number) => energy(state.map((value, k) => (k === d ? value + shift : value)));
      const slope = (8 * (at(width) - at(-width)) - (at(2 * width) - at(-2 * width))) / (12 * width);
      const force = (moved[d] - state[d]) / (-model.mobility[d] * DT);
      expect(Math.abs(force - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    });
  });

  it('decides acceptance in Metropolis by the difference of U + bias', () => {
    const normals = state.map((_, d) => (d % 2 ? -0.7 : 1.1));
    const width = (d: number) => Math.sqrt(2 * TEMPERATURE * model.mobility[d] * DT);
    const ends = [normals, normals.map((z) => -z)].map((z) =>
      state.map((value, d) => value + width(d) * z[d]),
    );
    const rises = ends.map((end) => energy(end) - energy(state));
    // Uphill: one of the two ways, unless both go down.
    const uphill = rises[0] > rises[1] ? 0 : 1;
    expect(rises[uphill]).toBeGreaterThan(0);
    const noise = uphill === 0 ? normals : normals.map((z) => -z);
    const chance = Math.exp(-rises[uphill] / TEMPERATURE);
    const taken = step('metropolis', state, noise, chance * (1 - 1e-7));
    taken.forEach((value, d) => {
      expect(value).toBeCloseTo(ends[uphill][d], 12);
    });
    expect(step('metropolis', state, noise, chance * (1 + 1e-7))).toEqual(state);
  });
});

/** Windows with a center, a spring and a temperature each, in the well K0/2 x^2. */
const K0 = 1;
const WINDOWS = [
  { center: -1.5, spring: 0.5, kT: 0.8 },
  { center: 0.4, spring: 2, kT: 0.3 },
  { center: 2, spring: 5, kT: 1.4 },
] as const;
const GROUP = 64;
const GROUPS_EACH = 24;
const EACH = GROUP * GROUPS_EACH;

const well: System = {
  ...families.systems['three-hole'],
  coordinates: ['x'],
  domain: [[-5, 5]],
  energy: `${K0}/2*x^2`,
  cvs: [{ id: 'x', label: 'x', value: 'x', range: [-5, 5] }],
};
/** The same well without a potential: its noise is that of the temperature of the first window. */
const drifting: System = {
  ...well,
  energy: undefined,
  drift: [`-${K0}*x`],
  noise: [`sqrt(${2 * WINDOWS[0].kT})`],
};

/** Mean and variance of x in each window in units of their standard errors, from what is exact. */
function deviations(system: System, id: string, dt: number, ownTemperature: boolean) {
  const model = new SystemModel(system, {});
  const [cv] = model.system.cvs;
  const biased = { bias: harmonicBias(cv), cvs: ['x'], ownTemperature };
  const graph = stepGraphOf(model, families.integrators[id], cv, 1, null, biased);
  const walkers = EACH * WINDOWS.length;
  const ensemble = { walkers, firstWalker: 0, seed: 23, stride: Math.ceil(0.1 / dt), groupSize: GROUP };
  const engine = new WasmEngine(graph, ensemble, {
    [parameterInput('dt')]: dt,
    [parameterInput('kT')]: WINDOWS[0].kT,
    [parameterInput('friction')]: 1,
    [parameterInput('mass')]: 1,
  });
  const write = (name: string, of: 'center' | 'spring' | 'kT') =>
    engine.write(
      name,
      Float64Array.from({ length: walkers }, (_, w) => WINDOWS[Math.floor(w / EACH)][of]),
    );
  write(CENTER, 'center');
  write(SPRING_CONSTANT, 'spring');
  if (ownTemperature) write(KT, 'kT');
  engine.advance(Math.round(20 / dt));
  engine.resetAverages();
  engine.advance(Math.round(60 / dt));
  const { sums, records } = engine.averages();
  return WINDOWS.map(({ center, spring, kT }, window) => {
    const stiffness = K0 + spring;
    const middle = (spring * center) / stiffness;
    const exact = VARIANCE[id](stiffness, dt) * (ownTemperature ? kT : WINDOWS[0].kT);
    const groups = Array.from({ length: GROUPS_EACH }, (_, g) => {
      const at = 3 * (window * GROUPS_EACH + g);
      const [x, square] = [sums[at], sums[at + 1]].map((sum) => sum / records / GROUP);
      return { mean: x - middle, variance: square - 2 * middle * x + middle ** 2 };
    });
    const mean = inErrors(groups.map((one) => one.mean));
    const variance = inErrors(groups.map((one) => one.variance - exact));
    return { mean: mean.z, variance: variance.z, relativeError: variance.error / exact };
  });
}

/** The mean of independent values over its standard error. */
function inErrors(values: readonly number[]): { z: number; error: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (values.length * (values.length - 1)));
  return { z: mean / error, error };
}

/** Stationary variance over kT at stiffness k and time step h. */
const VARIANCE: Readonly<Record<string, (k: number, h: number) => number>> = {
  'euler-maruyama': (k, h) => 1 / k / (1 - (h * k) / 2),
  'leimkuhler-matthews': (k) => 1 / k,
  metropolis: (k) => 1 / k,
};

describe('a well under springs, every walker with its own', () => {
  const expectExact = (found: ReturnType<typeof deviations>) => {
    for (const { mean, variance, relativeError } of found) {
      expect(relativeError).toBeLessThan(0.01);
      expect(Math.abs(mean)).toBeLessThan(4);
      expect(Math.abs(variance)).toBeLessThan(4);
    }
  };

  it.each(Object.keys(VARIANCE))('%s: mean and variance are those of the sum of both springs', (id) => {
    expectExact(deviations(well, id, 0.1, false));
  });

  it.each(Object.keys(VARIANCE))('%s: with a temperature of each walker too', (id) => {
    expectExact(deviations(well, id, 0.1, true));
  });

  it('without a potential the force of the bias joins the drift', () => {
    expectExact(deviations(drifting, 'euler-maruyama', 0.1, false));
  });

  it('notices a well that is a tenth too stiff', () => {
    const wrong = deviations({ ...well, energy: `${1.1 * K0}/2*x^2` }, 'leimkuhler-matthews', 0.1, false);
    expect(Math.abs(wrong[0].variance)).toBeGreaterThan(4);
  });
});
