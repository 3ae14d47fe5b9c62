/** Walkers under springs of their own, at temperatures of their own: one engine held against another, step by step. */
import { CENTER, harmonicBias, SPRING_CONSTANT } from '../src/core/dynamics/bias-term.ts';
import type { Integrator } from '../src/core/dynamics/contract.ts';
import { InterpreterEngine } from '../src/core/dynamics/engines/interpreter-engine.ts';
import eulerMaruyama from '../src/core/dynamics/integrators/euler-maruyama.integrator.ts';
import leimkuhlerMatthews from '../src/core/dynamics/integrators/leimkuhler-matthews.integrator.ts';
import metropolis from '../src/core/dynamics/integrators/metropolis.integrator.ts';
import type { Ensemble, RemoteEngine, StepGraph } from '../src/core/dynamics/step-graph.ts';
import { KT, stepGraphOf } from '../src/core/dynamics/step-of-system.ts';
import { parameterInput } from '../src/core/expression/inputs.ts';
import { defaultsOf } from '../src/core/params/params.ts';
import { LEARNED_CV, type LearnedCoordinate } from '../src/core/systems/learned-cv.ts';
import muellerBrown from '../src/core/systems/members/mueller-brown.system.ts';
import ring from '../src/core/systems/members/ring.system.ts';
import { SystemModel } from '../src/core/systems/model.ts';
import { cvOf } from '../src/core/systems/resolved.ts';

/** A slow variable as if it had been learned: any smooth table does. */
const learned: LearnedCoordinate = {
  axes: [
    { range: [-1.8, 1.2], cells: 10, periodic: false, open: true },
    { range: [-0.4, 2.1], cells: 10, periodic: false, open: true },
  ],
  coefficients: Float64Array.from(
    { length: 13 * 13 },
    (_, k) => ((k % 13) + Math.sin(k / 13)) / 13 + 0.1 * Math.cos(k % 13),
  ),
  states: { dimension: 2, values: new Float32Array() },
  ...{ misfit: 0, correlation: 1, forceEvaluations: 0 },
};

const systems = {
  learned: {
    system: { ...muellerBrown, learned },
    ...{ params: {}, cv: LEARNED_CV.id, kT: 15, dt: 1e-4, spring: 300 },
  },
  'mueller-brown': { system: muellerBrown, params: {}, cv: 'y', kT: 15, dt: 1e-4, spring: 300 },
  ring: { system: ring, params: defaultsOf(ring.params as never), cv: 'angle', kT: 1, dt: 1e-3, spring: 20 },
};
const integrators: Readonly<Record<string, Integrator>> = {
  'euler-maruyama': eulerMaruyama,
  'leimkuhler-matthews': leimkuhlerMatthews,
  metropolis,
};

export interface BiasedRun {
  readonly system: keyof typeof systems;
  readonly integrator: string;
  readonly ownTemperature: boolean;
}

export const BIASED_RUNS: readonly BiasedRun[] = [
  ...(['mueller-brown', 'ring'] as const).flatMap((system) =>
    Object.keys(integrators).flatMap((integrator) =>
      [false, true].map((ownTemperature) => ({ system, integrator, ownTemperature })),
    ),
  ),
  { system: 'learned', integrator: 'leimkuhler-matthews', ownTemperature: false },
];

const ensemble: Ensemble = { walkers: 37, firstWalker: 5, seed: 9, stride: 3, groupSize: 8 };

export type MakeEngine = (
  step: StepGraph,
  ensemble: Ensemble,
  parameters: Readonly<Record<string, number>>,
) => RemoteEngine | Promise<RemoteEngine>;

function problemOf({ system: id, integrator, ownTemperature }: BiasedRun) {
  const { system, params, cv: cvId, kT, dt, spring } = systems[id];
  const model = new SystemModel(system, params);
  const cv = cvOf(model.system, cvId);
  const biased = { bias: harmonicBias(cv), cvs: [cv.value], ownTemperature };
  const step = stepGraphOf(model, integrators[integrator], cv, 40, null, biased);
  const parameters = { ...model.parameters, [parameterInput('dt')]: dt, [parameterInput('kT')]: kT };
  const [low, high] = cv.range;
  const column = (of: (share: number) => number) =>
    Float64Array.from({ length: ensemble.walkers }, (_, w) => of(w / ensemble.walkers));
  const minima = model.system.facts?.minima ?? [];
  const start: Record<string, Float64Array> = {
    [CENTER]: column((share) => low + (high - low) * share),
    [SPRING_CONSTANT]: column((share) => spring * (1 + share)),
    ...(ownTemperature ? { [KT]: column((share) => kT * (0.5 + share)) } : {}),
  };
  model.state.forEach((name, d) => {
    start[name] = Float64Array.from(start[CENTER], (_, w) => minima[w % minima.length].at[d]);
  });
  return { step, parameters, start, model };
}

/**
 * Largest difference of a coordinate from the interpreter after one step from the same place, for each walker and step, in
 * units of the domain's width; `moved` says how far the walkers came.
 */
export async function stepErrors(run: BiasedRun, make: MakeEngine, steps: number) {
  const { step, parameters, start, model } = problemOf(run);
  const reference = new InterpreterEngine(step, ensemble, parameters);
  const engine = await make(step, ensemble, parameters);
  for (const [name, values] of Object.entries(start)) reference.write(name, values);
  const errors: number[] = [];
  for (let n = 0; n < steps; n++) {
    for (const name of step.state) {
      // Both start from what single precision can hold.
      const here = Float64Array.from(Float32Array.from(reference.read(name)));
      reference.write(name, here);
      await engine.write(name, here);
    }
    reference.advance(1);
    await engine.advance(1);
    for (const [d, name] of model.state.entries()) {
      const [low, high] = model.system.domain[d];
      const [a, b] = [await engine.read(name), reference.read(name)];
      b.forEach((value, w) => {
        errors.push(Math.abs(a[w] - value) / (high - low));
      });
    }
  }
  const moved = model.state.map((name) => {
    const far = reference.read(name).map((value, w) => Math.abs(value - start[name][w]));
    return far.reduce((a, b) => a + b, 0) / far.length;
  });
  return { largest: Math.max(...errors), apart: errors.filter((error) => !(error < 2e-6)).length, moved };
}
