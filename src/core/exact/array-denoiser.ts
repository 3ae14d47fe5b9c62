/**
 * Exact denoiser of the equilibrium density and of its conditional distributions, for batches of plain arrays in standardised
 * units: what stands in for the network when a sampler is judged alone.
 */

import { statesDenoiser, type WeightedStates } from '../generative/conditioning/states-denoiser.ts';
import type { Denoiser } from '../generative/contract.ts';
import type { Standardisation } from '../numerics/results.ts';
import { linspace } from '../numerics/results.ts';
import type { Setting, SystemModel } from '../systems/model.ts';
import { type Density, spacing } from './density.ts';
import { conditionalDistribution } from './free-energy.ts';
import { LevelDistribution } from './level-distribution.ts';
import { SmoothedDensity } from './smoothed-density.ts';

/** Gauss-Hermite rule of five nodes for the standard normal (exact to degree nine). */
const HERMITE = [
  [-2.856970013872806, 0.011257411327721],
  [-1.355626179974266, 0.222075922005613],
  [0, 0.533333333333333],
  [1.355626179974266, 0.222075922005613],
  [2.856970013872806, 0.011257411327721],
] as const;
const NODES = HERMITE.length ** 2;

/** Spacing of the points of a conditional distribution, in standard deviations: noise from twice that on does not see them. */
const SPACING = 0.0025;

/**
 * D(y; ratio) = E[x0 | x0 + ratio noise = y] of the equilibrium density of two coordinates. Noise wider than the spacing
 * of the nodes that resolve the density: the density on its grid is smoothed once for each ratio and D interpolated at
 * the states. Narrower noise: a Gauss-Hermite rule around each state.
 * @throws Error unless there are two coordinates
 */
export function exactDenoiser(
  { model, kT }: Pick<Setting, 'model' | 'kT'>,
  density: Density,
  scale: Standardisation,
): Denoiser<Float64Array> {
  if (model.dimension !== 2) throw new Error(`dimension ${model.dimension}`);
  const smoothed = new SmoothedDensity(density, scale);
  return (y, ratio) =>
    smoothed.resolves(ratio) ? smoothed.denoise(y, ratio) : denoiseNearby(model, kT, scale, y, ratio);
}

/**
 * The same of the distribution of the states with this value of the collective variable, in the sense of delta(cv - at).
 * @throws Error unless there are two coordinates, or where no state within reach has this value
 */
export function exactConditionalDenoiser(
  setting: Setting,
  density: Density,
  scale: Standardisation,
  at: number,
): Denoiser<Float64Array> {
  const spacings = scale.deviation.map((deviation) => SPACING * deviation);
  const { dimension, values, weights } = levelStates(setting, density, at, spacings);
  const standard = values.map((v, i) => (v - scale.mean[i % dimension]) / scale.deviation[i % dimension]);
  return statesDenoiser({ dimension, values: standard, weights });
}

function levelStates(
  setting: Setting,
  density: Density,
  at: number,
  spacings: readonly number[],
): WeightedStates {
  const { cvCoordinate } = setting;
  if (cvCoordinate < 0) return new LevelDistribution(setting, density, at).quadrature(spacings);
  const { x, density: p } = conditionalDistribution(setting, density, at);
  const parts = Math.ceil(spacing(x) / spacings[1 - cvCoordinate]);
  const count = parts * (x.length - 1) + 1;
  const values = new Float64Array(2 * count).fill(at);
  linspace(x[0], x[x.length - 1], count).forEach((v, n) => {
    values[2 * n + 1 - cvCoordinate] = v;
  });
  const weights = Float64Array.from({ length: count }, (_, n) => {
    const [node, between] = [Math.floor(n / parts), (n % parts) / parts];
    return between === 0 ? p[node] : (1 - between) * p[node] + between * p[node + 1];
  });
  return { dimension: 2, values, weights };
}

/** The local rule: exact for a density that is smooth over the noise. */
function denoiseNearby(
  model: SystemModel,
  kT: number,
  { mean, deviation }: Standardisation,
  y: Float64Array,
  ratio: number,
): Float64Array {
  const rows = y.length / 2;
  const count = rows * NODES;
  const q = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    const [n, a, b] = [Math.floor(k / NODES), k % HERMITE.length, Math.floor((k % NODES) / HERMITE.length)];
    q[k] = mean[0] + deviation[0] * (y[2 * n] + ratio * HERMITE[a][0]);
    q[count + k] = mean[1] + deviation[1] * (y[2 * n + 1] + ratio * HERMITE[b][0]);
  }
  const energies = new Float64Array(count);
  model.energy(q, count, energies);
  const out = new Float64Array(y.length);
  for (let n = 0; n < rows; n++) {
    const own = energies.subarray(n * NODES, (n + 1) * NODES);
    const lowest = own.reduce((u, v) => Math.min(u, v), Number.POSITIVE_INFINITY);
    let [mass, dx, dy] = [0, 0, 0];
    for (let m = 0; m < NODES; m++) {
      const [u, wu] = HERMITE[m % HERMITE.length];
      const [v, wv] = HERMITE[Math.floor(m / HERMITE.length)];
      const p = wu * wv * Math.exp((lowest - own[m]) / kT);
      mass += p;
      dx += p * u;
      dy += p * v;
    }
    out[2 * n] = y[2 * n] + (ratio * dx) / mass;
    out[2 * n + 1] = y[2 * n + 1] + (ratio * dy) / mass;
  }
  return out;
}
