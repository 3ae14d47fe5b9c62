/** Arrows as one line with gaps: thousands of markers would take long to draw. */
import type { Data } from 'plotly.js';
import type { Range } from './figure.ts';

/** Angle between the shaft and either side of the head. */
const ANGLE = 0.42;

export interface ArrowStyle {
  readonly color: string;
  readonly width: number;
  /** Length of the head, as a share of the picture; shorter on short arrows. */
  readonly head: number;
}

type Place = readonly [number, number];

/** @param arrows beginnings and tips  @param window ranges of the two axes, in which heads keep their shape */
export function arrowsTrace(
  arrows: readonly { readonly from: Place; readonly to: Place }[],
  window: readonly Range[],
  { color, width, head }: ArrowStyle,
): Data {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const [sx, sy] = window.map(([low, high]) => high - low);
  for (const { from, to } of arrows) {
    const [u, v] = [(to[0] - from[0]) / sx, (to[1] - from[1]) / sy];
    const length = Math.hypot(u, v);
    const size = Math.min(head, 0.6 * length) / Math.max(length, 1e-12);
    const side = (angle: number): Place => [
      to[0] - size * sx * (u * Math.cos(angle) - v * Math.sin(angle)),
      to[1] - size * sy * (u * Math.sin(angle) + v * Math.cos(angle)),
    ];
    const [left, right] = [side(ANGLE), side(-ANGLE)];
    x.push(from[0], to[0], left[0], to[0], right[0], null);
    y.push(from[1], to[1], left[1], to[1], right[1], null);
  }
  return { type: 'scatter', mode: 'lines', x, y, line: { color, width, simplify: false }, hoverinfo: 'skip' };
}
