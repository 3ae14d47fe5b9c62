/**
 * Distributions of one remaining coordinate given the cv, as exact quantile maps: what is drawn and the density of what is drawn are
 * the same function, whatever the model got wrong.
 */
import { normalQuantile } from '../numerics/normal.ts';

/** p(rest | cv). Frozen: a new fit is a new model. */
export interface ConditionalModel {
  /** The value below which the share `u` of the distribution lies; 0 < u < 1. */
  quantile(cv: number, u: number): number;
  /** Natural logarithm of the density of `quantile(cv, u)` with u uniform, at `rest`; -Infinity where it never comes. */
  logDensity(cv: number, rest: number): number;
}

/** Levels of a table of `count` quantiles: (i + 1/2) / count. */
export function levelsOf(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (i + 0.5) / count);
}

/**
 * Quantiles at nodes of the cv. Between nodes quantiles of the same level are interpolated, between levels the quantile function is
 * linear, so that the density is constant within a cell: du/dy. The outermost cells hold half a level each.
 */
export class QuantileTable implements ConditionalModel {
  private readonly levels: Float64Array;
  /** Levels and two ends, node after node. */
  private readonly knots: Float64Array;
  private readonly width: number;

  /**
   * @param nodes values of the cv in ascending order, one at least
   * @param quantiles `[node * levels + level]`, at `levelsOf`, two levels at least; sorted here
   * @param narrowest least width of a cell: data that coincide must not make an infinite density
   */
  constructor(
    private readonly nodes: Float64Array,
    quantiles: ArrayLike<number>,
    narrowest: number,
  ) {
    const count = quantiles.length / nodes.length;
    this.levels = Float64Array.from([0, ...levelsOf(count), 1]);
    this.width = count + 2;
    this.knots = new Float64Array(nodes.length * this.width);
    for (let node = 0; node < nodes.length; node++) {
      const sorted = Float64Array.from({ length: count }, (_, i) => quantiles[node * count + i]).sort();
      for (let i = 1; i < count; i++) sorted[i] = Math.max(sorted[i], sorted[i - 1] + narrowest);
      const below = sorted[0] - (sorted[1] - sorted[0]);
      const above = sorted[count - 1] + (sorted[count - 1] - sorted[count - 2]);
      this.knots.set([below, ...sorted, above], node * this.width);
    }
  }

  quantile(cv: number, u: number): number {
    const at = this.locate(cv);
    // Level i + 1/2 is the inner knot i + 1.
    const i = Math.min(this.width - 2, Math.max(0, Math.floor(u * (this.width - 2) + 0.5)));
    const share = (u - this.levels[i]) / (this.levels[i + 1] - this.levels[i]);
    const [low, high] = [this.knot(at, i), this.knot(at, i + 1)];
    return low + share * (high - low);
  }

  logDensity(cv: number, rest: number): number {
    const at = this.locate(cv);
    let [low, high] = [0, this.width - 1];
    if (!(rest >= this.knot(at, low) && rest < this.knot(at, high))) return Number.NEGATIVE_INFINITY;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.knot(at, middle) <= rest) low = middle;
      else high = middle;
    }
    return Math.log((this.levels[high] - this.levels[low]) / (this.knot(at, high) - this.knot(at, low)));
  }

  private knot({ node, share }: Place, i: number): number {
    const here = this.knots[node * this.width + i];
    return share === 0 ? here : here + share * (this.knots[(node + 1) * this.width + i] - here);
  }

  /** Beyond the outermost nodes theirs is the distribution. */
  private locate(cv: number): Place {
    const { nodes } = this;
    const last = nodes.length - 1;
    if (cv <= nodes[0] || last === 0) return { node: 0, share: 0 };
    if (cv >= nodes[last]) return { node: last, share: 0 };
    let [low, high] = [0, last];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (nodes[middle] <= cv) low = middle;
      else high = middle;
    }
    return { node: low, share: (cv - nodes[low]) / (nodes[high] - nodes[low]) };
  }
}

interface Place {
  readonly node: number;
  /** Of the way to the next node. */
  readonly share: number;
}

/** The same normal distribution whatever the cv. */
export function gaussianModel(mean: number, deviation: number): ConditionalModel {
  const offset = Math.log(deviation * Math.sqrt(2 * Math.PI));
  return {
    quantile: (_, u) => mean + deviation * normalQuantile(u),
    logDensity: (_, rest) => -0.5 * ((rest - mean) / deviation) ** 2 - offset,
  };
}

/** Draws from `defence` with probability `share`, else from `model`; the density is that of the mixture. */
export function mixtureModel(
  model: ConditionalModel,
  defence: ConditionalModel,
  share: number,
): ConditionalModel {
  return {
    quantile: (cv, u) =>
      u < share ? defence.quantile(cv, u / share) : model.quantile(cv, (u - share) / (1 - share)),
    logDensity: (cv, rest) =>
      Math.log(
        share * Math.exp(defence.logDensity(cv, rest)) + (1 - share) * Math.exp(model.logDensity(cv, rest)),
      ),
  };
}
