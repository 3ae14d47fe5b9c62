/** The slow variable that was learned from data, as a function that every engine runs. */

import type { Graph } from '../expression/graph.ts';
import { type SplineAxis, SplineBias } from '../expression/spline.ts';
import type { Points } from '../numerics/results.ts';
import type { CollectiveVariable } from './contract.ts';

/** 0 at one end of the data and 1 at the other. `value` is a name that a model with a learned coordinate knows. */
export const LEARNED_CV: CollectiveVariable = {
  id: 'diffusion',
  label: 'learned φ',
  value: 'learned',
  range: [0, 1],
};

const TABLE = LEARNED_CV.value;

/** A function of two coordinates: a cubic B-spline of both. Plain data, that cross between workers. */
export interface LearnedCoordinate {
  readonly axes: readonly [SplineAxis, SplineAxis];
  /** As those of `SplineBias`. */
  readonly coefficients: Float64Array;
  /** States from which it was learned; beyond them it is extrapolated. */
  readonly states: Points;
  /** Root mean square difference from the diffusion coordinate at the states, which runs from 0 to 1. */
  readonly misfit: number;
  /** With the system's first slow variable at the states. */
  readonly correlation: number;
  readonly forceEvaluations: number;
}

/** Two coordinates on lines, not on rings: distances and the table know of no periods. */
export function mayLearn(system: {
  readonly coordinates: readonly string[];
  readonly periodic: readonly string[];
}): boolean {
  return system.coordinates.length === 2 && system.periodic.length === 0;
}

/** Makes the learned coordinate known to a graph under its name. */
export function defineLearned(
  graph: Graph,
  { axes, coefficients }: LearnedCoordinate,
  coordinates: readonly string[],
): void {
  const spline = new SplineBias(axes, TABLE);
  graph.tables[TABLE] = coefficients;
  graph.define(
    LEARNED_CV.value,
    spline.energy(
      graph,
      coordinates.map((name) => graph.input(name)),
    ),
  );
}

/** Its value at a place, in double precision. */
export function learnedValue({ axes, coefficients }: LearnedCoordinate, x: number, y: number): number {
  return new SplineBias(axes, TABLE).at(x, y, coefficients);
}
