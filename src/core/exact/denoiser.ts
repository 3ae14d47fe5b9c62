/**
 * Exact denoiser of the noised density: D(x; sigma) = E[x0 | x0 + sigma s noise = x], s the standard deviation of each
 * coordinate (models noise standardised data). Tweedie: D - x = sigma^2 s^2 grad log p_sigma.
 */

import type { Standardisation, VectorField } from '../numerics/results.ts';
import { type Grid, linspace } from '../numerics/results.ts';
import type { Domain } from '../systems/contract.ts';
import type { SystemModel } from '../systems/model.ts';
import { type Density, spacing } from './density.ts';

/** Below this many grid spacings the noise kernel is integrated around each point instead. */
const RESOLVED = 3;
/** Nodes per direction of the local rule, over +-LOCAL_REACH standard deviations. */
const LOCAL_NODES = 25;
const LOCAL_REACH = 6;

export type DenoisingField = VectorField & { readonly density: Grid };

/**
 * D(x; sigma) - x and the noised density at the nodes of an n x n grid over the domain, or over another rectangle; NaN where the density
 * underflows.
 */
export function exactDenoisingField(
  model: SystemModel,
  kT: number,
  density: Density,
  sigma: number,
  scale: Standardisation,
  n: number,
  domain: Domain = model.system.domain,
): DenoisingField {
  const [xs, ys] = domain.map(([low, high]) => linspace(low, high, n));
  const widths: [number, number] = [sigma * scale.deviation[0], sigma * scale.deviation[1]];
  const resolved = widths.every((w, d) => w > RESOLVED * spacing(density.axes[d]));
  const moments = resolved
    ? globalMoments(density, xs, ys, widths)
    : localMoments(model, kT, density.logPartition, xs, ys, widths);
  return assemble(xs, ys, moments);
}

/** Noised density, and its integrals weighted by x0 and y0, minus the point. */
interface Moments {
  readonly mass: Float64Array;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
}

function assemble(xs: Float64Array, ys: Float64Array, { mass, dx, dy }: Moments): DenoisingField {
  const n = xs.length;
  const points = new Float32Array(2 * n * n);
  const vectors = new Float32Array(2 * n * n);
  for (let k = 0; k < n * n; k++) {
    points[2 * k] = xs[k % n];
    points[2 * k + 1] = ys[Math.floor(k / n)];
    vectors[2 * k] = dx[k] / mass[k];
    vectors[2 * k + 1] = dy[k] / mass[k];
  }
  return {
    points: { dimension: 2, values: points },
    vectors: { dimension: 2, values: vectors },
    density: { xs, ys, values: mass },
  };
}

/** Gaussian kernel from each target to each source, times `weight(source - target)`. */
function kernel(
  targets: Float64Array,
  sources: Float64Array,
  width: number,
  weighted: boolean,
): Float64Array[] {
  const h = spacing(sources);
  return Array.from(targets, (target) =>
    sources.map((source) => {
      const u = source - target;
      const gauss = (h / (width * Math.sqrt(2 * Math.PI))) * Math.exp(-(u * u) / (2 * width * width));
      return weighted ? gauss * u : gauss;
    }),
  );
}

/** The kernel is a product, so rows are smoothed first and columns of the result after. */
function globalMoments(
  { axes: [sx, sy], values }: Density,
  xs: Float64Array,
  ys: Float64Array,
  widths: readonly [number, number],
): Moments {
  const rows = (weighted: boolean) => {
    const kx = kernel(xs, sx, widths[0], weighted);
    return Array.from(sy, (_, j) => {
      const row = values.subarray(j * sx.length, (j + 1) * sx.length);
      return Float64Array.from(kx, (k) => dot(k, row));
    });
  };
  const columns = (smoothed: Float64Array[], weighted: boolean) => {
    const ky = kernel(ys, sy, widths[1], weighted);
    const out = new Float64Array(xs.length * ys.length);
    for (let b = 0; b < ys.length; b++)
      for (let j = 0; j < sy.length; j++)
        for (let a = 0; a < xs.length; a++) out[b * xs.length + a] += ky[b][j] * smoothed[j][a];
    return out;
  };
  const smoothed = rows(false);
  return { mass: columns(smoothed, false), dx: columns(rows(true), false), dy: columns(smoothed, true) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Trapezoidal rule over the noise around each point: the density itself may be narrower than its grid. */
function localMoments(
  model: SystemModel,
  kT: number,
  logPartition: number,
  xs: Float64Array,
  ys: Float64Array,
  widths: readonly [number, number],
): Moments {
  const noise = linspace(-LOCAL_REACH, LOCAL_REACH, LOCAL_NODES);
  const count = LOCAL_NODES * LOCAL_NODES;
  const q = new Float64Array(2 * count);
  const energies = new Float64Array(count);
  const size = xs.length * ys.length;
  const moments = { mass: new Float64Array(size), dx: new Float64Array(size), dy: new Float64Array(size) };
  const weight = spacing(noise) ** 2 / (2 * Math.PI);
  for (let k = 0; k < size; k++) {
    for (let m = 0; m < count; m++) {
      q[m] = xs[k % xs.length] + widths[0] * noise[m % LOCAL_NODES];
      q[count + m] = ys[Math.floor(k / xs.length)] + widths[1] * noise[Math.floor(m / LOCAL_NODES)];
    }
    model.energy(q, count, energies);
    for (let m = 0; m < count; m++) {
      const [u, v] = [noise[m % LOCAL_NODES], noise[Math.floor(m / LOCAL_NODES)]];
      const p = weight * Math.exp(-energies[m] / kT - logPartition - (u * u + v * v) / 2);
      moments.mass[k] += p;
      moments.dx[k] += p * widths[0] * u;
      moments.dy[k] += p * widths[1] * v;
    }
  }
  return moments;
}
