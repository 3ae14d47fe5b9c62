/** Where windows stand and how stiff they are, given the free energy. */
import { shortest } from '../../dynamics/bias-term.ts';
import { biasedDensity, isUnimodal, sharedBy } from './biased-density.ts';
import type { Profile } from './profile.ts';

/** What windows are laid into. */
export interface Terrain {
  readonly profile: Profile;
  /** Downward curvature to be feared beside that of the profile, at each of its places. */
  readonly hidden: Float64Array;
  readonly kT: number;
  readonly range: readonly [number, number];
  /** Of a ring. */
  readonly period: number | undefined;
  /** Largest spring constant that the time step carries, at each place of the profile. */
  readonly carried: Float64Array;
}

export interface Layout {
  readonly centers: number[];
  readonly springConstants: number[];
  /** Thermal width of the biased density of each window, and its peak. */
  readonly widths: number[];
  readonly peaks: number[];
  /** Smallest of all neighbours. */
  readonly overlap: number;
  /** Distance of neighbours in widths. */
  readonly distance: number;
  /** More windows were wanted than may be. */
  readonly bounded: boolean;
  /** All windows have one spring, because springs of their own would have put centres out of order. */
  readonly uniform: boolean;
}

export const MOST_WINDOWS = 64;
/** Springs are this many times the largest downward curvature near by; less where the time step does not carry it. */
export const MARGIN = 2;
const LEAST_MARGIN = 1.3;
/** Thermal width of windows where F is flat, as a share of the range. */
export const FLAT_WIDTH = 1 / 20;
/** How far a window feels curvature, in widths of a flat window. */
const REACH = 2;
/** Where F is higher than this many kT at the ends there is nothing to learn. */
export const CEILING = 10;
/** Springs at walls are at most this many times stiffer. */
const STIFFEST_WALL = 8;
/** Centres go out so much for each step that peaks do, where a wall pushes windows back. */
const CREEP = 0.3;
/** Neighbours are at most this many widths apart, and share at least so much. */
const DISTANCE = 2;
const LEAST_SHARED = 0.17;
const CLOSER = 0.93;
const STIFFER = 1.3;
const MOST_ATTEMPTS = 12;
const DIGITS = 4;

/** Windows one next to the other over all that was measured, as many as it takes. */
export function layOut(terrain: Terrain): Layout {
  let options: Options = { distance: DISTANCE, margin: MARGIN, uniform: false };
  for (let attempt = 1; ; attempt++) {
    const layout = attempted(terrain, options);
    const better = mended(layout, terrain, options);
    if (!better || attempt === MOST_ATTEMPTS) return sorted(layout, terrain);
    options = better;
  }
}

interface Options {
  /** Of neighbours at most, in widths. */
  readonly distance: number;
  readonly margin: number;
  readonly uniform: boolean;
}

/** Options under which what is wrong with a layout may come right; null if nothing is. */
function mended(layout: Layout, terrain: Terrain, options: Options): Options | null {
  const { centers, overlap, bounded, uniform } = layout;
  const inOrder = centers.every((center, k) => k === 0 || center > centers[k - 1]);
  if (!inOrder && !uniform) return { ...options, uniform: true };
  const ring = terrain.period !== undefined;
  if (!densitiesOf(layout, terrain).every((density) => isUnimodal(density, ring)))
    return { ...options, margin: options.margin * STIFFER };
  return overlap < LEAST_SHARED && !bounded ? { ...options, distance: options.distance * CLOSER } : null;
}

function attempted(terrain: Terrain, options: Options): Layout {
  const { profile, period, kT } = terrain;
  const { at, slope, curvature } = profile;
  const { springs, first, last } = springsOf(terrain, options);
  // Noise may make a window look wider than it can be with the margin of its spring.
  const widths = springs.map((k, i) => Math.sqrt(kT / Math.max(k + curvature[i], k / 3)));
  const places = evenPlaces(
    widths,
    { first, last, spacing: at[1] - at[0] },
    options.distance,
    period !== undefined,
  );
  const here = (values: Float64Array, place: number) => between(values, place);
  const springConstants = places.at.map((place) => rounded(here(springs, place)));
  const peaks = places.at.map((place) => at[0] + place * (at[1] - at[0]));
  const [low, high] = terrain.range;
  const centers = peaks.map((peak, k) => {
    const center = peak + here(slope, places.at[k]) / springConstants[k];
    return rounded(period === undefined ? Math.min(Math.max(center, low), high) : center);
  });
  const layout = {
    centers,
    springConstants,
    peaks,
    widths: places.at.map((place) => here(widths, place)),
    distance: places.distance,
    bounded: places.bounded,
    uniform: options.uniform,
  };
  return { ...layout, overlap: overlapOf(densitiesOf(layout, terrain), period !== undefined) };
}

/** Places (in nodes, fractions between them) that are equally many widths apart. */
function evenPlaces(
  widths: Float64Array,
  { first, last, spacing }: { readonly first: number; readonly last: number; readonly spacing: number },
  distance: number,
  ring: boolean,
) {
  const inverse = Array.from(
    { length: last - first + 1 },
    (_, i) => spacing / widths[(first + i) % widths.length],
  );
  const steps = [0];
  for (let i = 1; i < inverse.length; i++) steps.push(steps[i - 1] + (inverse[i - 1] + inverse[i]) / 2);
  const length = steps[steps.length - 1];
  const wanted = Math.max(ring ? 3 : 1, Math.ceil(length / distance));
  const gaps = Math.min(wanted, ring ? MOST_WINDOWS : MOST_WINDOWS - 1);
  const at = Array.from({ length: ring ? gaps : gaps + 1 }, (_, k) => {
    const target = (k * length) / gaps;
    const i = Math.max(
      1,
      steps.findIndex((step) => step >= target * (1 - 1e-12)),
    );
    return first + i - 1 + (target - steps[i - 1]) / (steps[i] - steps[i - 1]);
  });
  return { at, distance: length / gaps, bounded: wanted > gaps };
}

/** Springs at every node, and the nodes between which windows can have their peaks. */
function springsOf(terrain: Terrain, { margin, uniform }: Options) {
  const { profile, kT, range, period, carried } = terrain;
  const nodes = profile.at.length;
  const downward = downwardCurvature(terrain);
  const soft = kT / (FLAT_WIDTH * (range[1] - range[0])) ** 2;
  const springs = downward.map((curvature, i) => {
    const least = LEAST_MARGIN * curvature * (margin / MARGIN);
    return Math.min(Math.max(soft, margin * curvature), Math.max(carried[i], least));
  });
  if (uniform) springs.fill(springs.reduce((a, b) => Math.max(a, b), 0));
  // Once round a ring ends where it began.
  if (period !== undefined) return { springs, first: 0, last: nodes };
  const last = stiffened(terrain, springs, 1, uniform);
  const first = stiffened(terrain, springs, -1, uniform);
  return { springs, first, last };
}

/** Largest downward curvature within reach of every node, a standard error added, without steps. */
function downwardCurvature({ profile, hidden, range, period }: Terrain): Float64Array {
  const { at, curvature, curvatureError } = profile;
  const reach = REACH * FLAT_WIDTH * (range[1] - range[0]);
  const near = (i: number) =>
    [...at.keys()].filter((j) => Math.abs(shortest(at[j] - at[i], period)) <= reach);
  const neighbours = [...at.keys()].map(near);
  const largest = neighbours.map((all) =>
    Math.max(0, ...all.map((j) => curvatureError[j] + hidden[j] - curvature[j])),
  );
  // The mean of the largest within the same reach is no smaller than the curvature at its middle.
  return Float64Array.from(neighbours, (all) => all.reduce((sum, j) => sum + largest[j], 0) / all.length);
}

/**
 * Makes springs stiffer towards an end at which the free energy rises, so that windows reach up the wall though their centres
 * stay within the range. @returns the outermost node where a window can have its peak
 */
function stiffened(
  { profile, kT, range, carried }: Terrain,
  springs: Float64Array,
  way: 1 | -1,
  uniform: boolean,
): number {
  const { at, slope, F } = profile;
  const end = way > 0 ? range[1] : range[0];
  const outermost = way > 0 ? at.length - 1 : 0;
  const needed = (i: number) => (way * slope[i] <= 0 ? 0 : Math.abs(slope[i] / (end - at[i])));
  const most = springs.map((k, i) => (uniform ? k : Math.max(k, Math.min(carried[i], STIFFEST_WALL * k))));
  const middle = at.length >> 1;
  let last = outermost;
  while (last !== middle && (F[last] > CEILING * kT || !(needed(last) <= most[last]))) last -= way;
  if (uniform) return last;
  for (let i = last; i !== middle && slope[i] * way > 0; i -= way) {
    const room = Math.abs(end - at[last]) + (1 - CREEP) * Math.abs(at[last] - at[i]);
    springs[i] = Math.max(springs[i], Math.abs(slope[i]) / room);
  }
  return last;
}

function densitiesOf(
  { centers, springConstants }: Pick<Layout, 'centers' | 'springConstants'>,
  { profile, kT, period }: Terrain,
): Float64Array[] {
  return centers.map((center, k) => biasedDensity(profile, kT, center, springConstants[k], period));
}

/** Smallest share of all neighbours; 1/2 for a single window. */
function overlapOf(densities: readonly Float64Array[], ring: boolean): number {
  const next = (k: number) => densities[(k + 1) % densities.length];
  const pairs = ring ? densities : densities.slice(0, -1);
  return pairs.reduce((least, density, k) => Math.min(least, sharedBy(density, next(k))), 0.5);
}

/** Centres of a ring within its range; windows in the order of their centres. */
function sorted(layout: Layout, { range: [low], period }: Terrain): Layout {
  if (period === undefined) return layout;
  const wrapped = layout.centers.map((center) =>
    rounded(center - period * Math.floor((center - low) / period)),
  );
  const order = [...wrapped.keys()].sort((a, b) => wrapped[a] - wrapped[b]);
  const by = (values: readonly number[]) => order.map((k) => values[k]);
  return {
    ...layout,
    centers: by(wrapped),
    springConstants: by(layout.springConstants),
    peaks: by(layout.peaks),
    widths: by(layout.widths),
  };
}

/** Between two nodes, a straight line; beyond the last comes the first. */
function between(values: Float64Array, place: number): number {
  const i = Math.floor(place);
  const next = values[(i + 1) % values.length];
  return values[i % values.length] + (place - i) * (next - values[i % values.length]);
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
