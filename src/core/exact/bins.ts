/** Exact free energies of bins: what counts of visits estimate, beside F at the centres of the bins. */
import { binCenters, type ExactFreeEnergy, type FreeEnergy } from '../numerics/results.ts';

/** Nodes and weights of Gauss and Legendre with four nodes, on a bin from -1/2 to 1/2; the centre stands among the nodes. */
const [NEAR, FAR] = [0.339981043584856 / 2, 0.861136311594053 / 2];
const NODES = [-FAR, -NEAR, 0, NEAR, FAR];
const [HEAVY, LIGHT] = [0.652145154862546 / 2, 0.347854845137454 / 2];
const WEIGHTS = [LIGHT, HEAVY, 0, HEAVY, LIGHT];
const CENTER = 2;

/**
 * Good to 0.01 kT where F changes by less than 5 kT within a bin.
 * @param freeEnergy F, but for a constant, at places in ascending order
 */
export function overBins(
  [low, high]: readonly [number, number],
  bins: number,
  freeEnergy: (cv: Float64Array) => FreeEnergy,
): ExactFreeEnergy {
  const cv = binCenters(low, high, bins);
  const width = (high - low) / bins;
  const n = NODES.length;
  const { F } = freeEnergy(
    Float64Array.from({ length: n * bins }, (_, i) => cv[Math.floor(i / n)] + width * NODES[i % n]),
  );
  const ofBins = cv.map((_, bin) => {
    const part = F.subarray(n * bin, n * (bin + 1));
    const lowest = part.reduce((a, b) => Math.min(a, b));
    if (!Number.isFinite(lowest)) return lowest;
    return lowest - Math.log(part.reduce((sum, value, k) => sum + WEIGHTS[k] * Math.exp(lowest - value), 0));
  });
  return { cv, F: lowered(cv.map((_, bin) => F[n * bin + CENTER])), ofBins: lowered(ofBins) };
}

/** Minimum 0. */
function lowered(F: Float64Array): Float64Array {
  const lowest = F.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return F.map((value) => value - lowest);
}
