/**
 * Integrals over the level sets of a collective variable that is no coordinate: of delta(cv - z) p over the plane. Each
 * level set is met by the lines of the grid in both directions; shares w_x + w_y = 1 of each crossing make the two sums one
 * integral. The share of a direction vanishes with a high power of the slope along it, so that the integrand w_d / |slope|
 * stays smooth where lines touch the level set.
 */
import type { Setting } from '../model.ts';
import { type Density, nodesOf, spacing } from './density.ts';

const NEWTON_STEPS = 4;
/** Power of the slope with which shares vanish. */
const POWER = 8;

/** The integral of delta(cv - z) p at every z, p the normalised density. */
export function levelIntegrals(setting: Setting, density: Density, z: Float64Array): Float64Array {
  const { model, cv } = setting;
  const values = new Float64Array(density.values.length);
  model.observable(cv.value).evaluate(nodesOf(density.axes), values.length, values);
  const period = cv.periodic ? cv.range[1] - cv.range[0] : Number.POSITIVE_INFINITY;
  return z.map((level) =>
    [0, 1].reduce((sum, d) => {
      const q = crossings(density, values, level, period, d);
      return sum + spacing(density.axes[1 - d]) * integrand(setting, density, q, level, period, d);
    }, 0),
  );
}

/** Distance from a level, within half a period. */
function distance(value: number, level: number, period: number): number {
  const away = value - level;
  return Number.isFinite(period) ? away - period * Math.round(away / period) : away;
}

/** Where the lines along coordinate `d` cross the level, to first order: points one coordinate after the other. */
function crossings(
  { axes: [xs, ys] }: Density,
  values: Float64Array,
  level: number,
  period: number,
  d: number,
): Float64Array {
  const [nx, stride] = [xs.length, d === 0 ? 1 : xs.length];
  const [px, py]: [number[], number[]] = [[], []];
  for (let k = 0; k + stride < values.length; k++) {
    if (d === 0 && k % nx === nx - 1) continue;
    const [a, b] = [distance(values[k], level, period), distance(values[k + stride], level, period)];
    if (a < 0 === b < 0 || Math.abs(b - a) > period / 2) continue;
    const [x, y] = [xs[k % nx], ys[Math.floor(k / nx)]];
    const along = a / (a - b);
    px.push(d === 0 ? x + along * spacing(xs) : x);
    py.push(d === 1 ? y + along * spacing(ys) : y);
  }
  return Float64Array.of(...px, ...py);
}

/** Sum of p w_d / |d cv/dx_d| over the crossings, after Newton's method has moved them onto the level. */
function integrand(
  { model, kT, cv }: Setting,
  { logPartition }: Density,
  q: Float64Array,
  level: number,
  period: number,
  d: number,
): number {
  const count = q.length / 2;
  const program = model.withGradient(cv.value);
  const out = new Float64Array(3 * count);
  for (let step = 0; step <= NEWTON_STEPS; step++) {
    program.evaluate(q, count, out);
    if (step === NEWTON_STEPS) break;
    for (let k = 0; k < count; k++)
      q[d * count + k] -= distance(out[k], level, period) / out[(1 + d) * count + k];
  }
  const energies = new Float64Array(count);
  model.energy(q, count, energies);
  return energies.reduce((sum, energy, k) => {
    const [along, across] = [out[(1 + d) * count + k], out[(2 - d) * count + k]];
    const share = 1 / (1 + (across / along) ** POWER);
    const term = (Math.exp(-energy / kT - logPartition) * share) / Math.abs(along);
    // A line that touches the level, or meets a point where the cv has no slope (the centre of an angle), adds nothing.
    return Number.isFinite(term) ? sum + term : sum;
  }, 0);
}
