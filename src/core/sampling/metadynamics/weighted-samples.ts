/** Samples with weights that undo a bias, and the free energy they give. */

import { FREE_ENERGY_BINS } from '../../dynamics/walkers.ts';
import type { WeightedStates } from '../../estimators/finding.ts';
import { binOf, histogramFreeEnergy } from '../../estimators/histogram.ts';
import type { FreeEnergyEstimate } from '../../numerics/results.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import type { Lab } from '../lab.ts';
import { SampleStore } from '../sample-store.ts';

/** Groups from whose spread errors are told: walkers, or pieces of their time where they are few. */
const FEWEST_GROUPS = 8;

export class WeightedSamples {
  private readonly store: SampleStore;
  private readonly logWeights: number[] = [];

  /** @param frames that will be offered at most  @param skipped share of the samples, the first, that count for nothing */
  constructor(
    private readonly lab: Lab,
    frames: number,
    private readonly walkers: number,
    private readonly skipped: number,
  ) {
    this.store = new SampleStore(lab.model.dimension, frames, walkers);
  }

  /** @param logWeight of a walker */
  add(q: Float64Array, cv: Float64Array, logWeight: (walker: number) => number): void {
    const before = this.store.count;
    this.store.add(q, cv);
    for (let w = 0; w < this.store.count - before; w++) this.logWeights.push(logWeight(w));
  }

  private get first(): number {
    return this.walkers * Math.ceil((this.skipped * this.store.count) / this.walkers);
  }

  private get blocks(): number {
    return Math.ceil(FEWEST_GROUPS / this.walkers);
  }

  /** Walker and piece of time of each row that counts. */
  private groups(): Int32Array {
    const { first, blocks, walkers } = this;
    const rows = this.store.count - first;
    return Int32Array.from(
      { length: rows },
      (_, i) => (i % walkers) * blocks + Math.floor((i * blocks) / rows),
    );
  }

  weighted(): WeightedStates {
    const { dimension, values } = this.store.points();
    return {
      states: { dimension, values: values.slice(this.first * dimension) },
      logWeights: Float64Array.from(this.logWeights.slice(this.first)),
      groups: this.groups(),
    };
  }

  freeEnergy({ range }: CollectiveVariable = this.lab.cv): FreeEnergyEstimate {
    const groups = this.walkers * this.blocks;
    const counts = new Float64Array(groups * FREE_ENERGY_BINS);
    const cv = this.store.cv().subarray(this.first);
    const logWeights = this.logWeights.slice(this.first);
    const highest = logWeights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    this.groups().forEach((group, i) => {
      const bin = binOf(cv[i], ...range, FREE_ENERGY_BINS);
      if (bin >= 0) counts[group * FREE_ENERGY_BINS + bin] += Math.exp(logWeights[i] - highest);
    });
    return histogramFreeEnergy(counts, groups, range);
  }
}
