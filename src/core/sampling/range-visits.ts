/** Where in the range of a collective variable walkers have been, and what to say of where they have not. */

import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import type { Warning } from '../estimators/finding.ts';
import { binOf } from '../estimators/histogram.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { Lab } from './lab.ts';

/** Share of the visits beyond the range from which on it is told. */
const MANY = 0.5;
const MOST_STRETCHES = 3;
/** How much is offered where more samples would help. */
export const MORE_BUDGET = 4;
export const MOST_BUDGET = 1e9;

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
    const where = this.stretches(bins);
    const text = `${bins.length} of ${FREE_ENERGY_BINS} bins of ${this.cv.label} (${where}) have no samples: F is not known there. A larger budget lets walkers reach them.`;
    if (budget >= MOST_BUDGET) return [{ id: 'uncovered', text }];
    const changes = { budget: Math.min(MOST_BUDGET, MORE_BUDGET * budget) };
    return [{ id: 'uncovered', text, offer: { label: `Use ${MORE_BUDGET} times the budget`, changes } }];
  }

  /** e.g. `-2 to -1.8, 1.9 to 2`. */
  private stretches(bins: readonly number[]): string {
    const [low, high] = this.cv.range;
    const at = (bin: number) => Number((low + ((high - low) * bin) / FREE_ENERGY_BINS).toPrecision(3));
    const ends = bins.filter((bin, k) => bins[k + 1] !== bin + 1);
    const starts = bins.filter((bin, k) => bins[k - 1] !== bin - 1);
    const named = starts.slice(0, MOST_STRETCHES).map((bin, k) => `${at(bin)} to ${at(ends[k] + 1)}`);
    return [...named, ...(starts.length > MOST_STRETCHES ? ['and others'] : [])].join(', ');
  }

  private beyond(): Warning[] {
    const share = this.outside / Math.max(1, this.outside + this.inside);
    if (share < MANY) return [];
    const text = `Walkers spend ${Math.round(100 * share)} % of their time beyond the range of ${this.cv.label}, where no bias acts on them. Another slow variable would use the budget better.`;
    return [{ id: 'outside-range', text }];
  }
}
