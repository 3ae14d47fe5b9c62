/** Hills are put where walkers have been, until they wander freely. */

import { wrapped } from '../../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import type { Finding, Warning } from '../../estimators/finding.ts';
import { CEILING, freeEnergyDifference } from '../../estimators/free-energy-difference.ts';
import { SPLINE_TABLE } from '../../expression/spline.ts';
import { Problem } from '../../message.ts';
import { rowsOf } from '../../numerics/layout.ts';
import type { FreeEnergyEstimate } from '../../numerics/results.ts';
import { binCenters } from '../../numerics/results.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import { message } from '../messages.ts';
import type { BiasView, Method, MethodRun } from '../method.ts';
import { RangeVisits } from '../range-visits.ts';
import { Trail } from '../trail.ts';
import { BiasStiffness } from './bias-stiffness.ts';
import { metadynamicsParams } from './params.ts';
import { TemperedBias } from './tempered-bias.ts';
import { WeightedSamples } from './weighted-samples.ts';

/** Steps between two samples. */
const SAMPLE = 25;
/** Share of the samples, the first, that reweighting leaves out: there the bias grows faster than walkers follow. */
const FILLING = 0.2;
const TRACED = 3;
/** Numbers in the table of a bias, which is written anew after every hill. */
const LARGEST_GRID = 200_000;
/** Places at which F is looked at within a bin, an odd number. */
const NODES_IN_BIN = 5;
/** A well-tempered bias whose hills are still higher than this share of the first has hardly begun to settle. */
const UNSETTLED = 0.5;

interface Settings {
  readonly walkers: number;
  readonly pace: number;
  readonly tempered: boolean;
  readonly estimator: 'reweighted' | 'bias';
}

class MetadynamicsRun implements MethodRun {
  private readonly ensemble: BiasedEnsemble;
  private readonly samples: WeightedSamples;
  private readonly visits: readonly RangeVisits[];
  private readonly stiffness: BiasStiffness;
  private readonly heights = new Trail();
  private readonly paths: readonly Trail[];
  private offset = 0;
  /** Sum of the coefficients since all bins known by now have been visited, for hills of equal height. */
  private readonly sum: Float64Array;
  private summed = 0;

  constructor(
    private readonly lab: Lab,
    private readonly cvs: readonly CollectiveVariable[],
    private readonly bias: TemperedBias,
    private readonly settings: Settings,
  ) {
    const { walkers, pace } = settings;
    this.ensemble = lab.ensemble(walkers, { bias: bias.spline, cvs: cvs.map(({ value }) => value) });
    const frames = Math.ceil(lab.stepsLeft(walkers) / pace) * Math.ceil(pace / SAMPLE);
    this.samples = new WeightedSamples(lab, frames, walkers, FILLING);
    this.visits = cvs.map((cv) => new RangeVisits(cv));
    this.stiffness = new BiasStiffness(lab, cvs, bias.spline);
    this.paths = Array.from({ length: Math.min(TRACED, walkers) }, () => new Trail());
    this.sum = new Float64Array(bias.spline.coefficients.length);
  }

  *steps(): Generator<void, void, void> {
    const { pace } = this.settings;
    while (true) {
      let places: Float64Array[] = [];
      for (let left = pace; left > 0; ) {
        const taken = this.ensemble.advance(Math.min(SAMPLE, left));
        if (taken === 0) return;
        left -= taken;
        places = this.sample();
      }
      this.deposit(places);
      this.stiffness.look(this.ensemble.states(), places);
      yield;
    }
  }

  /** @returns the collective variables of the walkers */
  private sample(): Float64Array[] {
    const { ensemble, bias } = this;
    const q = ensemble.coordinates();
    const places = this.cvs.map((cv) => ensemble.values(cv.value, q).map((value) => wrapped(value, cv)));
    const [first, second] = places;
    this.samples.add(q, first, (w) => bias.at(first[w], second?.[w]) - this.offset);
    for (let d = 0; d < places.length; d++)
      for (const value of places[d]) if (this.visits[d].add(value)) this.forget();
    this.paths.forEach((path, w) => {
      path.add(this.lab.spent, first[w]);
    });
    return places;
  }

  private deposit([first, second]: readonly Float64Array[]): void {
    const { bias } = this;
    first.forEach((value, w) => {
      bias.deposit(value, second?.[w]);
    });
    this.ensemble.setTable(SPLINE_TABLE, bias.spline.coefficients);
    this.offset = bias.offset();
    this.heights.add(this.lab.spent, bias.lastHeight);
    if (this.settings.tempered) return;
    for (let k = 0; k < this.sum.length; k++) this.sum[k] += bias.spline.coefficients[k];
    this.summed++;
  }

  private forget(): void {
    if (this.summed > 0) this.sum.fill(0);
    this.summed = 0;
  }

  view(): BiasView {
    const { walkers } = this.settings;
    const { lab, bias } = this;
    return {
      phase: message('phase-hills', { height: bias.lastHeight, pace: this.settings.pace }),
      walkers: { dimension: lab.model.dimension, values: rowsOf(this.ensemble.coordinates(), walkers) },
      of: new Uint16Array(walkers),
      windows: [],
      bias: bias.picture(),
      traces: [
        ...this.paths.map((path, w) => ({
          label: message('trace-walker', { walker: w }),
          axis: message('axis-cv', { cv: lab.cv.label }),
          series: path.series(),
        })),
        {
          label: message('trace-hill-height', {}),
          axis: message('axis-energy', {}),
          series: this.heights.series(),
        },
      ],
    };
  }

  estimate(): Finding {
    const reweighted = this.fromSamples();
    const byBias = this.fromBias(reweighted);
    const chosen = this.settings.estimator === 'bias' ? byBias : reweighted;
    const { bias, visits, lab } = this;
    const known = chosen.F.some(Number.isFinite);
    return {
      estimator: this.settings.estimator,
      freeEnergy: known ? chosen : null,
      windows: [],
      overlap: null,
      warnings: [
        ...visits[0].warnings(lab, (bin) => Number.isNaN(chosen.F[bin])),
        ...this.unsettled(),
        ...this.stiffness.warnings(),
      ],
      weighted: this.samples.weighted(),
      figures: {
        hills: bias.count,
        lastHillHeight: bias.lastHeight,
        biasOffset: this.offset,
        [`largestDifferenceOfEstimatorsBelow${CEILING}kT`]: freeEnergyDifference(byBias, reweighted),
      },
    };
  }

  /** Histogram of weighted samples. Its bins average exp(-F), what F does within a bin is taken from the bias. */
  private fromSamples(): FreeEnergyEstimate {
    const { cv, F, stderr } = this.samples.freeEnergy();
    const width = cv[1] - cv[0];
    const places = Float64Array.from({ length: NODES_IN_BIN * cv.length }, (_, k) => {
      const part = ((k % NODES_IN_BIN) + 0.5) / NODES_IN_BIN - 0.5;
      return cv[Math.floor(k / NODES_IN_BIN)] + part * width;
    });
    const fine = this.bias.freeEnergy(places);
    const center = this.bias.freeEnergy(cv);
    return lowered(
      cv,
      F.map((value, bin) => {
        const within = fine.subarray(bin * NODES_IN_BIN, (bin + 1) * NODES_IN_BIN);
        const mean = within.reduce((sum, f) => sum + Math.exp(center[bin] - f), 0) / NODES_IN_BIN;
        return value + Math.log(mean);
      }),
      stderr,
    );
  }

  /** F by the bias itself, where walkers have been; its errors are those of reweighting. */
  private fromBias({ stderr }: FreeEnergyEstimate): FreeEnergyEstimate {
    const { bias, sum, summed } = this;
    const cv = binCenters(...this.lab.cv.range, FREE_ENERGY_BINS);
    const mean = summed > 0 ? sum.map((value) => value / summed) : undefined;
    const F = bias
      .freeEnergy(cv, mean)
      .map((value, bin) => (this.visits[0].visits[bin] > 0 ? value : Number.NaN));
    return lowered(cv, F, stderr);
  }

  private unsettled(): Warning[] {
    const { tempered } = this.settings;
    const share = this.bias.lastHeight / this.bias.shape.height;
    if (!tempered || share < UNSETTLED) return [];
    return [{ id: 'not-equilibrated', message: message('bias-still-growing', { share }) }];
  }
}

/** Minimum 0. */
function lowered(cv: Float64Array, F: Float64Array, stderr: Float64Array): FreeEnergyEstimate {
  const lowest = F.reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY);
  return { of: 'point', cv, F: F.map((value) => value - lowest), stderr };
}

const method: Method<ReturnType<typeof metadynamicsParams>> = {
  cite: 'Laio, Parrinello, PNAS 99, 12562 (2002); Barducci, Bussi, Parrinello, Phys. Rev. Lett. 100, 020603 (2008)',
  params: metadynamicsParams,
  begin(lab, given) {
    const second = lab.model.system.cvs.find(({ id }) => id === given.cv2);
    const cvs = second ? [lab.cv, second] : [lab.cv];
    const tempered = given.wellTempered;
    const shape = {
      height: given.hillHeight,
      width: given.hillWidth,
      biasFactor: tempered ? given.biasFactor : Number.POSITIVE_INFINITY,
      bins: given.bins,
    };
    const bias = new TemperedBias(cvs, shape, lab.kT);
    if (bias.spline.coefficients.length > LARGEST_GRID)
      throw new Problem(
        message('bias-grid-too-large', {
          width: shape.width,
          bins: shape.bins,
          numbers: bias.spline.coefficients.length,
          most: LARGEST_GRID,
        }),
      );
    return new MetadynamicsRun(lab, cvs, bias, {
      walkers: given.walkers,
      pace: given.pace,
      tempered,
      // Hills of equal height drive walkers out of equilibrium for ever: there the mean of the bias was measured to be better.
      estimator: given.estimator === 'automatic' ? (tempered ? 'reweighted' : 'bias') : given.estimator,
    });
  },
};

export default method;
