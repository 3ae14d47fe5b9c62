/** Extra energy along collective variables, as a term of the energy that every engine runs. */

import type { Graph, NodeId } from '../expression/graph.ts';
import { parameterInput } from '../expression/inputs.ts';
import type { CollectiveVariable } from '../systems/contract.ts';

export interface Bias {
  /** Inputs that differ from walker to walker and stay as they are written. */
  readonly inputs: readonly string[];
  /** Tables from which the bias is interpolated. */
  readonly tables: readonly { readonly name: string; readonly length: number }[];
  /** The bias energy as a function of its collective variables. */
  energy(graph: Graph, cvs: readonly NodeId[]): NodeId;
}

type Axis = Pick<CollectiveVariable, 'range' | 'periodic'>;

/** Nothing beside the energy of the system, for walkers that differ in something else. */
export const NO_BIAS: Bias = { inputs: [], tables: [], energy: (graph) => graph.constant(0) };

export const CENTER = parameterInput('center');
export const SPRING_CONSTANT = parameterInput('springConstant');

/** springConstant/2 (cv - center)^2 with a center and a spring of each walker's own; along a ring the shorter way. */
export function harmonicBias({ range, periodic }: Axis): Bias {
  const period = range[1] - range[0];
  return {
    inputs: [CENTER, SPRING_CONSTANT],
    tables: [],
    energy(graph, [cv]) {
      const away = graph.sub(cv, graph.input(CENTER));
      const distance = periodic ? nearest(graph, away, period) : away;
      const half = graph.mul(graph.constant(0.5), graph.input(SPRING_CONSTANT));
      return graph.mul(half, graph.mul(distance, distance));
    },
  };
}

/** `difference` less the whole periods in it, from -period/2 to period/2. */
function nearest(graph: Graph, difference: NodeId, period: number): NodeId {
  const turns = graph.mul(difference, graph.constant(1 / period));
  const whole = graph.unary('floor', graph.add(turns, graph.constant(0.5)));
  return graph.sub(difference, graph.mul(whole, graph.constant(period)));
}

/** springConstant/2 (cv - center)^2, for estimators. @param period of a periodic variable */
export function harmonicEnergy(cv: number, center: number, springConstant: number, period?: number): number {
  return 0.5 * springConstant * shortest(cv - center, period) ** 2;
}

/** A difference of two values of a collective variable, along a ring the shorter way. */
export function shortest(difference: number, period?: number): number {
  return period === undefined ? difference : difference - period * Math.floor(difference / period + 0.5);
}

export function periodOf({ range, periodic }: Axis): number | undefined {
  return periodic ? range[1] - range[0] : undefined;
}

/** The value of a periodic cv within its range. */
export function wrapped(value: number, cv: Axis): number {
  const period = periodOf(cv);
  return period === undefined ? value : value - period * Math.floor((value - cv.range[0]) / period);
}
