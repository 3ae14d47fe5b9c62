/**
 * Exact distributions of a ring of sites with bonds between neighbours, by its transfer operator
 * K(u, v) = exp(-(site(u)/2 + bond(u, v) + site(v)/2) / kT): the density of one site of a ring of N is K^N(u, u), that of two
 * sites d apart K^d(u, v) K^(N - d)(v, u) (Kramers, Wannier, Phys. Rev. 60, 252 (1941)). Sums on an equally spaced grid
 * converge exponentially, and K takes any place to the grid: nothing is interpolated.
 */

import { Graph } from '../expression/graph.ts';
import { Interpreter } from '../expression/interpret.ts';
import { Problem } from '../message.ts';
import { NUMBERS_PER_BLOCK, type RandomStream } from '../numerics/random.ts';
import { linspace, type Points } from '../numerics/results.ts';
import type { Chain } from '../systems/contract.ts';
import { message } from './messages.ts';

const NODES = 321;
/** Sites with an energy this many kT above the lowest do not count. */
const NEGLIGIBLE = 40;
const SCOUT_NODES = 401;
const GROWTH = 1.3;
const MOST_GROWTHS = 40;

export class TransferOperator {
  readonly x: Float64Array;
  private readonly spacing: number;
  private readonly site: Interpreter;
  private readonly bond: Interpreter;
  private readonly rows: readonly Float64Array[];

  /**
   * @param range where to look for the states of a site first
   * @throws Error when the energy of a site does not rise far away
   */
  constructor(
    chain: Chain,
    private readonly sites: number,
    parameters: Readonly<Record<string, number>>,
    private readonly kT: number,
    range: readonly [number, number],
  ) {
    const graph = new Graph(['u', 'v', ...Object.keys(parameters)]);
    const program = (text: string) =>
      new Interpreter(graph, [graph.expression(text)], ['u', 'v'], parameters);
    this.site = program(chain.site);
    this.bond = program(chain.bond);
    this.x = linspace(...this.support(range), NODES);
    this.spacing = this.x[1] - this.x[0];
    this.rows = Array.from(this.x, (u) => this.row(u));
  }

  /** F(z) = -log p(z) of a site, up to a constant. */
  freeEnergy(at: Float64Array): Float64Array {
    return at.map((z) => {
      const half = this.walk(z, Math.floor(this.sites / 2));
      const rest = this.sites % 2 === 0 ? half : this.apply(half);
      return -Math.log(half.values.reduce((sum, a, k) => sum + a * rest.values[k], 0)) - half.log - rest.log;
    });
  }

  /** Density, on the grid `x`, of the site `distance` further along the ring, given that this one is at z. */
  lawGiven(z: number, distance: number): Float64Array {
    const there = this.walk(z, distance).values;
    const back = this.walk(z, this.sites - distance).values;
    const product = there.map((a, k) => a * back[k]);
    const total = product.reduce((a, b) => a + b, 0) * this.spacing;
    return product.map((p) => p / total);
  }

  /** -log of the joint density of two neighbours, up to a constant: `values[j * xs.length + i]` at (xs[i], ys[j]). */
  pairFreeEnergy(xs: Float64Array, ys: Float64Array): Float64Array {
    const values = new Float64Array(xs.length * ys.length);
    const rows = Array.from(ys, (y) => this.row(y));
    xs.forEach((x, i) => {
      const direct = this.kernel(x, ys);
      const around = this.sites === 2 ? null : this.walk(x, this.sites - 2);
      ys.forEach((_, j) => {
        // Two sites have two bonds: back the same way.
        const back = around
          ? Math.log(dot(rows[j], around.values) * this.spacing) + around.log
          : Math.log(direct[j]);
        values[j * xs.length + i] = -Math.log(direct[j]) - back;
      });
    });
    return values;
  }

  /**
   * Independent states of the ring, of one with the first site at `at` if given; state `n` depends on the stream and `n`
   * only. Sites follow one another, each by its distribution given the one before and the first; within a cell of the grid that distribution
   * is taken to be flat.
   */
  sample(count: number, stream: RandomStream, at: number | null = null): Points {
    const { sites } = this;
    const values = new Float32Array(count * sites);
    const given = at === null ? [] : this.returnsTo(at);
    const known = new Map<number, readonly Float64Array[]>();
    const lawOfFirst = at === null ? this.freeEnergy(this.x).map((F) => Math.exp(-F)) : null;
    const u = new Float64Array(NUMBERS_PER_BLOCK * Math.ceil(sites / NUMBERS_PER_BLOCK));
    for (let n = 0; n < count; n++) {
      for (let k = 0; k < u.length; k += NUMBERS_PER_BLOCK)
        stream.uniforms(n, k / NUMBERS_PER_BLOCK, u.subarray(k, k + NUMBERS_PER_BLOCK));
      const first = lawOfFirst && drawn(lawOfFirst, u[0]);
      values[n * sites] = first ? this.place(first) : (at as number);
      const back = first ? (known.get(first.cell) ?? this.returnsTo(this.x[first.cell])) : given;
      if (first) known.set(first.cell, back);
      let [row] = back;
      for (let i = 1; i < sites; i++) {
        const rest = back[sites - i - 1];
        const next = drawn(
          row.map((k, w) => k * rest[w]),
          u[i],
        );
        values[n * sites + i] = this.place(next);
        row = this.rows[next.cell];
      }
    }
    return { dimension: sites, values };
  }

  private place({ cell, fraction }: Drawn): number {
    return this.x[cell] + (fraction - 0.5) * this.spacing;
  }

  /** K^m(., z) on the grid for m from 1 to sites - 1, each up to a factor. */
  private returnsTo(z: number): Float64Array[] {
    const states = [scaled(this.row(z), 0)];
    while (states.length < this.sites - 1) states.push(this.apply(states[states.length - 1]));
    return states.map(({ values }) => values);
  }

  /** K^steps(z, .) on the grid, as values of which the largest is 1, and the log of the factor. */
  private walk(z: number, steps: number): Scaled {
    let state = scaled(this.row(z), 0);
    for (let n = 1; n < steps; n++) state = this.apply(state);
    return state;
  }

  private apply({ values, log }: Scaled): Scaled {
    return scaled(
      Float64Array.from(this.rows, (row) => dot(row, values) * this.spacing),
      log,
    );
  }

  private row(u: number): Float64Array {
    return this.kernel(u, this.x);
  }

  private kernel(u: number, v: Float64Array): Float64Array {
    const [own] = this.site.at([u, u]);
    const pairs = new Float64Array(2 * v.length).fill(u, 0, v.length);
    pairs.set(v, v.length);
    const bonds = new Float64Array(v.length);
    this.bond.evaluate(pairs, v.length, bonds);
    const others = this.siteEnergies(v);
    return bonds.map((b, k) => Math.exp(-(own / 2 + b + others[k] / 2) / this.kT));
  }

  private siteEnergies(u: Float64Array): Float64Array {
    const pairs = new Float64Array(2 * u.length);
    pairs.set(u);
    pairs.set(u, u.length);
    const energies = new Float64Array(u.length);
    this.site.evaluate(pairs, u.length, energies);
    return energies;
  }

  private support([low, high]: readonly [number, number]): [number, number] {
    const [middle, half] = [(low + high) / 2, (high - low) / 2];
    for (let n = 0, reach = half; n < MOST_GROWTHS; n++, reach *= GROWTH) {
      const x = linspace(middle - reach, middle + reach, SCOUT_NODES);
      const energies = this.siteEnergies(x);
      const level = energies.reduce((a, b) => Math.min(a, b)) + NEGLIGIBLE * this.kT;
      if (energies[0] < level || energies[SCOUT_NODES - 1] < level) continue;
      const first = energies.findIndex((u) => u < level);
      const last = energies.findLastIndex((u) => u < level);
      return [x[first - 1], x[last + 1]];
    }
    throw new Problem(message('site-energy-unbounded', {}));
  }
}

interface Scaled {
  readonly values: Float64Array;
  readonly log: number;
}

function scaled(values: Float64Array, log: number): Scaled {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) return { values, log };
  return { values: values.map((v) => v / largest), log: log + Math.log(largest) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

interface Drawn {
  readonly cell: number;
  /** Place within the cell, 0 to 1. */
  readonly fraction: number;
}

/** The cell below which the share `u` of the weights lies. */
function drawn(weights: Float64Array, u: number): Drawn {
  let rest = u * weights.reduce((a, b) => a + b, 0);
  let cell = 0;
  while (cell < weights.length - 1 && rest >= weights[cell]) rest -= weights[cell++];
  return { cell, fraction: Math.min(1, rest / weights[cell]) };
}
