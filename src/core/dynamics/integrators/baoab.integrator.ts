/**
 * BAOAB for underdamped Langevin dynamics: half a kick, half a drift, the exact Ornstein-Uhlenbeck step of the velocity,
 * half a drift, half a kick (Leimkuhler, Matthews, J. Chem. Phys. 138, 174102 (2013), doi 10.1063/1.4802990).
 * A coordinate of mobility M has the mass `mass / M`, so that fast coordinates stay fast.
 */

import { number } from '../../params/make.ts';
import type { Integrator } from '../contract.ts';
import type { Vector } from '../step-builder.ts';
import { timeStep } from '../time-step.ts';

const integrator: Integrator = {
  cite: 'Leimkuhler, Matthews, J. Chem. Phys. 138, 174102 (2013)',
  order: 2,
  params: {
    dt: timeStep(),
    friction: number(1, [0.1, 20], { symbol: '\\gamma', unit: '1/τ', limits: [1e-3, 1e4], scale: 'log' }),
    mass: number(1, [0.1, 10], { symbol: 'm', limits: [1e-4, 1e4], scale: 'log' }),
  },
  memory: ['velocity', 'gradient'],
  forces: 1,
  step(b) {
    b.energy(b.q); // there is no inertia without a potential
    const half = b.product(b.number(0.5), b.dt);
    const mass = b.each((d) => b.quotient(b.parameter('mass'), b.mobility[d]));
    const kicked = (velocity: Vector, gradient: Vector) =>
      b.each((d) => b.difference(velocity[d], b.quotient(b.product(half, gradient[d]), mass[d])));
    const drifted = (q: Vector, velocity: Vector) => b.each((d) => b.sum(q[d], b.product(half, velocity[d])));
    const kept = b.exp(b.product(b.number(-1), b.parameter('friction'), b.dt));
    const fresh = b.difference(b.number(1), b.product(kept, kept));
    const thermalised = (velocity: Vector) =>
      b.each((d) => {
        const amplitude = b.sqrt(b.quotient(b.product(b.kT, fresh), mass[d]));
        return b.sum(b.product(kept, velocity[d]), b.product(amplitude, b.normals[d]));
      });

    const B1 = kicked(b.memory('velocity'), b.memory('gradient'));
    const A1 = drifted(b.q, B1);
    const O = thermalised(B1);
    const q = drifted(A1, O);
    const gradient = b.gradient(q);
    return { q, velocity: kicked(O, gradient), gradient };
  },
};

export default integrator;
