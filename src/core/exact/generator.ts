/**
 * The backward generator L f = sum_d M_d (kT d2f/dx_d2 - dU/dx_d df/dx_d) of overdamped dynamics
 * dq = -M grad U dt + sqrt(2 kT M) dW, by finite volumes on a grid of equal cells in one or two dimensions, with
 * reflecting walls at its border or periodic.
 *
 * Neighbouring cells at distance h exchange with the rate M kT / h^2 exp(-(U_face - U_cell) / kT), the square-root
 * approximation (Lie, Fackeldey, Weber, SIAM J. Matrix Anal. Appl. 34, 738 (2013); Heida, Math. Models Methods Appl. Sci.
 * 28, 2599 (2018)) except for the energy of the face: it comes from the cubic through the four nearest centres on the
 * line instead of from the mean of two. Detailed balance with exp(-U/kT) is exact, since both directions share one
 * conductance. The order is two; for smooth energies the constant is so small that an extrapolation gains nothing.
 */
import type { Lattice } from './network.ts';

/** A reversible jump process between the cells of a grid; it jumps from cell k to m at rate `conductance / weights[k]`. */
export interface GridGenerator extends Lattice {
  /** Equally spaced cell centres along each coordinate (one or two); cell (i, j) is number `j * nx + i`. */
  readonly axes: readonly Float64Array[];
  /** Boltzmann factor at the centre of each cell relative to the largest; 0 for walls. */
  readonly weights: Float64Array;
}

/** Energy in kT above the minimum from which a cell is a wall: its Boltzmann factor nears the smallest double. */
const WALL = 600;
/** Most that the cubic may lower or raise a face, in kT: where it asks for more, the grid does not resolve the energy. */
const MOST_CURVED = 1;

/**
 * @param axes equally spaced cell centres along each coordinate, one or two axes of at least two cells
 * @param energies U at the centres, `energies[j * axes[0].length + i]`; +Infinity for walls
 * @param mobility of each coordinate
 * @param periodic whether the cells of each coordinate fill a period (at least three cells) instead of ending at walls
 * @throws Error when an energy is not a number or -Infinity, or when the sizes do not fit
 */
export function gridGenerator(
  axes: readonly Float64Array[],
  energies: Float64Array,
  mobility: ArrayLike<number>,
  kT: number,
  periodic: readonly boolean[] = [],
): GridGenerator {
  const [nx, ny] = [axes[0].length, axes[1]?.length ?? 1];
  if (axes.length > 2 || axes.some((axis, d) => axis.length < (periodic[d] ? 3 : 2)))
    throw new Error('too few cells');
  if (energies.length !== nx * ny) throw new RangeError(`${energies.length} energies for ${nx * ny} cells`);
  const lowest = energies.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (!Number.isFinite(lowest)) throw new Error('energy not finite');
  const reduced = energies.map((energy) => (energy - lowest) / kT);
  const rate = (d: number): number => (kT * mobility[d]) / (axes[d][1] - axes[d][0]) ** 2;
  const horizontal = new Float64Array(nx * ny);
  const vertical = new Float64Array(nx * ny);
  for (let j = 0; j < ny; j++)
    addFaces(horizontal, reduced, { first: j * nx, stride: 1, count: nx, periodic: periodic[0] }, rate(0));
  if (axes.length === 2)
    for (let i = 0; i < nx; i++)
      addFaces(vertical, reduced, { first: i, stride: nx, count: ny, periodic: periodic[1] }, rate(1));
  const weights = reduced.map((u) => (u < WALL ? Math.exp(-u) : 0));
  return { nx, ny, periodic, horizontal, vertical, axes, weights };
}

/** A row or column of cells. */
interface Line {
  readonly first: number;
  readonly stride: number;
  readonly count: number;
  readonly periodic: boolean | undefined;
}

/** Conductances of the faces along one line of cells; each is stored at the first of its two cells. */
function addFaces(out: Float64Array, reduced: Float64Array, line: Line, rate: number): void {
  const { first, stride, count, periodic } = line;
  const cell = (i: number): number => first + ((i + count) % count) * stride;
  const bend = (i: number): number | null => {
    if (!periodic && (i < 1 || i > count - 2)) return null;
    const value = reduced[cell(i - 1)] - 2 * reduced[cell(i)] + reduced[cell(i + 1)];
    return Number.isFinite(value) ? value : null;
  };
  for (let i = 0; i < (periodic ? count : count - 1); i++) {
    const [a, b] = [reduced[cell(i)], reduced[cell(i + 1)]];
    if (!(a < WALL && b < WALL)) continue;
    const [left, right] = [bend(i), bend(i + 1)];
    const curved = ((left ?? right ?? 0) + (right ?? left ?? 0)) / 16;
    out[cell(i)] = rate * Math.exp(-(a + b) / 2 + Math.min(MOST_CURVED, Math.max(-MOST_CURVED, curved)));
  }
}

/**
 * Value at a point of a function given in the cells, by cubic interpolation (linear where a cubic meets a cell without a
 * finite value).
 * @param values one number per cell
 * @throws Error when the point is not between cell centres
 */
export function valueAt(
  { axes, nx, periodic }: Pick<GridGenerator, 'axes' | 'nx' | 'periodic'>,
  values: Float64Array,
  point: readonly number[],
): number {
  const interpolate = (reach: number): number => {
    const [x, y] = axes.map((axis, d) => stencil(axis, point[d], periodic[d] ?? false, reach));
    const along = (row: number): number =>
      x.reduce((sum, [i, factor]) => sum + factor * values[row * nx + i], 0);
    return y ? y.reduce((sum, [j, factor]) => sum + factor * along(j), 0) : along(0);
  };
  const cubic = interpolate(4);
  return Number.isFinite(cubic) ? cubic : interpolate(2);
}

/** The `reach` cells around a place, with their Lagrange factors. */
function stencil(
  axis: Float64Array,
  at: number,
  periodic: boolean,
  reach: number,
): [cell: number, factor: number][] {
  const count = axis.length;
  const place = (at - axis[0]) / (axis[1] - axis[0]);
  if (!periodic && !(place >= 0 && place <= count - 1)) throw new RangeError('point outside the grid');
  const size = Math.min(reach, count);
  const around = Math.floor(place) - Math.floor(size / 2) + 1;
  const first = periodic ? around : Math.max(0, Math.min(count - size, around));
  return Array.from({ length: size }, (_, a) => {
    let factor = 1;
    for (let b = 0; b < size; b++) if (b !== a) factor *= (place - first - b) / (a - b);
    return [(((first + a) % count) + count) % count, factor];
  });
}
