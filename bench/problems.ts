/** What is computed: walkers of three systems, started from exact samples, with the exact means beside them. */
import { families } from '../src/catalog.ts';
import type { Ensemble, StepGraph } from '../src/core/dynamics/step-graph.ts';
import { type Biased, stepGraphOf } from '../src/core/dynamics/step-of-system.ts';
import { type Density, exactDensity } from '../src/core/exact/density.ts';
import { sampleEquilibrium } from '../src/core/exact/sample.ts';
import { parameterInput } from '../src/core/expression/inputs.ts';
import { RandomStream } from '../src/core/numerics/random.ts';
import { group } from '../src/core/params/experiment.ts';
import { parseQuery } from '../src/core/settings/query.ts';
import { energiesOn, nodesOf } from '../src/core/systems/energy-surface.ts';
import { type SystemModel, settingOf } from '../src/core/systems/model.ts';

export const SYSTEMS = ['mueller-brown', 'double-well', 'fast-slow-double-well'] as const;
export type SystemId = (typeof SYSTEMS)[number];

/** Whether the system is written by hand too: as a loop, in NumPy and in C. */
export const isByHand = (id: SystemId) => id !== 'fast-slow-double-well';

export const WALKERS = 4096;
/** Steps between two records: what the page takes. Every contestant records x, x^2, U and a histogram of x. */
export const STRIDE = 10;
export const GROUP_SIZE = 128;
export const BINS = 60;
/** Sums that are kept for each group of walkers. */
export const SUMS = 3;

const settings = {
  'mueller-brown': { kT: 15, dt: 1e-4 },
  'double-well': { kT: 1, dt: 1e-3 },
  'fast-slow-double-well': { kT: 1, dt: 1e-4 },
} as const;

export interface Problem {
  readonly id: SystemId;
  readonly model: SystemModel;
  /** The distribution without a bias. */
  readonly density: Density;
  readonly kT: number;
  readonly dt: number;
  readonly ensemble: Ensemble;
  readonly step: StepGraph;
  readonly parameters: Readonly<Record<string, number>>;
  /** Range of x of the histogram. */
  readonly range: readonly [number, number];
  /** Coordinates of the walkers at the start and what else they carry, in the order of the state. */
  readonly start: readonly Float64Array[];
  /** Entries of the tables of the step. */
  readonly tables: Readonly<Record<string, ArrayLike<number>>>;
  readonly exact: { readonly x: number; readonly energy: number };
}

export function problemOf(id: SystemId): Problem {
  const setting = experimentOf(`system=${id}`, id);
  const { model, kT, cv, step, parameters, dt } = setting;
  const density = exactDensity(model, kT);
  const ensemble = { walkers: WALKERS, firstWalker: 0, seed: 1, stride: STRIDE, groupSize: GROUP_SIZE };
  const points = sampleEquilibrium(density, WALKERS, new RandomStream(1, 'bench'));
  const start = model.state.map((_, d) =>
    Float64Array.from({ length: WALKERS }, (_, w) => points.values[w * points.dimension + d]),
  );
  const exact = meansOf(model, density);
  return {
    ...{ id, model, density, kT, dt, ensemble, step, parameters },
    ...{ range: cv.range, start, tables: {}, exact },
  };
}

/** Means of x and U by quadrature. */
export function meansOf(model: SystemModel, { axes, values }: Density): Problem['exact'] {
  const total = values.reduce((a, b) => a + b, 0);
  const mean = (of: Float64Array) => values.reduce((sum, weight, k) => sum + weight * of[k], 0) / total;
  return { x: mean(nodesOf(axes)), energy: mean(energiesOn(model, axes)) };
}

/** Every bench takes Euler-Maruyama steps and records along x. */
export function stepOf(model: SystemModel, biased: Biased | null = null): StepGraph {
  return stepGraphOf(model, families.integrators['euler-maruyama'], model.system.cvs[0], BINS, null, biased);
}

/** The same problem with its energy typed by hand, or null where nothing can be typed. */
export function typedProblem(problem: Problem): Problem | null {
  const { energy, params } = families.systems[problem.id];
  if (!('custom' in families.systems) || typeof energy !== 'string' || Object.keys(params).length > 0)
    return null;
  const typed = `system=custom&system.energy=${encodeURIComponent(energy)}`;
  const { step, parameters } = experimentOf(typed, problem.id);
  return { ...problem, step, parameters };
}

function experimentOf(query: string, id: SystemId) {
  const { kT, dt } = settings[id];
  const { experiment } = parseQuery(
    `${query}&integrator=euler-maruyama&kT=${kT}&integrator.dt=${dt}`,
    families,
  );
  const { model, cv } = settingOf(experiment, families);
  const integrator = group(experiment, 'integrator') as Record<string, number>;
  if (experiment.kT !== kT || integrator.dt !== dt) throw new Error(`${id} does not take kT ${kT}, dt ${dt}`);
  const parameters = {
    ...model.parameters,
    ...Object.fromEntries(Object.entries(integrator).map(([name, value]) => [parameterInput(name), value])),
    [parameterInput('kT')]: kT,
  };
  return {
    model,
    kT,
    dt,
    cv,
    parameters,
    step: stepOf(model),
  };
}
