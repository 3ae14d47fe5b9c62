/** What an energy of one or two coordinates looks like, found numerically: minima, saddles, and what would make it useless. */

import { BudgetSpent, type Meter } from '../expression/meter.ts';
import { type MessageOf, messages } from '../message.ts';
import { linspace } from '../numerics/results.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import type { Domain, Facts, StationaryPoint } from './contract.ts';
import { energiesOn, hessian, nodesOf, stationaryPoint } from './energy-surface.ts';
import { SystemModel } from './model.ts';

/** Nodes of the survey along each coordinate, by the number of coordinates; odd, so that the middle of the domain is one. */
const NODES = [0, 2001, 101];
const MOST_POINTS = 16;
const MOST_SEARCHES = 64;
const MOST_STEPS = 400;
/** A search that ends this many times deeper than the energies of the grid reach is falling into a pole. */
const POLE = 1e3;
/** A search ends when its step is this share of the spacing. */
const FINEST = 1e-10;
/** The domain is enlarged by these factors to see what the energy does far away; by several, since it may go up and down. */
const FAR = [3.1, 5.3, 8];
/** Lines across the domain on which the way out is followed, and nodes of each, per width of the domain. */
const LINES = 41;
const LINE_NODES = 1024;
/** An energy that confines has risen so many times higher there as on the way out of the domain, at least. */
const RISE = 1.2;

/** The energy as a model, without facts. @param meter what its operations are counted on */
export function surveyed(
  energy: string,
  parameters: Readonly<Record<string, number>>,
  domain: Domain,
  coordinates: readonly string[] = ['x', 'y'],
  meter?: Meter,
): Survey {
  const system = {
    coordinates,
    domain,
    params: {},
    energy,
    cvs: [],
    facts: { minima: [], saddles: [] },
    start: domain.map(([low, high]) => (low + high) / 2),
    suggest: {},
  };
  return new Survey(new SystemModel(system, parameters, meter), domain);
}

/** What makes an expression useless in a domain; `at` is a place there. */
export interface SurveyMessages {
  readonly 'not-finite-at': { readonly what: Surveyed; readonly at: readonly number[] };
  readonly 'pole-near': { readonly what: Surveyed; readonly at: readonly number[] };
  readonly 'no-minimum': object;
  readonly 'does-not-rise': object;
}

export type Surveyed = 'energy' | 'cv';

const message = messages<SurveyMessages>();

interface Descent {
  readonly at: number[];
  readonly energy: number;
  /** Whether the search ended at a point from which every step rises. */
  readonly settled: boolean;
}

export class Survey {
  private readonly axes: readonly Float64Array[];
  private readonly spacings: readonly number[];
  private readonly energies: Float64Array;
  private readonly range: number;
  private found: Facts | undefined;

  constructor(
    private readonly model: SystemModel,
    private readonly domain: Domain,
  ) {
    this.axes = domain.map(([low, high]) => linspace(low, high, NODES[domain.length]));
    this.spacings = this.axes.map((axis) => axis[1] - axis[0]);
    this.energies = energiesOn(model, this.axes);
    const [lowest, highest] = extent(this.energies);
    this.range = highest - lowest || 1;
  }

  /** What makes the energy useless in this domain, if anything. */
  problem(): MessageOf<SurveyMessages> | undefined {
    const uneven = this.unevenness('energy');
    if (uneven) return uneven;
    if (this.facts().minima.length === 0) return message('no-minimum', {});
    return this.rises() ? undefined : message('does-not-rise', {});
  }

  /** Where in the domain the expression is not a finite number, if anywhere. */
  unevenness(what: Surveyed): MessageOf<SurveyMessages> | undefined {
    const broken = this.energies.findIndex((u) => !Number.isFinite(u));
    if (broken >= 0) return message('not-finite-at', { what, at: this.node(broken) });
    const pole = this.pole();
    return pole && message('pole-near', { what, at: pole });
  }

  facts(): Facts {
    this.found ??= this.searched();
    return this.found;
  }

  /** Lowest and highest value in the domain. */
  extent(): readonly [number, number] {
    return extent(this.energies);
  }

  private searched(): Facts {
    const ends = this.extremes(1).map((at) => this.descended(at, 1));
    const minima = this.stationary(ends, 0);
    const saddles = this.stationary(
      this.flatPlaces().map((at) => ({ at, settled: false })),
      1,
    );
    return { minima: named('well', minima), saddles: named('pass', saddles) };
  }

  /** Smallest and largest value of an expression over the places with energies below `level`. */
  rangeWhere(expression: string, level: number): readonly [number, number] {
    const values = new Float64Array(this.energies.length);
    this.model.observable(expression).evaluate(nodesOf(this.axes), values.length, values);
    const [low, high] = extent(values.filter((_, k) => this.energies[k] <= level));
    if (high > low) return [low, high];
    return low === high ? [low - 1, low + 1] : [-1, 1];
  }

  private node(k: number): number[] {
    const [xs, ys] = this.axes;
    return ys ? [xs[k % xs.length], ys[Math.floor(k / xs.length)]] : [xs[k]];
  }

  private energiesAt(places: readonly (readonly number[])[]): Float64Array {
    const q = Float64Array.from(this.axes.flatMap((_, d) => places.map((place) => place[d])));
    const energies = new Float64Array(places.length);
    this.model.energy(q, places.length, energies);
    return energies;
  }

  /** Nodes inside the grid that are not above (`sign` 1) or below (-1) any neighbour, the most extreme first. */
  private extremes(sign: number, values = this.energies): number[][] {
    const found: number[] = [];
    const nx = this.axes[0].length;
    const onBorder = (k: number) =>
      this.axes.some(({ length }, d) => {
        const place = d === 0 ? k % nx : Math.floor(k / nx);
        return place === 0 || place === length - 1;
      });
    const around = this.axes.length === 1 ? [-1, 1] : [-nx - 1, -nx, -nx + 1, -1, 1, nx - 1, nx, nx + 1];
    for (let k = 0; k < values.length; k++) {
      if (onBorder(k)) continue;
      const rises = around.map((step) => sign * (values[k + step] - values[k]));
      if (rises.every((rise) => rise >= 0) && rises.some((rise) => rise > 0)) found.push(k);
    }
    found.sort((a, b) => sign * (values[a] - values[b]));
    return found.slice(0, MOST_SEARCHES).map((k) => this.node(k));
  }

  /** Where a search by halved steps ends, without derivatives: energies may have kinks. */
  private descended(start: readonly number[], sign: number): Descent {
    let at = [...start];
    let energy = this.energiesAt([at])[0];
    let share = 1;
    for (let n = 0; n < MOST_STEPS && share > FINEST; n++) {
      const steps = this.stepsFrom(at, share);
      const energies = this.energiesAt(steps);
      const stay = (steps.length - 1) / 2;
      const best = energies.reduce((k, u, next) => (sign * u < sign * energies[k] ? next : k), stay);
      const fallen = sign * energies[best] < sign * energy;
      if (!fallen) share /= 2;
      else [at, energy] = [steps[best], energies[best]];
      if (!(Math.abs(energy - this.energies[0]) < POLE * this.range)) break;
    }
    return { at, energy, settled: share <= FINEST };
  }

  /** A place and its neighbours at this share of the spacing; the place itself is the middle one. */
  private stepsFrom(at: readonly number[], share: number): number[][] {
    return at.reduce<number[][]>(
      (steps, value, d) =>
        steps.flatMap((step) => [-1, 0, 1].map((side) => [...step, value + side * share * this.spacings[d]])),
      [[]],
    );
  }

  /**
   * Whether the energy confines: along every coordinate and to both sides, however the others are chosen, it is higher far away
   * than anywhere on the way out of the domain, by more than if it levelled off (a Morse well) or came back (a cosine).
   */
  private rises(): boolean {
    const [lowest] = extent(this.energies);
    return this.domain.every(([low, high], d) => {
      const places = linspace(low, high, LINES);
      const least = places.map((value) => this.leastAcross(d, value, 1));
      const bottom = least.indexOf(Math.min(...least));
      const [middle, half] = [(low + high) / 2, (high - low) / 2];
      return [-1, 1].every((side) => {
        const outward = side < 0 ? least.subarray(0, bottom + 1) : least.subarray(bottom);
        const top = Math.max(...outward) - lowest;
        return FAR.every((factor) => {
          const risen = this.leastAcross(d, middle + side * factor * half, factor) - lowest;
          // Energies that are no number out there say nothing about how it falls.
          return Number.isNaN(risen) || (risen > 0 && risen > RISE * top);
        });
      });
    });
  }

  /** Least energy where coordinate `d` has a value, the other one anywhere in the enlarged domain. */
  private leastAcross(d: number, value: number, factor: number): number {
    const other = this.domain[1 - d];
    if (!other) return this.energiesAt([[value]])[0];
    const [middle, half] = [(other[0] + other[1]) / 2, (factor * (other[1] - other[0])) / 2];
    const line = linspace(middle - half, middle + half, Math.ceil(factor) * LINE_NODES + 1);
    const energies = this.energiesAt(Array.from(line, (v) => (d === 0 ? [value, v] : [v, value])));
    const finite = energies.filter((u) => !Number.isNaN(u));
    return finite.length > 0 ? Math.min(...finite) : Number.NaN;
  }

  private pole(): number[] | undefined {
    const reach = POLE * this.range;
    for (const sign of [1, -1])
      for (const start of this.extremes(sign)) {
        const { at, energy } = this.descended(start, sign);
        if (!(Math.abs(energy - this.energies[0]) < reach)) return at;
      }
    return undefined;
  }

  /** Nodes where the slope is smallest. */
  private flatPlaces(): number[][] {
    const count = this.energies.length;
    const gradient = new Float64Array(this.axes.length * count);
    this.model.gradient(nodesOf(this.axes), count, gradient);
    const slopes = this.energies.map((_, k) =>
      Math.hypot(...this.axes.map((_, d) => gradient[k + d * count])),
    );
    return this.extremes(1, slopes);
  }

  /** The stationary points with this many directions downhill to which Newton's method leads. */
  private stationary(
    starts: readonly Pick<Descent, 'at' | 'settled'>[],
    downhill: number,
  ): Omit<StationaryPoint, 'name'>[] {
    const found: number[][] = [];
    for (const start of starts) {
      const at = this.polished(start, downhill);
      if (!at || found.length === MOST_POINTS) continue;
      if (!found.some((other) => this.near(other, at, 0.5))) found.push(at);
    }
    found.sort(([ax, ay], [bx, by]) => (Math.abs(ax - bx) > this.spacings[0] ? ax - bx : ay - by));
    return found.map((at) => ({ at, energy: this.model.energyAt(at) }));
  }

  private polished(
    { at: start, settled }: Pick<Descent, 'at' | 'settled'>,
    downhill: number,
  ): number[] | null {
    const inside = (at: readonly number[]) =>
      at.every((value, d) => value > this.domain[d][0] && value < this.domain[d][1]);
    try {
      const at = stationaryPoint(this.model, start);
      const negative = symmetricEigen(hessian(this.model, at)).values.filter((value) => value < 0).length;
      if (this.near(at, start, 3) && negative === downhill && inside(at)) return at;
    } catch (error) {
      if (error instanceof BudgetSpent) throw error;
      // Newton's method does not settle where the curvature vanishes or jumps.
    }
    return settled && inside(start) ? start : null;
  }

  private near(a: readonly number[], b: readonly number[], spacings: number): boolean {
    return a.every((value, d) => Math.abs(value - b[d]) < spacings * this.spacings[d]);
  }
}

function named(word: string, points: readonly Omit<StationaryPoint, 'name'>[]): StationaryPoint[] {
  return points.map((point, k) => ({ name: `${word} ${k + 1}`, ...point }));
}

function extent(values: ArrayLike<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < values.length; k++) {
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  return [low, high];
}
