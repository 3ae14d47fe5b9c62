/** Healing: how fast lifted states take up their conditional distribution while the slow variable is held. */
import type { Walkers } from './full-system.ts';

const E = Math.exp(-1);
/** A squared deviation of a lift must be so many times that of sampling for its decay to be seen. */
const SEEN = 3;

/** Means of some observables at each value of the slow variable, `[observable * values + value]`. */
export interface Means {
  readonly mean: Float64Array;
  readonly stderr: Float64Array;
}

export interface Relaxation {
  /** What is left of the deviation with which the lift began, projected on it: 1 at first; null where there is none to see. */
  readonly left: Float64Array | null;
  /** When 1/e is left, and 5 %, in units of `times`; null if that did not happen. */
  readonly time: number | null;
  readonly healed: number | null;
  /** Root mean square deviation of the lift in standard deviations of the observables. */
  readonly deviation: number;
}

/** Frames of means, the first before any step. @param each walkers of each value */
export function* held(
  walkers: Walkers,
  expressions: readonly string[],
  each: number,
  { frames, every }: { readonly frames: number; readonly every: number },
): Generator<void, Means[], void> {
  const out = [meansOf(walkers, expressions, each)];
  for (let frame = 1; frame < frames; frame++) {
    if (walkers.hold(every) < every) break;
    out.push(meansOf(walkers, expressions, each));
    yield;
  }
  return out;
}

function meansOf(walkers: Walkers, expressions: readonly string[], each: number): Means {
  const all = expressions.map((expression) => meansBy(walkers.values(expression), each));
  return {
    mean: Float64Array.from(all.flatMap(({ mean }) => [...mean])),
    stderr: Float64Array.from(all.flatMap(({ stderr }) => [...stderr])),
  };
}

/** Means of `each` numbers that follow each other. */
export function meansBy(seen: Float64Array, each: number): Means {
  const values = seen.length / each;
  const [mean, stderr] = [new Float64Array(values), new Float64Array(values)];
  for (let v = 0; v < values; v++) {
    const part = seen.subarray(v * each, (v + 1) * each);
    mean[v] = part.reduce((a, b) => a + b, 0) / each;
    const square = part.reduce((sum, x) => sum + (x - mean[v]) ** 2, 0);
    stderr[v] = Math.sqrt(square / (each * Math.max(1, each - 1)));
  }
  return { mean, stderr };
}

/**
 * @param reference means of the conditional distribution, and the standard deviation of each observable
 * @param times of the frames
 */
export function relaxation(
  frames: readonly Means[],
  times: Float64Array,
  reference: { readonly mean: Float64Array; readonly deviation: Float64Array; readonly stderr: Float64Array },
): Relaxation {
  const [first] = frames;
  const values = first.mean.length / reference.deviation.length;
  const weight = (i: number) => 1 / reference.deviation[Math.floor(i / values)] ** 2;
  const project = (means: Means) =>
    means.mean.reduce(
      (sum, m, i) => sum + weight(i) * (m - reference.mean[i]) * (first.mean[i] - reference.mean[i]),
      0,
    );
  const noise = first.stderr.reduce((sum, s, i) => sum + weight(i) * (s ** 2 + reference.stderr[i] ** 2), 0);
  const begin = project(first) - noise;
  const deviation = Math.sqrt(Math.max(0, begin) / first.mean.length);
  if (!(begin > SEEN * noise) || first.mean.length === 0)
    return { left: null, time: null, healed: null, deviation };
  const left = Float64Array.from(frames, (means, k) => (k === 0 ? 1 : project(means) / begin));
  return { left, time: below(left, times, E), healed: below(left, times, 0.05), deviation };
}

/** When a falling curve first comes below a level, between two frames by its straight line. */
function below(curve: Float64Array, times: Float64Array, level: number): number | null {
  const k = curve.findIndex((value) => value < level);
  if (k < 1) return null;
  const share = (curve[k - 1] - level) / (curve[k - 1] - curve[k]);
  return times[k - 1] + share * (times[k] - times[k - 1]);
}
