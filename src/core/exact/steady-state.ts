/**
 * Steady state on a ring whose energy does not close on itself: a constant force drives a current around it, and there is no
 * exp(-U/kT). With the period L, p(x) is proportional to the integral over s from 0 to L of exp((U(x + s) - U(x)) / kT)
 * (Stratonovich 1958; Risken, The Fokker-Planck Equation, section 11.3). Without tilt that is exp(-U/kT) again.
 */
import { linspace } from '../numerics/results.ts';
import type { SystemModel } from '../systems/model.ts';

const NODES = 513;
/** Change of the energy over a period, relative to the energies in it, that is a rounding error. */
const CLOSED = 1e-9;

/** Whether the dynamics of one periodic coordinate carries a current in its steady state. */
export function isDrivenRing(model: SystemModel): boolean {
  const { coordinates, periodic } = model.system;
  if (model.energyNode === null || coordinates.length !== 1 || !periodic.includes(coordinates[0]))
    return false;
  const [[low, high]] = model.system.domain;
  const energies = [low, (low + high) / 2, high].map((x) => model.energyAt([x]));
  return Math.abs(energies[2] - energies[0]) > CLOSED * Math.max(1, ...energies.map(Math.abs));
}

/** Log of the steady density at each place, up to a constant. */
export function steadyLogDensity(model: SystemModel, kT: number, at: Float64Array): Float64Array {
  const [[low, high]] = model.system.domain;
  const offsets = linspace(0, high - low, NODES);
  const places = new Float64Array(NODES);
  const energies = new Float64Array(NODES);
  return at.map((x) => {
    for (let i = 0; i < NODES; i++) places[i] = x + offsets[i];
    model.energy(places, NODES, energies);
    const highest = energies.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const integrand = energies.map((u) => Math.exp((u - highest) / kT));
    const [first, last] = [integrand[0], integrand[NODES - 1]];
    const sum = integrand.reduce((a, b) => a + b, 0) - (first + last) / 2;
    // The ends of the trapezoidal rule, to fourth order (Euler, Maclaurin): the slope at both is U'/kT times the integrand.
    const h = offsets[1];
    const slope = model.gradientAt([x])[0] / kT;
    const integral = h * sum - (h * h * slope * (last - first)) / 12;
    return Math.log(integral) + (highest - energies[0]) / kT;
  });
}
