/** How long the variables beside the slow one remember, with the slow one held. */
import { statisticalInefficiency } from '../../estimators/autocorrelation.ts';
import type { FullSystem, Walkers } from '../lifting/full-system.ts';

const FRAMES = 200;
/** Memories that a series lasts at least. */
const LONG = 10;
const LENGTHEN = 2;

export interface FastTime {
  /** Integrated correlation time of the slowest of the other coordinates, in physical time; null if there is none. */
  readonly time: number | null;
  /** Its name as it is written in texts. */
  readonly coordinate: string | null;
  /** The walk was long enough to tell. */
  readonly resolved: boolean;
}

/** Indices of the coordinates beside the slow variable. */
export function otherCoordinates({ lab: { model, cv } }: FullSystem): number[] {
  return [...model.system.coordinates.keys()].filter((d) => model.system.coordinates[d] !== cv.value);
}

/**
 * @param walkers lifted to some values of the slow variable  @param of value of each walker
 * @param evaluations what may be spent
 */
export function* fastTime(
  micro: FullSystem,
  walkers: Walkers,
  of: ArrayLike<number>,
  evaluations: number,
): Generator<void, FastTime, void> {
  const others = otherCoordinates(micro);
  let best: FastTime = { time: null, coordinate: null, resolved: others.length === 0 };
  let left = Math.floor(evaluations / (walkers.count * micro.lab.integrator.forces));
  for (
    let stride = 1;
    stride * FRAMES <= left && others.length > 0;
    stride = longer(stride, best, micro.dt)
  ) {
    const series = others.map(() => new Float64Array(FRAMES * walkers.count));
    for (let frame = 0; frame < FRAMES; frame++) {
      walkers.hold(stride);
      const q = walkers.coordinates();
      others.forEach((d, k) => {
        for (let w = 0; w < walkers.count; w++) series[k][w * FRAMES + frame] = q[d * walkers.count + w];
      });
      yield;
    }
    left -= stride * FRAMES;
    best = longest(micro, others, series, { walkers: walkers.count, of, frame: stride * micro.dt });
    if (best.resolved) return best;
  }
  return best;
}

/** Steps between frames of the next try: what the memory seen asks for, or more. */
function longer(stride: number, { time }: FastTime, dt: number): number {
  return Math.max(LENGTHEN * stride, Math.ceil(((time ?? 0) * LONG) / (FRAMES * dt)));
}

function longest(
  { lab }: FullSystem,
  others: readonly number[],
  series: readonly Float64Array[],
  { walkers, of, frame }: { walkers: number; of: ArrayLike<number>; frame: number },
): FastTime {
  let [time, coordinate]: [number | null, string | null] = [null, null];
  series.forEach((values, k) => {
    const found = statisticalInefficiency(centred(values, of), walkers);
    // g counts frames that stand for one sample: twice the integrated correlation time.
    if (!found || (time !== null && (found.value * frame) / 2 <= time)) return;
    time = (found.value * frame) / 2;
    coordinate = lab.model.system.coordinates[others[k]];
  });
  return { time, coordinate, resolved: time === null || time * LONG <= FRAMES * frame };
}

/** Deviations from the mean over all walkers with the same value of the slow variable. */
function centred(series: Float64Array, of: ArrayLike<number>): Float64Array {
  const sums = new Map<number, { sum: number; count: number }>();
  series.forEach((v, i) => {
    const group = of[Math.floor(i / FRAMES)];
    const entry = sums.get(group) ?? { sum: 0, count: 0 };
    sums.set(group, { sum: entry.sum + v, count: entry.count + 1 });
  });
  const means = new Map([...sums].map(([group, { sum, count }]) => [group, sum / count]));
  return series.map((v, i) => v - (means.get(of[Math.floor(i / FRAMES)]) ?? 0));
}
