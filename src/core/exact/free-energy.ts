/** Exact free energy along a collective variable and conditional law of the other coordinate, by quadrature. */
import { binCenters } from '../channels.ts';
import type { Model, Setting } from '../model.ts';
import type { ConditionalLaw, FreeEnergy } from '../protocol.ts';
import { type Density, nodesOf, spacing } from './density.ts';
import { isDrivenRing, steadyLogDensity } from './steady-state.ts';

/**
 * F(z) = -log of the integral of delta(cv - z) exp(-U/kT), in kT, minimum 0 over the points of `cv`. Exact for a cv that is
 * a coordinate; for others to second order in the spacing of the density's grid.
 */
export function exactFreeEnergy(setting: Setting, density: Density, cv: Float64Array): FreeEnergy {
  const F = setting.cvCoordinate < 0 ? deposited(setting, density, cv) : sliced(setting, density, cv);
  const lowest = F.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return { cv, F: F.map((value) => value - lowest) };
}

/**
 * p(other coordinate | cv = at) on the nodes of the density's grid, with its mean and variance.
 * @throws Error unless the cv is one of two coordinates
 */
export function conditionalLaw(setting: Setting, density: Density, at: number): ConditionalLaw {
  if (setting.cvCoordinate < 0 || setting.model.dimension !== 2)
    throw new Error('Exact conditional laws need a slow variable that is one of two coordinates');
  const { x, exponents } = slice(setting, density, at);
  const log = logSum(exponents);
  const h = spacing(x);
  const values = exponents.map((e) => Math.exp(e - log) / h);
  const mean = moment(x, values, h, (v) => v);
  const variance = moment(x, values, h, (v) => (v - mean) ** 2);
  const coordinate = setting.model.system.coordinates[1 - setting.cvCoordinate];
  return { at, coordinate, x, density: values, mean, variance };
}

function moment(x: Float64Array, density: Float64Array, h: number, f: (v: number) => number): number {
  return x.reduce((sum, v, i) => sum + f(v) * density[i] * h, 0);
}

function sliced(setting: Setting, density: Density, cv: Float64Array): Float64Array {
  const { model, kT } = setting;
  if (isDrivenRing(model)) return steadyLogDensity(model, kT, cv).map((logDensity) => -logDensity);
  if (model.dimension === 1) {
    const energies = new Float64Array(cv.length);
    model.energy(cv, cv.length, energies);
    return energies.map((u) => u / kT);
  }
  return Float64Array.from(cv, (z) => -logSum(slice(setting, density, z).exponents));
}

/** -U/kT along the line cv = z, at the nodes of the other coordinate. */
function slice(setting: Setting, density: Density, z: number): { x: Float64Array; exponents: Float64Array } {
  const { model, kT, cvCoordinate } = setting;
  const x = density.axes[1 - cvCoordinate].slice(); // laws are handed away, the density stays
  return { x, exponents: energiesAlong(model, cvCoordinate, z, x).map((u) => -u / kT) };
}

function energiesAlong(model: Model, fixed: number, z: number, x: Float64Array): Float64Array {
  const q = new Float64Array(2 * x.length);
  q.fill(z, fixed * x.length, (fixed + 1) * x.length);
  q.set(x, (1 - fixed) * x.length);
  const energies = new Float64Array(x.length);
  model.energy(q, x.length, energies);
  return energies;
}

function logSum(exponents: Float64Array): number {
  const largest = exponents.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return largest + Math.log(exponents.reduce((sum, e) => sum + Math.exp(e - largest), 0));
}

/** Fine bins per bin of the result. */
const FINE = 8;

/** Puts the mass of every cell of the grid evenly over the range that the cv takes in it. */
function deposited(
  { model, cv: { value, range, periodic } }: Setting,
  density: Density,
  cv: Float64Array,
): Float64Array {
  const values = new Float64Array(density.values.length);
  model.observable(value).evaluate(nodesOf(density.axes), values.length, values);
  const bins = FINE * Math.max(60, cv.length);
  const [low, high] = range;
  const masses = new Float64Array(bins);
  const perBin = bins / (high - low);
  const halves = halfRanges(values, density.axes[0].length, periodic ? high - low : Number.POSITIVE_INFINITY);
  values.forEach((v, k) => {
    const width = Math.max(halves[k] * perBin, 0.5);
    spreadMass(masses, (v - low) * perBin, width, density.values[k], periodic === true);
  });
  const centers = binCenters(low, high, bins);
  return cv.map((z) => -Math.log(interpolated(centers, masses, z)));
}

/** Half of the range of the cv over the cell around each node, from its neighbours along each axis. */
function halfRanges(values: Float64Array, nx: number, period: number): Float64Array {
  const step = (a: number, b: number) => {
    const jump = Math.abs(values[b] - values[a]);
    return Math.min(jump, Math.abs(period - jump));
  };
  return values.map((_, k) => {
    const right = (k + 1) % nx === 0 ? step(k - 1, k) : step(k, k + 1);
    const above = k + nx < values.length ? step(k, k + nx) : step(k - nx, k);
    return (right + above) / 2;
  });
}

function spreadMass(masses: Float64Array, center: number, half: number, mass: number, wrap: boolean): void {
  const [from, to] = [center - half, center + half];
  for (let bin = Math.floor(from); bin < to; bin++) {
    const share = (Math.min(to, bin + 1) - Math.max(from, bin)) / (2 * half);
    const place = wrap ? ((bin % masses.length) + masses.length) % masses.length : bin;
    if (place >= 0 && place < masses.length) masses[place] += mass * share;
  }
}

function interpolated(x: Float64Array, y: Float64Array, at: number): number {
  const place = Math.min(x.length - 1.000001, Math.max(0, (at - x[0]) / spacing(x)));
  const i = Math.floor(place);
  return y[i] + (place - i) * (y[i + 1] - y[i]);
}
