/** No bias at all: what the same budget gives a plain simulation. The baseline of every comparison. */

import { wrapped } from '../../dynamics/bias-term.ts';
import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import type { Finding } from '../../estimators/finding.ts';
import { binOf, histogramFreeEnergy } from '../../estimators/histogram.ts';
import { rowsOf } from '../../numerics/layout.ts';
import { count } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { BiasedEnsemble, Lab } from '../lab.ts';
import { message } from '../messages.ts';
import type { BiasView, Method, MethodRun } from '../method.ts';
import { SampleStore } from '../sample-store.ts';

const BLOCK = 20;

class DirectRun implements MethodRun {
  private readonly ensemble: BiasedEnsemble;
  private readonly samples: SampleStore;
  private readonly visits: Float64Array;

  constructor(
    private readonly lab: Lab,
    walkers: number,
  ) {
    this.ensemble = lab.ensemble(walkers);
    this.samples = new SampleStore(lab.model.dimension, lab.stepsLeft(walkers) / BLOCK, walkers);
    this.visits = new Float64Array(walkers * FREE_ENERGY_BINS);
  }

  *steps(): Generator<void, void, void> {
    const { ensemble, lab } = this;
    while (ensemble.advance(BLOCK) > 0) {
      const q = ensemble.coordinates();
      const cv = ensemble.values(lab.cv.value, q);
      this.samples.add(q, cv);
      cv.forEach((value, walker) => {
        const bin = binOf(wrapped(value, lab.cv), ...lab.cv.range, FREE_ENERGY_BINS);
        if (bin >= 0) this.visits[walker * FREE_ENERGY_BINS + bin]++;
      });
      yield;
    }
  }

  view(): BiasView {
    const { walkers } = this.ensemble;
    return {
      phase: message('phase-direct', {}),
      walkers: {
        dimension: this.lab.model.dimension,
        values: rowsOf(this.ensemble.coordinates(), walkers),
      },
      of: new Uint16Array(walkers),
      windows: [],
      bias: null,
      traces: [],
    };
  }

  estimate(): Finding {
    const { walkers } = this.ensemble;
    return {
      estimator: 'histogram',
      freeEnergy: histogramFreeEnergy(this.visits, walkers, this.lab.cv.range),
      windows: [],
      overlap: null,
      warnings: [],
      weighted: {
        states: this.samples.points(),
        logWeights: new Float64Array(this.samples.count),
        groups: this.samples.walkers(),
      },
      figures: {},
    };
  }
}

const params = {
  walkers: count(16, [1, 256], { limits: [1, 4096] }),
} satisfies ParamSpecs;

const method: Method<typeof params> = {
  unbiased: true,
  params: () => params,
  begin: (lab, { walkers }) => new DirectRun(lab, walkers),
};

export default method;
