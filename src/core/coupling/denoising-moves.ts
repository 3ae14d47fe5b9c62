/**
 * Exact moves of several coordinates at once with a denoiser. Noise takes the rest y of a walker up step by step to a noisy z,
 * and normal distributions about what the network makes of each level take z down to y' (as in Ho, Jain, Abbeel, NeurIPS 33 (2020),
 * arXiv 2006.11239). The way up extends the distribution of y by auxiliary variables; given z, the way down proposes all of them but z anew,
 * and the densities of all steps of both ways are known. Accepting with the ratio of their products keeps the distribution of y exactly,
 * whatever the network says, and no likelihood of a flow is needed.
 */
import { spaced } from '../generative/diffusion.ts';
import type { Draws } from '../numerics/draws.ts';
import { normalQuantile } from '../numerics/normal.ts';
import type { PairScale, Pairs, RowDenoiser } from './model-source.ts';
import type { Places, Proposal, Proposer } from './proposer.ts';
import { Spread } from './spread.ts';

/** Noise of the levels in units of the data, least first, spaced as Karras et al. 2022 (arXiv 2206.00364) with this exponent. */
const LEVELS = 12;
const SIGMA_MIN = 0.1;
const SIGMA_MAX = 8;
const RHO = 3;
/** Pairs on which the widths of the steps down are measured. */
const MEASURED = 2000;

/** Noise before the first step up, then after each. */
const SIGMAS = Float64Array.from([0, ...spaced(LEVELS, SIGMA_MIN, SIGMA_MAX, RHO)]);

/** Rests of walkers, row after row, in units of the scale, with the cv of each. */
interface Rows {
  readonly rest: Float64Array;
  readonly cv: Float64Array;
}

/** One step for every walker, rows of each side and what the steps down are normal about. */
interface Step {
  readonly clean: Float64Array;
  readonly mean: Float64Array;
  readonly noisy: Float64Array;
}

export class DenoisingProposer implements Proposer {
  /** @param spreads of the step down to each level */
  private constructor(
    private readonly denoiser: RowDenoiser,
    private readonly scale: PairScale,
    private readonly spreads: readonly Spread[],
  ) {}

  /** Measures on these data how far the clean side of a step is from what the denoiser makes of the noisy one. */
  static async fitted(
    denoiser: RowDenoiser,
    scale: PairScale,
    data: Pairs,
    draws: Draws,
  ): Promise<DenoisingProposer> {
    const d = scale.rests.length;
    const count = Math.min(MEASURED, data.cv.length);
    const places = { cv: new Float64Array(count), rest: new Float64Array(count * d) };
    for (let row = 0; row < count; row++) {
      const n = Math.floor(draws.next() * data.cv.length);
      places.cv[row] = data.cv[n];
      for (let k = 0; k < d; k++) places.rest[k * count + row] = data.rest[n * d + k];
    }
    const steps = await stepsUp(denoiser, rowsOf(places, scale), draws);
    const spreads = steps.map(({ clean, mean }) =>
      Spread.of(
        clean.map((value, i) => value - mean[i]),
        d,
      ),
    );
    return new DenoisingProposer(denoiser, scale, spreads);
  }

  async generate(cv: Float64Array, draws: Draws): Promise<Float64Array> {
    const { scale } = this;
    const rest = Float64Array.from(
      { length: cv.length * scale.rests.length },
      () => SIGMA_MAX * normalQuantile(draws.next()),
    );
    const { proposed } = await this.down({ rest, cv: standardised(cv, scale.cv) }, draws);
    return byCoordinate(proposed, scale);
  }

  async propose(places: Places, draws: Draws): Promise<Proposal> {
    const { scale } = this;
    const rows = rowsOf(places, scale);
    const steps = await stepsUp(this.denoiser, rows, draws);
    const here = new Float64Array(rows.cv.length);
    steps.forEach((step, k) => {
      this.weigh(step, k, here);
    });
    const top = { rest: steps[LEVELS - 1].noisy, cv: rows.cv };
    const { proposed, logWeight: there } = await this.down(top, draws);
    return { rest: byCoordinate(proposed, scale), logRatio: here.map((value, w) => value - there[w]) };
  }

  /** Takes noise away level by level. */
  private async down({ rest: top, cv }: Rows, draws: Draws) {
    const d = this.scale.rests.length;
    const logWeight = new Float64Array(cv.length);
    const normals = new Float64Array(d);
    let noisy = top;
    for (let k = LEVELS - 1; k >= 0; k--) {
      const [mean] = await meansBelow(this.denoiser, [noisy], cv, k);
      const clean = mean.slice();
      for (let w = 0; w < cv.length; w++) {
        for (let i = 0; i < d; i++) normals[i] = normalQuantile(draws.next());
        this.spreads[k].disturb(clean, w * d, normals);
      }
      this.weigh({ clean, mean, noisy }, k, logWeight);
      noisy = clean;
    }
    return { proposed: noisy, logWeight };
  }

  /**
   * Adds log of the density of the step down over that of the step up, for every walker, but for constants that all ways have in
   * common.
   */
  private weigh({ clean, mean, noisy }: Step, k: number, logWeight: Float64Array): void {
    const d = this.scale.rests.length;
    const added = SIGMAS[k + 1] ** 2 - SIGMAS[k] ** 2;
    const miss = new Float64Array(d);
    for (let w = 0; w < logWeight.length; w++) {
      for (let i = 0; i < d; i++) miss[i] = clean[w * d + i] - mean[w * d + i];
      const white = this.spreads[k].whitened(miss);
      for (let i = 0; i < d; i++)
        logWeight[w] += ((noisy[w * d + i] - clean[w * d + i]) ** 2 / added - white[i] ** 2) / 2;
    }
  }
}

/** Adds noise level by level; the network is asked about all of them at once. */
async function stepsUp(denoiser: RowDenoiser, { rest, cv }: Rows, draws: Draws): Promise<Step[]> {
  const way = [rest];
  for (let k = 0; k < LEVELS; k++) {
    const added = Math.sqrt(SIGMAS[k + 1] ** 2 - SIGMAS[k] ** 2);
    way.push(way[k].map((value) => value + added * normalQuantile(draws.next())));
  }
  const means = await meansBelow(denoiser, way.slice(1), cv, 0);
  return means.map((mean, k) => ({ clean: way[k], mean, noisy: way[k + 1] }));
}

/**
 * Means of the rows one level below, given noisy rows of one level after the other: of x + sigma n, known to come from D, the part
 * 1 - (sigma' / sigma)^2 of the way to D.
 * @param lowest level below the first
 */
async function meansBelow(
  denoiser: RowDenoiser,
  noisy: readonly Float64Array[],
  cv: Float64Array,
  lowest: number,
): Promise<Float64Array[]> {
  const size = noisy[0].length;
  const rows = new Float64Array(noisy.length * size);
  const sigma = new Float64Array(noisy.length * cv.length);
  const conditions = new Float64Array(sigma.length);
  noisy.forEach((values, i) => {
    rows.set(values, i * size);
    sigma.fill(SIGMAS[lowest + i + 1], i * cv.length, (i + 1) * cv.length);
    conditions.set(cv, i * cv.length);
  });
  const guesses = await denoiser(rows, sigma, conditions);
  return noisy.map((values, i) => {
    const share = 1 - (SIGMAS[lowest + i] / SIGMAS[lowest + i + 1]) ** 2;
    return values.map((value, j) => value + share * (guesses[i * size + j] - value));
  });
}

function standardised(values: Float64Array, { mean, deviation }: PairScale['cv']): Float64Array {
  return values.map((value) => (value - mean) / deviation);
}

function rowsOf({ cv, rest }: Places, scale: PairScale): Rows {
  const d = scale.rests.length;
  const rows = new Float64Array(rest.length);
  scale.rests.forEach((unit, k) => {
    standardised(rest.subarray(k * cv.length, (k + 1) * cv.length), unit).forEach((value, w) => {
      rows[w * d + k] = value;
    });
  });
  return { rest: rows, cv: standardised(cv, scale.cv) };
}

function byCoordinate(rows: Float64Array, { rests }: PairScale): Float64Array {
  const walkers = rows.length / rests.length;
  const rest = new Float64Array(rows.length);
  rests.forEach(({ mean, deviation }, k) => {
    for (let w = 0; w < walkers; w++) rest[k * walkers + w] = mean + deviation * rows[w * rests.length + k];
  });
  return rest;
}
