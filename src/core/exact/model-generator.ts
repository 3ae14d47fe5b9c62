/** The generator of a model, with cells where they count: the wells that are ever visited and the passes between them. */
import { Problem } from '../message.ts';
import { binCenters } from '../numerics/results.ts';
import { energiesOn } from '../systems/energy-surface.ts';
import type { SystemModel } from '../systems/model.ts';
import { type GridGenerator, gridGenerator } from './generator.ts';
import { message } from './messages.ts';

type Range = readonly [number, number];

/** log of 1e12: states further above the minimum, in kT, hold a negligible share of the probability. */
const NEGLIGIBLE = Math.log(1e12);
/** Height above the highest pass, in kT, at which the current over it is negligible. */
const ABOVE_PASS = 14;
const DEFAULT_CELLS = 200;
const SCOUT_CELLS = 120;
const GROWTH = 0.15;
const MOST_GROWTHS = 40;

export interface GeneratorOptions {
  /** Cells along each coordinate. */
  readonly cells?: number;
  /** Reflecting walls, or the ends of a period, along each coordinate; found from the energy when absent. */
  readonly box?: readonly (readonly [number, number])[];
}

/**
 * The generator of a model with one or two coordinates.
 * @throws Error for more coordinates, for hidden ones, without a potential, or when the energy does not rise far away
 */
export function generatorOf(model: SystemModel, kT: number, options: GeneratorOptions = {}): GridGenerator {
  const { coordinates, periodic, hidden } = model.system;
  // The mobility of observed coordinates is a matrix that depends on the place.
  if (hidden) throw new Error('hidden coordinates');
  const { cells = DEFAULT_CELLS, box = generatorBox(model, kT) } = options;
  const axes = box.map(([low, high]) => binCenters(low, high, cells));
  const wraps = coordinates.map((name) => periodic.includes(name));
  return gridGenerator(axes, energiesOn(model, axes), model.mobility, kT, wraps);
}

/**
 * The smallest box (give or take a hundredth) outside which neither the probability nor the current between wells counts.
 * Starts from the plotted domain, grows and shrinks; a period
 * stays as it is.
 * @throws Error for more than two coordinates, or when the energy does not rise far away
 */
export function generatorBox(model: SystemModel, kT: number): Range[] {
  if (model.dimension > 2)
    throw new Problem(message('exact-needs-few-coordinates', { dimension: model.dimension }));
  const { domain, coordinates, periodic } = model.system;
  const wraps = coordinates.map((name) => periodic.includes(name));
  let box: Range[] = domain.map(([low, high]) => [low, high]);
  for (let round = 0; round < MOST_GROWTHS; round++) {
    const occupied = occupiedCells(model, kT, box);
    const open = occupied.map(({ first, last }, d) => [
      !wraps[d] && first === 0,
      !wraps[d] && last === SCOUT_CELLS - 1,
    ]);
    if (!open.flat().some(Boolean))
      return shrunk(box, occupied).map((range, d) => (wraps[d] ? domain[d] : range));
    box = box.map(([low, high], d) => [
      open[d][0] ? low - GROWTH * (high - low) : low,
      open[d][1] ? high + GROWTH * (high - low) : high,
    ]);
  }
  throw new Problem(
    message('energy-unbounded', { system: model.system.id, coordinates: model.system.coordinates }),
  );
}

/** First and last cell, along each coordinate, that counts. */
interface Occupied {
  readonly first: number;
  readonly last: number;
}

function shrunk(box: readonly Range[], occupied: readonly Occupied[]): Range[] {
  return box.map(([low, high], d) => {
    const h = (high - low) / SCOUT_CELLS;
    return [low + (occupied[d].first - 1) * h, low + (occupied[d].last + 2) * h];
  });
}

function occupiedCells(model: SystemModel, kT: number, box: readonly Range[]): Occupied[] {
  const axes = box.map(([low, high]) => binCenters(low, high, SCOUT_CELLS));
  const energies = energiesOn(model, axes);
  const lowest = energies.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(lowest)) throw new Problem(message('energy-not-finite', { system: model.system.id }));
  const pass = highestPass(energies, lowest + NEGLIGIBLE * kT);
  const level = Math.max(lowest + NEGLIGIBLE * kT, pass + ABOVE_PASS * kT);
  const first = axes.map(() => SCOUT_CELLS);
  const last = axes.map(() => -1);
  for (let k = 0; k < energies.length; k++)
    if (energies[k] < level)
      [k % SCOUT_CELLS, Math.floor(k / SCOUT_CELLS)].slice(0, axes.length).forEach((place, d) => {
        first[d] = Math.min(first[d], place);
        last[d] = Math.max(last[d], place);
      });
  return axes.map((_, d) => ({ first: first[d], last: last[d] }));
}

/** Lowest energy at which all wells that reach below `visited` are connected; -Infinity if there is one such well. */
function highestPass(energies: Float64Array, visited: number): number {
  const order = Int32Array.from(energies.keys()).sort((a, b) => energies[a] - energies[b]);
  const parent = new Int32Array(energies.length).fill(-1);
  const root = (cell: number): number => {
    let at = cell;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  let pass = Number.NEGATIVE_INFINITY;
  for (const cell of order) {
    if (energies[cell] === Number.POSITIVE_INFINITY) break;
    parent[cell] = cell;
    for (const next of around(cell, energies.length)) {
      if (parent[next] < 0) continue;
      const [a, b] = [root(cell), root(next)];
      if (a === b) continue;
      // The root of a well is its lowest cell.
      const [lower, upper] = energies[a] <= energies[b] ? [a, b] : [b, a];
      if (energies[upper] < visited && upper !== cell) pass = energies[cell];
      parent[upper] = lower;
    }
  }
  return pass;
}

function around(cell: number, count: number): number[] {
  const i = cell % SCOUT_CELLS;
  const candidates = [cell - SCOUT_CELLS, cell + SCOUT_CELLS].filter((next) => next >= 0 && next < count);
  if (i > 0) candidates.push(cell - 1);
  if (i < SCOUT_CELLS - 1) candidates.push(cell + 1);
  return candidates;
}
