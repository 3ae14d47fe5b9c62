/** Velocity and effective diffusion of overdamped walkers in a tilted periodic potential, by quadrature. */
import { linspace } from '../numerics/results.ts';
import type { SystemModel } from '../systems/model.ts';
import type { ExactTransport } from './answers.ts';

/** Intervals of a period: even, for Simpson's rule. */
const NODES = 256;
/** Forces of the curve, to either side of none, and how far it goes beyond the force at which the barrier is gone. */
const FORCES = 20;
const BEYOND = 1.25;

/** Potential without its tilt at `NODES` equal distances of a period, and what acts beside it. */
export interface PeriodicForce {
  readonly energies: Float64Array;
  readonly period: number;
  readonly kT: number;
  readonly mobility: number;
  readonly force: number;
}

/**
 * v = (1 - exp(-F L / kT)) / mean(I+) (Stratonovich 1958) and D = D0 mean(I+^2 I-) / mean(I+)^3 (Reimann et al., Phys. Rev.
 * Lett. 87, 010602 (2001)), where I+-(x) = (1 / D0) int_0^L dy exp((+-V(x) -+ V(x -+ y)) / kT) and V is tilted.
 */
export function tiltedTransport(of: PeriodicForce): { velocity: number; diffusion: number } {
  if (of.force < 0) {
    // Mirrored, so that no exponential grows.
    const { velocity, diffusion } = tiltedTransport({
      ...of,
      energies: of.energies.toReversed(),
      force: -of.force,
    });
    return { velocity: -velocity, diffusion };
  }
  const { energies, period, kT, mobility, force } = of;
  const count = energies.length;
  const step = period / count;
  const free = kT * mobility;
  const weights = Array.from({ length: count + 1 }, (_, j) => {
    const simpson = j === 0 || j === count ? 1 : j % 2 === 1 ? 4 : 2;
    return ((simpson * step) / 3 / free) * Math.exp((-force * j * step) / kT);
  });
  let [plus, mixed] = [0, 0];
  for (let i = 0; i < count; i++) {
    let [forward, backward] = [0, 0];
    for (let j = 0; j <= count; j++) {
      const [behind, ahead] = [energies[(i - j + count) % count], energies[(i + j) % count]];
      forward += weights[j] * Math.exp((energies[i] - behind) / kT);
      backward += weights[j] * Math.exp((ahead - energies[i]) / kT);
    }
    plus += forward / count;
    mixed += (forward * forward * backward) / count;
  }
  return {
    velocity: -Math.expm1((-force * period) / kT) / plus,
    diffusion: (free * mixed) / plus ** 3,
  };
}

/** D = D0 L^2 / (int exp(V / kT) int exp(-V / kT)) without a tilt (Lifson, Jackson, J. Chem. Phys. 36, 2410 (1962)). */
export function lifsonJackson({ energies, kT, mobility }: Omit<PeriodicForce, 'force' | 'period'>): number {
  const mean = (sign: number) =>
    energies.reduce((sum, energy) => sum + Math.exp((sign * energy) / kT), 0) / energies.length;
  return (kT * mobility) / (mean(1) * mean(-1));
}

/** Null but for one periodic coordinate with a potential. */
export function transportOf(model: SystemModel, kT: number): ExactTransport | null {
  const { coordinates, periodic, domain, hidden } = model.system;
  if (model.energyNode === null || hidden || coordinates.length !== 1 || periodic.length !== 1) return null;
  const [low, high] = domain[0];
  const period = high - low;
  const mobility = model.mobility[0];
  const force = (model.energyAt([low]) - model.energyAt([high])) / period;
  const places = linspace(low, high, NODES + 1).subarray(0, NODES);
  const energies = places.map((x) => model.energyAt([x]) + force * (x - low));
  const at = (applied: number) => tiltedTransport({ energies, period, kT, mobility, force: applied });
  const slopes = energies.map((energy, i) => (Math.abs(energies[(i + 1) % NODES] - energy) * NODES) / period);
  const reach = BEYOND * Math.max(Math.abs(force), ...slopes, kT / period);
  const forces = linspace(-reach, reach, 2 * FORCES + 1);
  const curve = Array.from(forces, at);
  return {
    force,
    ...at(force),
    freeDiffusion: kT * mobility,
    lifsonJackson: lifsonJackson({ energies, kT, mobility }),
    forces,
    velocities: Float64Array.from(curve, ({ velocity }) => velocity),
    diffusions: Float64Array.from(curve, ({ diffusion }) => diffusion),
  };
}
