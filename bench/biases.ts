/** The same walkers under a bias, with the exact means of the biased distributions beside them. */
import { CENTER, harmonicBias, harmonicEnergy, SPRING_CONSTANT } from '../src/core/dynamics/bias-term.ts';
import type { Biased } from '../src/core/dynamics/step-of-system.ts';
import type { Density } from '../src/core/exact/density.ts';
import { sampleEquilibrium } from '../src/core/exact/sample.ts';
import { SPLINE_TABLE, SplineBias } from '../src/core/expression/spline.ts';
import { RandomStream } from '../src/core/numerics/random.ts';
import { nodesOf } from '../src/core/systems/energy-surface.ts';
import { meansOf, type Problem, stepOf, WALKERS } from './problems.ts';

/** Walkers w, w + WINDOWS, w + 2 WINDOWS ... are restrained in the same window: each group holds all windows alike. */
const WINDOWS = 8;
/** Amplitude of the bias on a grid in units of kT, and its waves along a coordinate. */
const [HEIGHT, WAVES] = [2, 3];
const CELLS = { one: 60, two: 40 };

/** Distributions that walkers follow in turns: walker w the distribution w modulo their number. */
interface Biasing {
  readonly biased: Biased;
  /** Bias energy of each distribution at the coordinates. */
  readonly distributions: readonly ((q: readonly number[]) => number)[];
  /** State inputs that differ from distribution to distribution. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly tables: Problem['tables'];
}

/** Springs along the last coordinate, with centers and constants of each walker's own. */
export function harmonicProblem(problem: Problem): Problem {
  const { model, kT } = problem;
  const last = model.dimension - 1;
  const range = model.system.domain[last];
  const width = (range[1] - range[0]) / WINDOWS;
  const numbers = Array.from({ length: WINDOWS }, (_, k) => k);
  const centers = numbers.map((k) => range[0] + (k + 0.5) * width);
  const springs = numbers.map((k) => ((1 + k / WINDOWS) * kT) / width ** 2);
  const biased = { bias: harmonicBias({ range }), cvs: [model.system.coordinates[last]] };
  return biasedProblem(problem, {
    biased,
    distributions: numbers.map((k) => (q) => harmonicEnergy(q[last], centers[k], springs[k])),
    inputs: { [CENTER]: centers, [SPRING_CONSTANT]: springs },
    tables: {},
  });
}

/** Waves on a grid: along the last coordinate, or along both. @param variables one or two */
export function gridProblem(problem: Problem, variables: 1 | 2): Problem {
  const { model, kT } = problem;
  const { coordinates, domain } = model.system;
  const first = model.dimension - variables;
  const cells = variables === 1 ? CELLS.one : CELLS.two;
  const bias = new SplineBias(domain.slice(first).map((range) => ({ range, cells, periodic: false })));
  const along = Math.round(bias.coefficients.length ** (1 / variables));
  const wave = (i: number) => Math.sin((2 * Math.PI * WAVES * i) / along);
  bias.coefficients.forEach((_, i, all) => {
    all[i] = HEIGHT * kT * wave(i % along) * (variables === 1 ? 1 : wave(Math.floor(i / along)));
  });
  return biasedProblem(problem, {
    biased: { bias, cvs: coordinates.slice(first) },
    distributions: [(q) => bias.at(q[first], q[first + 1])],
    inputs: {},
    tables: { [SPLINE_TABLE]: bias.coefficients },
  });
}

function biasedProblem(problem: Problem, { biased, distributions, inputs, tables }: Biasing): Problem {
  const { model, kT, density } = problem;
  const densities = distributions.map((distribution) => tilted(density, distribution, kT));
  const means = densities.map((values) => meansOf(model, values));
  const mean = (of: 'x' | 'energy') => means.reduce((sum, one) => sum + one[of], 0) / distributions.length;
  const each = WALKERS / distributions.length;
  const samples = densities.map((values, k) =>
    sampleEquilibrium(values, each, new RandomStream(1, `bench ${k}`)),
  );
  const places = model.state.map((_, d) =>
    Float64Array.from({ length: WALKERS }, (_, w) => {
      const { values, dimension } = samples[w % distributions.length];
      return values[Math.floor(w / distributions.length) * dimension + d];
    }),
  );
  const kept = biased.bias.inputs.map((name) =>
    Float64Array.from({ length: WALKERS }, (_, w) => inputs[name][w % distributions.length]),
  );
  return {
    ...problem,
    step: stepOf(model, biased),
    start: [...places, ...kept],
    tables,
    exact: { x: mean('x'), energy: mean('energy') },
  };
}

/** The density times exp(-bias/kT), normalised again. */
function tilted(density: Density, distribution: (q: readonly number[]) => number, kT: number): Density {
  const count = density.values.length;
  const q = nodesOf(density.axes);
  const values = density.values.map((p, n) => {
    const at = density.axes.map((_, d) => q[d * count + n]);
    return p * Math.exp(-distribution(at) / kT);
  });
  const share = values.reduce((a, b) => a + b, 0) / density.values.reduce((a, b) => a + b, 0);
  return {
    axes: density.axes,
    values: values.map((value) => value / share),
    logPartition: density.logPartition + Math.log(share),
  };
}
