/** Standard errors of estimates of windows from the statistical inefficiency of each window. */
import { FREE_ENERGY_BINS } from '../dynamics/walkers.ts';
import { binInfluences } from './binned-free-energy.ts';
import type { WindowData, WindowSolution } from './contract.ts';
import { targetWeights } from './reweighting.ts';
import { inefficiencyOf, type Visit } from './window-samples.ts';

/** Below this share of a bin's variance it does not matter how well a window's inefficiency is known. */
const NEGLIGIBLE = 0.02;

/**
 * Each sample's influence on a bin, summed over the windows; correlated as this influence is, which forgets faster than the
 * cv where it is a matter of being in the bin or not.
 */
export function solutionErrors({ solution, place, places, visits, moments }: WindowSolution): Float64Array {
  const bins = FREE_ENERGY_BINS;
  const bin = place.map((at) => places.bin[at]);
  const byRow = binInfluences(solution, targetWeights(solution), bin, bins);
  // The same wherever the sample was drawn.
  const influence = new Float64Array(places.cv.length * bins);
  place.forEach((at, row) => {
    influence.set(byRow.subarray(row * bins, (row + 1) * bins), at * bins);
  });
  const variances = visits.map((list) => spreadOf(list, influence, places.of));
  const bound = new Float64Array(bins).map((_, b) =>
    variances.reduce((sum, own, k) => sum + own[b] * moments[k].statisticalInefficiency, 0),
  );
  const total = new Float64Array(bins);
  const values = new Float64Array(places.of.length);
  visits.forEach((list, k) => {
    for (let b = 0; b < bins; b++) {
      const most = variances[k][b] * moments[k].statisticalInefficiency;
      if (most > NEGLIGIBLE * bound[b]) {
        for (const { rows } of list) for (const n of rows) values[n] = influence[places.of[n] * bins + b];
        total[b] += variances[k][b] * inefficiencyOf(list, values);
      } else total[b] += most;
    }
  });
  return total.map(Math.sqrt);
}

/** For each bin, samples times the variance of the influence in one window. */
function spreadOf(visits: readonly Visit[], influence: Float64Array, placeOf: Int32Array): Float64Array {
  const bins = FREE_ENERGY_BINS;
  const [sums, squares] = [new Float64Array(bins), new Float64Array(bins)];
  let samples = 0;
  for (const { rows } of visits) {
    samples += rows.length;
    for (const n of rows) {
      const from = placeOf[n] * bins;
      for (let b = 0; b < bins; b++) {
        sums[b] += influence[from + b];
        squares[b] += influence[from + b] ** 2;
      }
    }
  }
  return squares.map((value, b) => Math.max(0, value - sums[b] ** 2 / samples));
}

/** Each window's share of a bin is binomial, its samples divided by its statistical inefficiency. */
export function shareErrors({ countsOfWindows, places, moments }: WindowSolution): Float64Array {
  const squares = new Float64Array(FREE_ENERGY_BINS);
  const sums = new Float64Array(FREE_ENERGY_BINS);
  moments.forEach(({ samples, statisticalInefficiency }, k) => {
    const visits = new Float64Array(FREE_ENERGY_BINS);
    places.bin.forEach((bin, place) => {
      if (bin >= 0) visits[bin] += countsOfWindows[k * places.cv.length + place];
    });
    visits.forEach((count, bin) => {
      sums[bin] += count;
      squares[bin] += statisticalInefficiency * count * (1 - count / samples);
    });
  });
  return squares.map((value, bin) => Math.sqrt(value) / sums[bin]);
}

/** F with each window's mean and variance moved by their standard errors (of Gaussian samples), one after the other. */
export function propagatedErrors(
  estimate: (data: WindowData) => Float64Array,
  data: WindowData,
  F: Float64Array,
): Float64Array {
  const squares = new Float64Array(FREE_ENERGY_BINS);
  data.moments.forEach((moment, k) => {
    const effective = moment.samples / moment.statisticalInefficiency;
    const moved = [
      { ...moment, mean: moment.mean + Math.sqrt(moment.variance / effective) },
      { ...moment, variance: moment.variance * (1 + Math.sqrt(2 / effective)) },
    ];
    for (const one of moved) {
      const again = estimate({ ...data, moments: data.moments.with(k, one) });
      again.forEach((value, bin) => {
        if (!Number.isNaN(value)) squares[bin] += (value - F[bin]) ** 2;
      });
    }
  });
  return squares.map(Math.sqrt);
}
