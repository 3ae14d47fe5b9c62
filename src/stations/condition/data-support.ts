/** Where along the slow variable there are data to learn from, and where a model can only extrapolate. */
import { binOf } from '../../core/estimators/histogram.ts';
import type { Range } from '../../plots/figure.ts';

export const SUPPORT_BINS = 60;
/** A bin with fewer than this share of what it would hold if the data lay evenly has few; and one with fewer than so many. */
const FEW_SHARE = 0.05;
const FEW = 3;

export interface Support {
  /** Share of the data in each of `SUPPORT_BINS` equal bins of the range. */
  readonly shares: Float64Array;
  /** Stretches of the range with few data. */
  readonly thin: readonly Range[];
}

/** @param values slow variable of every training state  @param range the range that is shown */
export function supportOf(values: ArrayLike<number>, [low, high]: Range): Support {
  const counts = new Float64Array(SUPPORT_BINS);
  for (let n = 0; n < values.length; n++) {
    const bin = binOf(values[n], low, high, SUPPORT_BINS);
    if (bin >= 0) counts[bin]++;
  }
  const few = Math.max(FEW, (FEW_SHARE * values.length) / SUPPORT_BINS);
  const edge = (bin: number) => low + ((high - low) * bin) / SUPPORT_BINS;
  const thin: [number, number][] = [];
  // A bin that is poor by chance between richer ones is no gap.
  smoothed(counts).forEach((count, bin) => {
    if (count >= few) return;
    const before = thin[thin.length - 1];
    if (before && before[1] === edge(bin)) before[1] = edge(bin + 1);
    else thin.push([edge(bin), edge(bin + 1)]);
  });
  return { shares: counts.map((count) => count / values.length), thin };
}

/** Weights 1/4, 1/2, 1/4; an end counts twice. */
function smoothed(counts: Float64Array): Float64Array {
  return counts.map(
    (count, bin) => (2 * count + (counts[bin - 1] ?? count) + (counts[bin + 1] ?? count)) / 4,
  );
}

/** Whether a value lies where there are few data. */
export function isThin({ thin }: Support, at: number): boolean {
  return thin.some(([low, high]) => at >= low && at <= high);
}
