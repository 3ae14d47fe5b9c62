import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { type PulledPaths, type Pulls, pulledLogWeights, pulledShares } from './pulled-paths.ts';

const WELL = 3;
const SPRING = 12;
const PULLS = 40;
const CENTERS = Float64Array.from({ length: 30 }, (_, t) => -1.5 + t / 10);
const BINS = 20;
const [LOW, HIGH] = [-1, 1];
/** Share of the way to equilibrium that is left between two slices: exact Ornstein-Uhlenbeck steps. */
const KEPT = 0.3;

const stiffness = WELL + SPRING;
const bias = (x: number, center: number) => (SPRING / 2) * (x - center) ** 2;

/** Exact dynamics in a harmonic well of spring WELL under a moving spring, forward or from the far end back. */
function paths(seed: number, backward: boolean): PulledPaths {
  const stream = new RandomStream(seed, `pulled paths ${backward}`);
  const last = CENTERS.length - 1;
  const cv = new Float64Array(CENTERS.length * PULLS);
  const work = new Float64Array(cv.length);
  const total = new Float64Array(PULLS);
  const z = new Float64Array(CENTERS.length + 4);
  for (let w = 0; w < PULLS; w++) {
    for (let i = 0; i < CENTERS.length; i += 4) stream.normals(w, i / 4, z, i);
    let x = 0;
    let done = 0;
    for (let n = 0; n <= last; n++) {
      const t = backward ? last - n : n;
      const mean = (SPRING * CENTERS[t]) / stiffness;
      const kept = n === 0 ? 0 : KEPT;
      x = mean + kept * (x - mean) + Math.sqrt((1 - kept * kept) / stiffness) * z[n];
      // A path back passes the same configurations: the slice belongs to the centre that it leaves on the way there.
      if (backward && t > 0) {
        done += bias(x, CENTERS[t - 1]) - bias(x, CENTERS[t]);
        cv[(t - 1) * PULLS + w] = x;
        work[(t - 1) * PULLS + w] = done;
      }
      if (!backward) {
        cv[t * PULLS + w] = x;
        work[t * PULLS + w] = done;
        if (t < last) done += bias(x, CENTERS[t + 1]) - bias(x, CENTERS[t]);
      }
    }
    total[w] = backward ? -done : done;
    if (backward) for (let t = 0; t < last; t++) work[t * PULLS + w] -= done;
  }
  return { cv: cv.subarray(0, last * PULLS), work: work.subarray(0, last * PULLS), total };
}

/** @param counted factor of all work */
function freeEnergy(seed: number, bidirectional: boolean, counted: number): Float64Array {
  const path = (backward: boolean): PulledPaths => {
    const { cv, work, total } = paths(seed, backward);
    return { cv, work: work.map((w) => counted * w), total: total?.map((w) => counted * w) ?? null };
  };
  const pulls: Pulls = {
    pulls: PULLS,
    centers: CENTERS.subarray(0, CENTERS.length - 1),
    springConstant: SPRING,
    forward: path(false),
    backward: bidirectional ? path(true) : null,
  };
  const values = [...pulls.forward.cv, ...(pulls.backward?.cv ?? [])];
  const bin = Int32Array.from(values, (x) =>
    x >= LOW && x < HIGH ? Math.floor(((x - LOW) / (HIGH - LOW)) * BINS) : -1,
  );
  return pulledShares(pulledLogWeights(pulls), bin, BINS).map((share) => -Math.log(share));
}

/** -log of the share of each bin of exp(-WELL x^2 / 2), by quadrature. */
function exact(): Float64Array {
  const fine = 50;
  const shares = Float64Array.from({ length: BINS }, (_, b) => {
    let sum = 0;
    for (let i = 0; i < fine; i++) {
      const x = LOW + ((HIGH - LOW) * (b + (i + 0.5) / fine)) / BINS;
      sum += Math.exp((-WELL * x * x) / 2);
    }
    return sum;
  });
  const sum = shares.reduce((a, b) => a + b);
  return shares.map((share) => -Math.log(share / sum));
}

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);

/** rms difference of the exponential average over seeds from the exact one in standard errors, and the mean rms error. */
function accuracy(bidirectional: boolean, counted = 1) {
  const truth = exact();
  const found = SEEDS.map((seed) => freeEnergy(seed, bidirectional, counted));
  const z = Array.from(truth, (value, b) => {
    const ratios = found.map((F) => Math.exp(value - F[b]) - 1);
    const mean = ratios.reduce((a, c) => a + c) / ratios.length;
    const variance = ratios.reduce((a, c) => a + (c - mean) ** 2, 0) / (ratios.length - 1);
    return mean / Math.sqrt(variance / ratios.length);
  });
  const squares = found.flatMap((F) => Array.from(F, (value, b) => (value - truth[b]) ** 2));
  return { z, rms: Math.sqrt(squares.reduce((a, b) => a + b) / squares.length) };
}

describe('the free energy along a pull', () => {
  const both = accuracy(true);
  const forward = accuracy(false);

  it('is right bin by bin over seeds, though walkers lag behind', () => {
    for (const z of both.z) expect(Math.abs(z)).toBeLessThan(4);
  });

  it('is found from one direction too, with larger errors', () => {
    expect(forward.rms).toBeLessThan(0.5);
    expect(both.rms).toBeLessThan(0.8 * forward.rms);
  });

  it('is wrong without the work', () => {
    expect(Math.max(...accuracy(true, 0).z.map(Math.abs))).toBeGreaterThan(10);
  });
});
