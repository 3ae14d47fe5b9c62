/**
 * The bias of metadynamics: Gaussian hills on a spline (Laio, Parrinello, PNAS 99, 12562 (2002)), lower the higher the bias
 * already is if it is well tempered (Barducci, Bussi, Parrinello, Phys. Rev. Lett. 100, 020603 (2008)).
 */

import { cellWidth, type SplineAxis, SplineBias } from '../../expression/spline.ts';
import { binCenters, type Grid, linspace, type Series } from '../../numerics/results.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import { Hills } from './hills.ts';

/** The grid goes on so many widths of a hill beyond the range: hills are mirrored in its ends, out of sight. */
const MARGIN = 4;
/** Cells to a width: the spline then is the Gaussian to 0.3 % of its height. */
const CELLS_TO_WIDTH = 2;
/** Nodes along each of two axes at which integrals over the bias are taken. */
const NODES_OF_TWO = 48;
/** Bias in kT below which no hill is thought to be near. */
const UNTOUCHED = 1e-3;

export interface HillShape {
  /** In kT. */
  readonly height: number;
  /** Standard deviation along the first variable; along the second in proportion to the ranges. */
  readonly width: number;
  /** (T + Delta T) / T; infinite for hills of equal height. */
  readonly biasFactor: number;
  /** Cells in the range of a variable, more if the hills are narrow. */
  readonly bins: number;
}

type Axis = Pick<CollectiveVariable, 'range' | 'periodic'>;

export class TemperedBias {
  readonly spline: SplineBias;
  /** Hills so far, and the height of the last in kT. */
  count = 0;
  lastHeight: number;
  private readonly hills: Hills;
  private readonly nodes: readonly Float64Array[];

  constructor(
    private readonly cvs: readonly Axis[],
    readonly shape: HillShape,
    private readonly kT: number,
  ) {
    const share = shape.width / (cvs[0].range[1] - cvs[0].range[0]);
    const widths = cvs.map(({ range }) => share * (range[1] - range[0]));
    this.spline = new SplineBias(cvs.map((cv, d) => axisOf(cv, widths[d], shape.bins)));
    this.hills = new Hills(this.spline, widths);
    this.lastHeight = shape.height;
    this.nodes = this.spline.axes.map(({ range, cells }) =>
      binCenters(...range, cvs.length === 1 ? cells : Math.min(cells, NODES_OF_TWO)),
    );
  }

  /** Value in kT, or that of other coefficients. */
  at(first: number, second = 0, coefficients?: Float64Array): number {
    return this.spline.at(first, second, coefficients) / this.kT;
  }

  /** Adds a hill where a walker stands, unless it is beyond the grid. */
  deposit(first: number, second = 0): void {
    if (!this.holds(0, first) || (this.cvs.length > 1 && !this.holds(1, second))) return;
    const { height, biasFactor } = this.shape;
    this.lastHeight = height * Math.exp(-this.at(first, second) / (biasFactor - 1));
    this.hills.add(this.lastHeight * this.kT, first, second);
    this.count++;
  }

  private holds(d: number, cv: number): boolean {
    const { range, periodic } = this.spline.axes[d];
    return periodic || (cv >= range[0] && cv <= range[1]);
  }

  /** How many kT of F one kT of bias stands for: F = -(this) V. */
  get scale(): number {
    const { biasFactor } = this.shape;
    return biasFactor === Number.POSITIVE_INFINITY ? 1 : biasFactor / (biasFactor - 1);
  }

  /**
   * c(t) in kT: a state under the bias V at time t weighs exp(V - c(t)) (Tiwary, Parrinello, J. Phys. Chem. B 119, 736 (2015),
   * eq. 12), log of the integral of exp(scale V) over that of exp((scale - 1) V), over places where there are hills.
   */
  offset(): number {
    const { scale } = this;
    let [top, bottom, highest] = [0, 0, 0];
    const [xs, ys = [0]] = this.nodes;
    for (const y of ys)
      for (const x of xs) {
        const V = this.at(x, y);
        if (V < UNTOUCHED) continue;
        // Sums relative to the highest bias so far, which may be hundreds of kT.
        if (V > highest) {
          top *= Math.exp(scale * (highest - V));
          bottom *= Math.exp((scale - 1) * (highest - V));
          highest = V;
        }
        top += Math.exp(scale * (V - highest));
        bottom += Math.exp((scale - 1) * (V - highest));
      }
    return bottom > 0 ? highest + Math.log(top / bottom) : 0;
  }

  /** F in kT along the first variable, up to a constant: -scale V, integrated over the second if there is one. */
  freeEnergy(cv: Float64Array, coefficients?: Float64Array): Float64Array {
    const ys = this.nodes[1];
    if (!ys) return cv.map((x) => -this.scale * this.at(x, 0, coefficients));
    return cv.map((x) => {
      const V = ys.map((y) => this.at(x, y, coefficients)).filter((value) => value > UNTOUCHED);
      const highest = V.reduce((a, b) => Math.max(a, b), 0);
      const sum = V.reduce((total, value) => total + Math.exp(this.scale * (value - highest)), 0);
      return -this.scale * highest - Math.log(sum);
    });
  }

  /** The bias in kT over the ranges. */
  picture(): Series | Grid {
    const [xs, ys] = this.cvs.map(({ range }) =>
      linspace(...range, 1 + Math.min(this.shape.bins, this.cvs.length === 1 ? 200 : 60)),
    );
    if (!ys) return { x: xs, y: xs.map((x) => this.at(x)) };
    const values = Float64Array.from({ length: xs.length * ys.length }, (_, k) =>
      this.at(xs[k % xs.length], ys[Math.floor(k / xs.length)]),
    );
    return { xs, ys, values };
  }
}

function axisOf({ range: [low, high], periodic = false }: Axis, width: number, bins: number): SplineAxis {
  const cells = Math.max(bins, Math.ceil((CELLS_TO_WIDTH * (high - low)) / width));
  if (periodic) return { range: [low, high], cells, periodic };
  const inner = { range: [low, high], cells, periodic } as const;
  const more = Math.ceil((MARGIN * width) / cellWidth(inner));
  const margin = more * cellWidth(inner);
  return { range: [low - margin, high + margin], cells: cells + 2 * more, periodic };
}
