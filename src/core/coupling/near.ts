/** Pairs near a value of the cv. */
import type { Pairs } from './model-source.ts';

export interface Near {
  /** Remaining coordinates pair after pair, moved to the value along the slopes. */
  readonly rests: Float64Array;
  /** Of each remaining coordinate: of its regression on the cv. */
  readonly slopes: Float64Array;
}

/** Finds the pairs whose cv is nearest to a value. @returns answers `count` of them, or all if there are fewer */
export function nearFinder(data: Pairs): (at: number, count: number) => Near {
  const order = Uint32Array.from(data.cv.keys()).sort((a, b) => data.cv[a] - data.cv[b]);
  const sorted = Float64Array.from(order, (i) => data.cv[i]);
  const d = data.rest.length / data.cv.length;
  return (at, most) => {
    const count = Math.min(most, sorted.length);
    const first = nearestRun(sorted, at, count);
    const rests = new Float64Array(count * d);
    const slopes = new Float64Array(d);
    for (let k = 0; k < d; k++) {
      const near = Array.from(order.subarray(first, first + count), (i) => ({
        z: data.cv[i],
        y: data.rest[i * d + k],
      }));
      slopes[k] = slopeOf(near);
      near.forEach(({ z, y }, n) => {
        rests[n * d + k] = y + slopes[k] * (at - z);
      });
    }
    return { rests, slopes };
  };
}

/** Start of the `count` consecutive sorted values that are nearest to `at`. */
function nearestRun(sorted: Float64Array, at: number, count: number): number {
  let [low, high] = [0, sorted.length - count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at - sorted[middle] > sorted[middle + count] - at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function slopeOf(near: readonly { readonly z: number; readonly y: number }[]): number {
  const mean = (value: (p: { z: number; y: number }) => number) =>
    near.reduce((sum, p) => sum + value(p), 0) / near.length;
  const [z0, y0] = [mean(({ z }) => z), mean(({ y }) => y)];
  const variance = mean(({ z }) => (z - z0) ** 2);
  return variance > 0 ? mean(({ z, y }) => (z - z0) * (y - y0)) / variance : 0;
}
