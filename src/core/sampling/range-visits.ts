/** Where in the range of a collective variable walkers have been, and what to say of where they have not. */

import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import type { Warning } from '../estimators/finding.ts';
import { binOf } from '../estimators/histogram.ts';
import type { Stretch } from '../estimators/messages.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { Lab } from './lab.ts';
import { message } from './messages.ts';

/** Share of the visits beyond the range from which on it is told. */
const MANY = 0.5;
/** How much more is offered where more samples would help. */
const MORE_BUDGET = 4;
const MOST_BUDGET = 1e9;

/** A larger budget as an offer, under a name of its own where it means more than that. */
export function moreBudget(
  budget: number,
  label: 'offer-more-budget' | 'offer-slower-pull' = 'offer-more-budget',
): Warning['offer'] {
  if (budget >= MOST_BUDGET) return undefined;
  const changes = { budget: Math.min(MOST_BUDGET, MORE_BUDGET * budget) };
  return { label: message(label, { factor: MORE_BUDGET }), changes };
}

export class RangeVisits {
  readonly visits = new Float64Array(FREE_ENERGY_BINS);
  private outside = 0;
  private inside = 0;

  constructor(private readonly cv: CollectiveVariable) {}

  /** @returns whether this is a bin where nobody has been before */
  add(value: number): boolean {
    const bin = binOf(value, ...this.cv.range, FREE_ENERGY_BINS);
    if (bin < 0) {
      this.outside++;
      return false;
    }
    this.inside++;
    return this.visits[bin]++ === 0;
  }

  /** @param missing whether a bin has no estimate */
  warnings(lab: Lab, missing: (bin: number) => boolean = (bin) => this.visits[bin] === 0): Warning[] {
    return [...this.uncovered(lab, missing), ...this.beyond()];
  }

  private uncovered({ budget }: Lab, missing: (bin: number) => boolean): Warning[] {
    const bins = [...this.visits.keys()].filter(missing);
    if (bins.length === 0) return [];
    const values = {
      empty: bins.length,
      bins: FREE_ENERGY_BINS,
      cv: this.cv.label,
      stretches: this.stretches(bins),
    };
    return [{ id: 'uncovered', message: message('bins-without-samples', values), offer: moreBudget(budget) }];
  }

  private stretches(bins: readonly number[]): Stretch[] {
    const [low, high] = this.cv.range;
    const at = (bin: number) => low + ((high - low) * bin) / FREE_ENERGY_BINS;
    const ends = bins.filter((bin, k) => bins[k + 1] !== bin + 1);
    const starts = bins.filter((bin, k) => bins[k - 1] !== bin - 1);
    return starts.map((bin, k) => ({ low: at(bin), high: at(ends[k] + 1) }));
  }

  private beyond(): Warning[] {
    const share = this.outside / Math.max(1, this.outside + this.inside);
    if (share < MANY) return [];
    const values = { share, cv: this.cv.label };
    return [{ id: 'outside-range', message: message('time-beyond-range', values) }];
  }
}
