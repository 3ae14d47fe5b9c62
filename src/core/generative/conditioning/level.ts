/** Values of collective variables that are asked for, as functions of standardised states. */

import { periodOf, shortest } from '../../dynamics/bias-term.ts';
import type { Interpreter } from '../../expression/interpret.ts';
import { columnsOf } from '../../numerics/layout.ts';
import type { Points, Standardisation } from '../../numerics/results.ts';
import type { Experiment } from '../../params/experiment.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import type { SystemModel } from '../../systems/model.ts';
import { cvOf } from '../../systems/resolved.ts';

/** A collective variable and the value that it is to have. */
export interface Asked {
  readonly cv: CollectiveVariable;
  readonly at: number;
}

/** What an experiment conditions on: the slow variable, and a second one if it names one. */
export function requestedOf(experiment: Experiment, model: SystemModel, at: number): Asked[] {
  const first = { cv: cvOf(model.system, experiment.cv), at };
  if (experiment.also === 'none') return [first];
  return [first, { cv: cvOf(model.system, experiment.also), at: experiment.alsoAt }];
}

/** An expression in the coordinates at each of the states. */
export function valuesOf(model: SystemModel, text: string, { dimension, values }: Points): Float64Array {
  const count = values.length / dimension;
  const out = new Float64Array(count);
  model.observable(text).evaluate(columnsOf(values, dimension), count, out);
  return out;
}

/** Distance from an asked value at standardised states, row by row, and its gradient in standardised units. */
export interface Misses {
  readonly miss: Float64Array;
  readonly slope: Float64Array;
}

export class Level {
  private readonly program: Interpreter;

  constructor(
    model: SystemModel,
    private readonly asked: Asked,
    private readonly scale: Standardisation,
  ) {
    this.program = model.withGradient(asked.cv.value);
  }

  get dimension(): number {
    return this.scale.mean.length;
  }

  misses(rows: Float64Array): Misses {
    const { mean, deviation } = this.scale;
    const dimension = mean.length;
    const count = rows.length / dimension;
    const states = rows.map((v, i) => mean[i % dimension] + deviation[i % dimension] * v);
    const out = new Float64Array((1 + dimension) * count);
    this.program.evaluate(columnsOf(states, dimension), count, out);
    const period = periodOf(this.asked.cv);
    return {
      miss: out.slice(0, count).map((v) => shortest(v - this.asked.at, period)),
      slope: rows.map((_, i) => {
        const d = i % dimension;
        return deviation[d] * out[(1 + d) * count + Math.floor(i / dimension)];
      }),
    };
  }
}

const ROUNDS = 8;

/**
 * Standardised states moved onto the levels along the gradients of the cvs (Newton's method, one cv after the other).
 * A state without a gradient stays.
 */
export function ontoLevels(rows: Float64Array, levels: readonly Level[]): Float64Array {
  const moved = rows.slice();
  for (let round = 0; round < ROUNDS; round++)
    for (const level of levels) {
      const { miss, slope } = level.misses(moved);
      const dimension = moved.length / miss.length;
      miss.forEach((distance, n) => {
        const gradient = slope.subarray(n * dimension, (n + 1) * dimension);
        const step = distance / gradient.reduce((sum, g) => sum + g * g, 0);
        if (!Number.isFinite(step)) return;
        for (let d = 0; d < dimension; d++) moved[n * dimension + d] -= step * gradient[d];
      });
    }
  return moved;
}
