/** What the generator says of a passage from start to target, and the asymptotic distribution for small kT beside it. */
import type { Grid } from '../numerics/results.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import { complete } from '../numerics/task.ts';
import { hessian, stationaryPoint } from '../systems/energy-surface.ts';
import type { SystemModel } from '../systems/model.ts';
import type { Region, Regions } from '../systems/regions.ts';
import type { Rates } from './answers.ts';
import { Basins } from './basins.ts';
import { above, ball, below, committor, meanFirstPassageTime, type TargetSet } from './first-passage.ts';
import { type GridGenerator, valueAt } from './generator.ts';
import { eyringKramersTime } from './kramers.ts';
import { generatorOf } from './model-generator.ts';
import { relaxationTimes } from './relaxation.ts';

const SLOWEST = 3;
/** Share of the domain by which one steps off a saddle to see which wells it joins. */
const OFF_SADDLE = 0.02;

/**
 * Null where the generator is not solved: more than two coordinates, hidden ones, no potential, an energy that does not
 * rise far away.
 */
export function ratesOf(
  model: SystemModel,
  kT: number,
  regions: Regions | null,
): Omit<Rates, 'averaged'> | null {
  if (model.energyNode === null || model.dimension > 2 || model.system.hidden || isTilted(model)) return null;
  const grid = attempt(() => generatorOf(model, kT));
  if (!grid) return null;
  return {
    meanFirstPassageTime: regions && passageTime(grid, model, regions),
    kramers: regions && networkTime(model, kT, regions),
    relaxationTimes: [...(attempt(() => complete(relaxationTimes(grid, SLOWEST))) ?? [])],
    committor: regions && committorGrid(grid, model, regions),
  };
}

/** Whether the energy changes over a period, so that the dynamics is not reversible. */
export function isTilted(model: SystemModel): boolean {
  const { coordinates, domain, periodic } = model.system;
  const middle = domain.map(([low, high]) => (low + high) / 2);
  return coordinates.some((name, d) => {
    if (!periodic.includes(name)) return false;
    const [begin, end] = domain[d].map((value) => model.energyAt(middle.with(d, value)));
    return Math.abs(end - begin) > 1e-9 * Math.max(1, Math.abs(begin));
  });
}

function passageTime(grid: GridGenerator, model: SystemModel, { start, target }: Regions): number | null {
  const set = setOf(model, target);
  if (!set) return null;
  return attempt(() => {
    const time = valueAt(grid, complete(meanFirstPassageTime(grid, set)), start.center);
    return Number.isFinite(time) && time > 0 ? time : null;
  });
}

function committorGrid(grid: GridGenerator, model: SystemModel, { start, target }: Regions): Grid | null {
  const [from, to] = [setOf(model, start), setOf(model, target)];
  if (!from || !to) return null;
  return attempt(() => ({
    xs: grid.axes[0],
    ys: grid.axes[1] ?? new Float64Array(1),
    values: complete(committor(grid, from, to)),
  }));
}

/** A region as the simulation sees it. A half-line along a periodic coordinate has no image within one period: null. */
function setOf({ dimension, system }: SystemModel, { center, radius, from }: Region): TargetSet | null {
  if (dimension > 1) return ball(center, radius);
  if (system.periodic.length > 0) return null;
  return center[0] > from[0] ? above(0, center[0] - radius) : below(0, center[0] + radius);
}

/**
 * Mean passage time of the jump process between the stated wells with an Eyring-Kramers rate over every stated saddle
 * (in one dimension Kramers' own). With two wells and one saddle it is that formula; saddles side by side and in series
 * are counted as they should.
 */
function networkTime(model: SystemModel, kT: number, { start, target }: Regions): number | null {
  return attempt(() => {
    const basins = new Basins(model);
    const [from, to] = [basins.at(...start.center), basins.at(...target.center)];
    if (from === to || from < 0 || to < 0) return null;
    const rates = jumpRates(model, kT, basins);
    const time = hittingTime(rates, from, to);
    return time !== null && Number.isFinite(time) && time > 0 ? time : null;
  });
}

/** `rates[i][j]` from well i to well j. */
function jumpRates(model: SystemModel, kT: number, basins: Basins): number[][] {
  const { minima, saddles } = model.system.facts;
  const rates = minima.map(() => minima.map(() => 0));
  const wells = minima.map(({ at }) => stationaryPoint(model, at));
  for (const { at } of saddles) {
    const saddle = stationaryPoint(model, at);
    const [a, b] = joined(model, basins, saddle);
    if (a === b) continue;
    rates[a][b] += 1 / eyringKramersTime(model, kT, wells[a], saddle);
    rates[b][a] += 1 / eyringKramersTime(model, kT, wells[b], saddle);
  }
  return rates;
}

/** The two wells on either side of a saddle. */
function joined(model: SystemModel, basins: Basins, saddle: readonly number[]): [number, number] {
  const [direction] = symmetricEigen(hessian(model, saddle)).vectors;
  const reach = OFF_SADDLE * Math.min(...model.system.domain.map(([low, high]) => high - low));
  const side = (sign: number) => basins.at(...saddle.map((value, d) => value + sign * reach * direction[d]));
  return [side(1), side(-1)];
}

/** Mean time to hit `to`: sum_j rates[i][j] (T_j - T_i) = -1 with T_to = 0, by elimination; null if it may never be hit. */
function hittingTime(rates: readonly (readonly number[])[], from: number, to: number): number | null {
  const alive = reaching(rates, to).filter((well) => well !== to);
  if (!alive.includes(from)) return null;
  // Wells are eliminated one by one, `from` last: what is jumped over adds its waiting time.
  const order = [...alive.filter((well) => well !== from), from];
  const rate = rates.map((row) => [...row]);
  const wait = rates.map(() => 1);
  for (const gone of order) {
    const others = [...order.slice(order.indexOf(gone) + 1), to];
    const out = others.reduce((sum, well) => sum + rate[gone][well], 0);
    if (!(out > 0)) return null;
    if (gone === from) return wait[from] / out;
    for (const well of others) {
      const share = rate[well][gone] / out;
      wait[well] += share * wait[gone];
      for (const next of others) if (next !== well) rate[well][next] += share * rate[gone][next];
    }
  }
  return null;
}

function reaching(rates: readonly (readonly number[])[], to: number): number[] {
  const known = [to];
  for (const well of known)
    rates.forEach((row, other) => {
      if (row[well] > 0 && !known.includes(other)) known.push(other);
    });
  return known;
}

/** What cannot be computed has no answer, whatever the reason. */
function attempt<T>(compute: () => T | null): T | null {
  try {
    return compute();
  } catch {
    return null;
  }
}
