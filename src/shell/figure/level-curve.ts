/** The curve of states with one value of a collective variable, over a plane: marching squares. */
import { shortest } from '../../core/dynamics/bias-term.ts';
import type { Grid } from '../../core/numerics/results.ts';

export type Place = readonly [number, number];
export type Segment = readonly [Place, Place];

/**
 * Straight pieces of the level set `values = level`, one or two in every cell that it crosses.
 * @param period of a periodic variable; cells over which it jumps by more than a quarter turn are left out
 */
export function levelCurve({ xs, ys, values }: Grid, level: number, period?: number): Segment[] {
  const away = values.map((value) => shortest(value - level, period));
  const most = period === undefined ? Number.POSITIVE_INFINITY : period / 4;
  const segments: Segment[] = [];
  const nx = xs.length;
  for (let j = 0; j + 1 < ys.length; j++)
    for (let i = 0; i + 1 < nx; i++) {
      const corners = [
        away[j * nx + i],
        away[j * nx + i + 1],
        away[(j + 1) * nx + i + 1],
        away[(j + 1) * nx + i],
      ];
      if (corners.some((value) => !(Math.abs(value) < most))) continue;
      const places: Place[] = [
        [xs[i], ys[j]],
        [xs[i + 1], ys[j]],
        [xs[i + 1], ys[j + 1]],
        [xs[i], ys[j + 1]],
      ];
      const crossings = crossingsOf(corners, places);
      for (let k = 0; k + 1 < crossings.length; k += 2) segments.push([crossings[k], crossings[k + 1]]);
    }
  return segments;
}

/** Where the edges of a cell meet the level: none, two, or four. */
function crossingsOf(corners: readonly number[], places: readonly Place[]): Place[] {
  const crossings: Place[] = [];
  corners.forEach((a, k) => {
    const b = corners[(k + 1) % 4];
    if (a < 0 === b < 0) return;
    const share = a / (a - b);
    const [p, q] = [places[k], places[(k + 1) % 4]];
    crossings.push([p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])]);
  });
  return crossings;
}

/** The highest and the lowest place of a curve, of equals the one furthest to the right and to the left; null for none. */
export function endsOf(segments: readonly Segment[]): { readonly top: Place; readonly bottom: Place } | null {
  const places = segments.flat();
  if (places.length === 0) return null;
  const isHigher = ([x, y]: Place, [u, v]: Place) => y > v || (y === v && x > u);
  return {
    top: places.reduce((best, place) => (isHigher(place, best) ? place : best)),
    bottom: places.reduce((best, place) => (isHigher(best, place) ? place : best)),
  };
}
