/** Equilibrium correlation functions of overdamped dynamics, from the generator. */
import { complete } from '../numerics/task.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { SystemModel } from '../systems/model.ts';
import type { ExactCorrelation } from './answers.ts';
import type { GridGenerator } from './generator.ts';
import { generatorOf } from './model-generator.ts';
import { spectrumOf } from './relaxation.ts';

/** Cells along each of two coordinates. */
const CELLS = 100;

/** What correlations of a cv are those of: itself, or cosine and sine of its phase where it is periodic. */
export function observablesOf({
  range: [low, high],
  periodic,
}: CollectiveVariable): ((value: number) => number)[] {
  if (!periodic) return [(value) => value];
  const phase = (value: number) => (2 * Math.PI * (value - low)) / (high - low);
  return [(value) => Math.cos(phase(value)), (value) => Math.sin(phase(value))];
}

/** @throws Error where the generator cannot be made */
export function correlationOf(model: SystemModel, kT: number, cv: CollectiveVariable): ExactCorrelation {
  const grid = generatorOf(model, kT, model.dimension === 2 ? { cells: CELLS } : {});
  const value = model.observable(cv.value);
  const cells = Array.from(grid.weights, (_, k) => value.at(placeOf(grid, k))[0]);
  const parts = observablesOf(cv).map((observable) =>
    complete(spectrumOf(grid, Float64Array.from(cells, observable))),
  );
  const lines = parts.flat();
  const total = lines.reduce((sum, { weight }) => sum + weight, 0);
  return { times: lines.map(({ time }) => time), weights: lines.map(({ weight }) => weight / total) };
}

function placeOf({ axes, nx }: GridGenerator, cell: number): number[] {
  return axes.length === 1 ? [axes[0][cell]] : [axes[0][cell % nx], axes[1][Math.floor(cell / nx)]];
}

export function correlationAt({ times, weights }: ExactCorrelation, lag: number): number {
  return weights.reduce((sum, weight, k) => sum + weight * Math.exp(-lag / times[k]), 0);
}

/** The integral over all lags. */
export function correlationTime({ times, weights }: ExactCorrelation): number {
  return weights.reduce((sum, weight, k) => sum + weight * times[k], 0);
}
