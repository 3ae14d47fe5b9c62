/** Small step graphs, written out here so that the tests of the device hang on the engines alone. */

import type { Ensemble, StepGraph } from '../../src/core/dynamics/step-graph.ts';
import { differentiate } from '../../src/core/expression/differentiate.ts';
import { Graph, type NodeId, substitute } from '../../src/core/expression/graph.ts';
import { Interpreter } from '../../src/core/expression/interpret.ts';
import muellerBrown from '../../src/core/systems/members/mueller-brown.system.ts';
import threeHole from '../../src/core/systems/members/three-hole.system.ts';

const systems = {
  'three-hole': {
    coordinates: ['x', 'y'],
    energy: threeHole.energy as string,
    start: [-1.05, -0.04],
    box: 4,
  },
  'mueller-brown': {
    coordinates: ['x', 'y'],
    energy: muellerBrown.energy as string,
    start: [-0.558, 1.44],
    box: 4,
  },
  harmonic: { coordinates: ['x'], energy: 'x^2/2', start: [0], box: 10 },
};

export interface Run {
  readonly system: keyof typeof systems;
  readonly integrator: 'euler-maruyama' | 'metropolis';
  readonly kT: number;
  readonly dt: number;
  readonly ensemble: Ensemble;
}

const BINS = 40;
const RANGE = 10;

/** The step graph of a run with everything that its engines are given. */
export function problem(run: Run) {
  const { coordinates, energy: text, start: at } = systems[run.system];
  const graph = new Graph([...coordinates, 'kT', 'dt']);
  const energy = graph.expression(text);
  const width = graph.expression('sqrt(2*kT*dt)');
  const normals = coordinates.map((name) => `:normal ${name}`);
  const moved = coordinates.map((name, d) =>
    graph.add(graph.input(name), graph.mul(width, graph.input(normals[d]))),
  );
  const metropolis = run.integrator === 'metropolis';
  const next = metropolis
    ? chosen(graph, energy, coordinates, moved)
    : pushed(graph, energy, coordinates, moved);
  const x = graph.input('x');
  const step: StepGraph = {
    graph,
    state: coordinates,
    next,
    normals,
    uniforms: metropolis ? [':uniform'] : [],
    record: {
      place: graph.expression(`(x + ${RANGE / 2})*${BINS / RANGE}`),
      bins: BINS,
      sums: [x, graph.mul(x, x), energy],
    },
  };
  const columns = coordinates.map((name, d) => [name, new Float64Array(run.ensemble.walkers).fill(at[d])]);
  const start = Object.fromEntries(columns) as Record<string, Float64Array>;
  return { step, parameters: { kT: run.kT, dt: run.dt }, start };
}

/** Euler-Maruyama. */
function pushed(
  graph: Graph,
  energy: NodeId,
  coordinates: readonly string[],
  moved: readonly NodeId[],
): NodeId[] {
  const gradient = differentiate(graph, energy, coordinates);
  return moved.map((node, d) => graph.sub(node, graph.mul(graph.input('dt'), gradient[d])));
}

/** Metropolis: the move is taken or not. */
function chosen(
  graph: Graph,
  energy: NodeId,
  coordinates: readonly string[],
  moved: readonly NodeId[],
): NodeId[] {
  const there = substitute(graph, energy, new Map(coordinates.map((name, d) => [name, moved[d]])));
  const ratio = graph.unary('exp', graph.div(graph.sub(energy, there), graph.input('kT')));
  const accepted = graph.less(graph.input(':uniform'), ratio);
  return moved.map((node, d) => graph.select(accepted, node, graph.input(coordinates[d])));
}

/** Means of x, x^2 and the energy of a system with two coordinates by the trapezoidal rule. */
export function exactMeans({ system, kT }: Run): number[] {
  const { coordinates, energy: text, box } = systems[system];
  const graph = new Graph(coordinates);
  const energy = new Interpreter(graph, [graph.expression(text)], coordinates, {});
  const nodes = Array.from({ length: 401 }, (_, i) => box * (i / 200 - 1));
  const totals = [0, 0, 0, 0];
  for (const x of nodes) {
    for (const y of nodes) {
      const [u] = energy.at([x, y]);
      const weight = Math.exp(-u / kT);
      [1, x, x * x, u].forEach((value, k) => {
        totals[k] += weight * value;
      });
    }
  }
  return totals.slice(1).map((total) => total / totals[0]);
}
