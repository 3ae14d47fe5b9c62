/**
 * Direct solver for networks of conductances on a rectangular grid: sum_j c_ij (f_i - f_j) + g_i f_i = b_i.
 *
 * Cells are eliminated in nested-dissection order (A. George, SIAM J. Numer. Anal. 10, 345 (1973)), front by front
 * (Duff, Reid, ACM Trans. Math. Softw. 9, 302 (1983)). Conductances to ground are carried along instead of the diagonal,
 * which is then a sum of positive numbers: no step subtracts (Grassmann, Taksar, Heyman, Oper. Res. 33, 1107 (1985)). With
 * b >= 0 every component of the solution therefore has nearly full relative accuracy, whatever the barrier; a Cholesky
 * factor of the same matrix loses exp(barrier / kT) of it.
 */
import type { Task } from '../numerics/task.ts';

/** Cells (i, j), number `j * nx + i`, and the conductances between those that share a side. */
export interface Lattice {
  readonly nx: number;
  readonly ny: number;
  /** Whether the last cell along each coordinate is next to the first; that takes three cells. */
  readonly periodic: readonly boolean[];
  /** Conductance from each cell to the next along the first and the second coordinate, at the number of the cell. */
  readonly horizontal: Float64Array;
  readonly vertical: Float64Array;
}

export interface Network extends Lattice {
  /** Conductance from each cell to ground, where f = 0. */
  readonly ground: Float64Array;
  /** 1 for the cells to solve for, each of which must be connected to ground; all other cells do not exist. */
  readonly free: Uint8Array;
}

/** Eliminated network. `solve` may be called for any number of right-hand sides. */
export interface Elimination {
  /** Solution f for the sources `b` of the free cells; 0 in all other cells. */
  solve(b: Float64Array): Float64Array;
}

/** Cells that are eliminated together, and those later ones that they are connected with by then. */
interface Front {
  /** Pivots first, then the border, in order of elimination. */
  cells: Int32Array;
  readonly pivots: number;
  readonly children: readonly Front[];
  /** Row k: conductances of pivot k to the later cells of the front, divided by `sums[k]`. */
  shares: Float64Array;
  /** Sum of all conductances of a pivot when it is eliminated. */
  sums: Float64Array;
}

/** Rectangles with no more cells than this are eliminated as one front. */
const LEAF_CELLS = 16;
/** Progress is reported about this many times. */
const REPORTS = 50;

/** Eliminates all free cells, yielding the fraction done. Time O(n^1.5), memory O(n log n) for n cells. */
export function* eliminate(network: Network): Task<Elimination> {
  const fronts = orderedFronts(network);
  const ground = network.ground.slice();
  const contributions = new Map<Front, Float64Array>();
  const local = new Int32Array(network.nx * network.ny).fill(-1);
  const work = fronts.reduce((sum, front) => sum + workOf(front), 0);
  let [done, reported] = [0, 0];
  for (const front of fronts) {
    const matrix = assemble(network, front, contributions, local);
    eliminatePivots(front, matrix, ground);
    contributions.set(front, trailing(matrix, front.cells.length, front.pivots));
    done += workOf(front);
    if (done - reported > work / REPORTS) {
      reported = done;
      yield done / work;
    }
  }
  return { solve: (b) => substitute(fronts, b) };
}

function workOf({ pivots, cells }: Front): number {
  return pivots * cells.length ** 2;
}

/** Half-open ranges of a rectangle of cells. */
type Rectangle = readonly [x0: number, x1: number, y0: number, y1: number];

/** Fronts of the free cells, children before parents. */
function orderedFronts(network: Network): Front[] {
  const { nx, ny, free } = network;
  const fronts: Front[] = [];
  const position = new Int32Array(nx * ny).fill(-1);
  let eliminated = 0;
  const visit = (rectangle: Rectangle): Front[] => {
    const [separator, ...parts] = dissect(rectangle, network);
    const children = parts.flatMap(visit);
    const cells = cellsOf(separator, nx).filter((cell) => free[cell]);
    if (cells.length === 0) return children;
    for (const cell of cells) position[cell] = eliminated++;
    const shares = new Float64Array(0);
    const front = { cells, pivots: cells.length, children, shares, sums: shares };
    fronts.push(front);
    return [front];
  };
  visit([0, nx, 0, ny]);
  for (const front of fronts) addBorder(network, front, position);
  return fronts;
}

/** A line of cells and the two parts that it separates, or the whole rectangle if it is small. */
function dissect([x0, x1, y0, y1]: Rectangle, { nx, ny, periodic }: Lattice): Rectangle[] {
  const [width, height] = [x1 - x0, y1 - y0];
  // Periods are cut open first: what remains is connected across their ends only through that cut.
  if (periodic[0] && width === nx)
    return [
      [0, 1, y0, y1],
      [1, nx, y0, y1],
    ];
  if (periodic[1] && height === ny)
    return [
      [x0, x1, 0, 1],
      [x0, x1, 1, ny],
    ];
  if (width * height <= LEAF_CELLS) return [[x0, x1, y0, y1]];
  const x = (x0 + x1) >> 1;
  const y = (y0 + y1) >> 1;
  return width >= height
    ? [
        [x, x + 1, y0, y1],
        [x0, x, y0, y1],
        [x + 1, x1, y0, y1],
      ]
    : [
        [x0, x1, y, y + 1],
        [x0, x1, y0, y],
        [x0, x1, y + 1, y1],
      ];
}

function cellsOf([x0, x1, y0, y1]: Rectangle, nx: number): Int32Array {
  const width = x1 - x0;
  return Int32Array.from(
    { length: width * (y1 - y0) },
    (_, k) => (y0 + Math.floor(k / width)) * nx + x0 + (k % width),
  );
}

/** Appends the later cells that the pivots, or the borders of the children, are connected with. */
function addBorder(network: Network, front: Front, position: Int32Array): void {
  const last = position[front.cells[front.pivots - 1]];
  const border = new Set<number>();
  for (const child of front.children)
    for (const cell of child.cells.subarray(child.pivots)) if (position[cell] > last) border.add(cell);
  for (const cell of front.cells)
    for (const next of neighbours(network, cell)) if (position[next] > last) border.add(next);
  const sorted = [...border].sort((a, b) => position[a] - position[b]);
  front.cells = Int32Array.from([...front.cells, ...sorted]);
}

/** Cells that share a side with `cell`. */
export function neighbours({ nx, ny, periodic }: Lattice, cell: number): number[] {
  const i = cell % nx;
  const row = cell - i;
  const last = nx * (ny - 1);
  const around: number[] = [];
  if (i > 0) around.push(cell - 1);
  else if (periodic[0]) around.push(row + nx - 1);
  if (i < nx - 1) around.push(cell + 1);
  else if (periodic[0]) around.push(row);
  if (row > 0) around.push(cell - nx);
  else if (periodic[1]) around.push(cell + last);
  if (row < last) around.push(cell + nx);
  else if (periodic[1]) around.push(i);
  return around;
}

/** Conductance between two cells that share a side. */
export function conductance({ nx, horizontal, vertical }: Lattice, a: number, b: number): number {
  const lower = Math.min(a, b);
  const upper = Math.max(a, b);
  if (upper - lower === 1) return horizontal[lower];
  if (upper - lower === nx) return vertical[lower];
  return upper - lower === nx - 1 ? horizontal[upper] : vertical[upper];
}

/** 1 for the cells that `seeds` (numbers above 0) are connected with by conductances past the `blocked` cells. */
export function connected(lattice: Lattice, seeds: ArrayLike<number>, blocked: Uint8Array): Uint8Array {
  const found = Uint8Array.from(seeds, (seed) => (seed > 0 ? 1 : 0));
  const queue = [...found.keys()].filter((cell) => found[cell]);
  for (let cell = queue.pop(); cell !== undefined; cell = queue.pop())
    for (const next of neighbours(lattice, cell))
      if (!found[next] && !blocked[next] && conductance(lattice, cell, next) > 0) {
        found[next] = 1;
        queue.push(next);
      }
  return found;
}

/** Conductances between the cells of a front (upper triangle), from the grid and from what the children left. */
function assemble(
  network: Network,
  { cells, pivots, children }: Front,
  contributions: Map<Front, Float64Array>,
  local: Int32Array,
): Float64Array {
  const n = cells.length;
  const matrix = new Float64Array(n * n);
  const add = (a: number, b: number, value: number): void => {
    matrix[a < b ? a * n + b : b * n + a] += value;
  };
  for (let a = 0; a < n; a++) local[cells[a]] = a;
  for (let a = 0; a < pivots; a++)
    for (const next of neighbours(network, cells[a])) {
      const b = local[next];
      if (b > a) add(a, b, conductance(network, cells[a], next));
    }
  for (const child of children) {
    const border = child.cells.subarray(child.pivots).map((cell) => local[cell]);
    const left = contributions.get(child)!;
    contributions.delete(child);
    for (let a = 0, k = 0; a < border.length; a++)
      for (let b = 0; b < border.length; b++, k++) if (b > a) add(border[a], border[b], left[k]);
  }
  for (const cell of cells) local[cell] = -1;
  return matrix;
}

/** Star-mesh transform of each pivot: its neighbours are joined as they were through it. */
function eliminatePivots(front: Front, matrix: Float64Array, ground: Float64Array): void {
  const { cells, pivots } = front;
  const n = cells.length;
  front.shares = new Float64Array(pivots * n);
  front.sums = new Float64Array(pivots);
  for (let k = 0; k < pivots; k++) {
    const row = k * n;
    const toGround = ground[cells[k]];
    let sum = toGround;
    for (let j = k + 1; j < n; j++) sum += matrix[row + j];
    front.sums[k] = sum;
    for (let i = k + 1; i < n; i++) {
      const share = matrix[row + i] / sum;
      front.shares[row + i] = share;
      if (share === 0) continue;
      ground[cells[i]] += share * toGround;
      for (let j = i + 1, at = i * n; j < n; j++) matrix[at + j] += share * matrix[row + j];
    }
  }
}

/** What the border of an eliminated front hands to its parent. */
function trailing(matrix: Float64Array, n: number, pivots: number): Float64Array {
  const size = n - pivots;
  const block = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    const row = (pivots + a) * n + pivots;
    block.set(matrix.subarray(row, row + size), a * size);
  }
  return block;
}

function substitute(fronts: readonly Front[], b: Float64Array): Float64Array {
  const source = b.slice();
  for (const { cells, pivots, shares } of fronts)
    for (let k = 0; k < pivots; k++) {
      const value = source[cells[k]];
      for (let j = k + 1, row = k * cells.length; j < cells.length; j++)
        source[cells[j]] += shares[row + j] * value;
    }
  const f = new Float64Array(b.length);
  for (const { cells, pivots, shares, sums } of fronts.toReversed())
    for (let k = pivots - 1; k >= 0; k--) {
      let value = source[cells[k]] / sums[k];
      for (let j = k + 1, row = k * cells.length; j < cells.length; j++)
        value += shares[row + j] * f[cells[j]];
      f[cells[k]] = value;
    }
  return f;
}
