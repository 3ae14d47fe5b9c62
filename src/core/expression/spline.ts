/**
 * A bias that the host makes and every engine runs: a uniform cubic B-spline in one collective variable, or the tensor product
 * of two, whose coefficients stand in a table (de Boor, A Practical Guide to Splines, Springer 1978, chapter IX).
 *
 * Along a ring it closes with all its derivatives. Elsewhere it goes on beyond the ends of its grid with the value that it
 * has there: a walker outside feels the system alone, and comes back if the system lets it. (An open axis goes on as its last cells do.)
 */

import type { Graph, NodeId } from '../expression/graph.ts';

/** Equal cells along one collective variable. */
export interface SplineAxis {
  readonly range: readonly [number, number];
  readonly cells: number;
  /** The range is one period. */
  readonly periodic: boolean;
  /** Beyond its ends the cubics of the outermost cells go on, instead of the values there. */
  readonly open?: boolean;
}

/** Name of the table that holds the coefficients. */
export const SPLINE_TABLE = 'spline';
/** Four splines reach into each cell. */
const REACH = 4;

/** Coefficients along an axis: one for each spline that reaches into the grid, images around a ring included. */
export function coefficientsAlong({ cells }: SplineAxis): number {
  return cells + REACH - 1;
}

export function cellWidth({ range, cells }: SplineAxis): number {
  return (range[1] - range[0]) / cells;
}

export class SplineBias {
  readonly inputs = [];
  readonly tables: readonly { readonly name: string; readonly length: number }[];
  /**
   * Coefficients, the first axis fastest: entry i belongs to the spline whose middle is node i - 1. The host writes them,
   * images of a ring too, and gives them to the engine.
   */
  readonly coefficients: Float64Array;
  private readonly weights = [new Float64Array(REACH), new Float64Array(REACH)];

  /** @param axes one or two  @param table its name, of which a graph holds one */
  constructor(
    readonly axes: readonly SplineAxis[],
    private readonly table = SPLINE_TABLE,
  ) {
    const length = axes.reduce((product, axis) => product * coefficientsAlong(axis), 1);
    this.coefficients = new Float64Array(length);
    this.tables = [{ name: table, length }];
  }

  energy(graph: Graph, cvs: readonly NodeId[]): NodeId {
    const places = this.axes.map((axis, d) => placeNode(graph, axis, cvs[d]));
    const cells = places.map((place, d) => cellNode(graph, this.axes[d], place));
    const within = places.map((place, d) => graph.sub(place, cells[d]));
    const stride = coefficientsAlong(this.axes[0]);
    const along = (row: number): NodeId => {
      const shift = (k: number) => graph.constant(row * stride + k);
      const base = this.axes.length === 1 ? cells[0] : graph.add(cells[0], scaled(graph, cells[1], stride));
      const c = [0, 1, 2, 3].map((k) => graph.lookup(this.table, graph.add(base, shift(k))));
      return cubicNode(graph, c, within[0]);
    };
    if (this.axes.length === 1) return along(0);
    return cubicNode(graph, [0, 1, 2, 3].map(along), within[1]);
  }

  /** The bias at values of the collective variables, in double precision; or that of other coefficients. */
  at(first: number, second = 0, coefficients = this.coefficients): number {
    const [u, v] = this.weights;
    const i = this.weigh(0, first, u);
    if (this.axes.length === 1) return sum(coefficients, i, u);
    const j = this.weigh(1, second, v);
    const stride = coefficientsAlong(this.axes[0]);
    let value = 0;
    for (let l = 0; l < REACH; l++) value += v[l] * sum(coefficients, (j + l) * stride + i, u);
    return value;
  }

  /** Writes the values of the splines that reach to `cv`; returns the first of them. */
  private weigh(d: number, cv: number, out: Float64Array): number {
    const axis = this.axes[d];
    return splineWeights(placeOf(axis, cv), axis.cells, out);
  }
}

/** Writes the values of the four splines that reach to a place (in cells); returns the first of them. */
export function splineWeights(place: number, cells: number, out: Float64Array): number {
  const cell = Math.max(0, Math.min(cells - 1, Math.floor(place)));
  const u = place - cell;
  out[0] = (1 - u) ** 3 / 6;
  out[1] = ((3 * u - 6) * u * u + 4) / 6;
  out[2] = (((3 - 3 * u) * u + 3) * u + 1) / 6;
  out[3] = u ** 3 / 6;
  return cell;
}

function sum(c: Float64Array, start: number, weights: Float64Array): number {
  return (
    weights[0] * c[start] + weights[1] * c[start + 1] + weights[2] * c[start + 2] + weights[3] * c[start + 3]
  );
}

/** Where a value stands in units of cells, between 0 and their number unless the axis is open. */
export function placeOf(axis: SplineAxis, cv: number): number {
  const place = (cv - axis.range[0]) / cellWidth(axis);
  if (axis.open) return place;
  if (axis.periodic) return place - axis.cells * Math.floor(place / axis.cells);
  return Math.min(axis.cells, Math.max(0, place));
}

function placeNode(graph: Graph, axis: SplineAxis, cv: NodeId): NodeId {
  const { range, cells, periodic, open } = axis;
  const [low, high] = range;
  const share = scaled(graph, graph.sub(cv, graph.constant(low)), 1 / (high - low));
  if (periodic) return scaled(graph, graph.sub(share, graph.unary('floor', share)), cells);
  const place = scaled(graph, share, cells);
  return open ? place : between(graph, place, cells);
}

function cellNode(graph: Graph, { cells, open }: SplineAxis, place: NodeId): NodeId {
  return graph.unary('floor', open ? between(graph, place, cells - 1) : place);
}

/** `node`, not below 0 and not above `most`. */
function between(graph: Graph, node: NodeId, most: number): NodeId {
  const [zero, end] = [graph.constant(0), graph.constant(most)];
  return graph.select(graph.less(node, zero), zero, graph.select(graph.less(node, end), node, end));
}

function scaled(graph: Graph, node: NodeId, factor: number): NodeId {
  return graph.mul(node, graph.constant(factor));
}

/** The cubic with these B-spline coefficients at `u` of the way through a cell, as powers of u: few roundings in the slope. */
function cubicNode(graph: Graph, [a, b, c, d]: readonly NodeId[], u: NodeId): NodeId {
  const twice = scaled(graph, b, 2);
  const bend = graph.add(graph.sub(a, twice), c);
  const value = graph.add(b, scaled(graph, bend, 1 / 6));
  const slope = scaled(graph, graph.sub(c, a), 1 / 2);
  const twist = scaled(graph, graph.add(graph.sub(d, a), scaled(graph, graph.sub(b, c), 3)), 1 / 6);
  const upper = graph.add(scaled(graph, bend, 1 / 2), graph.mul(twist, u));
  return graph.add(value, graph.mul(graph.add(slope, graph.mul(upper, u)), u));
}
