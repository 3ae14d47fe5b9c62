/**
 * Stochastic Heun: an Euler-Maruyama step predicts, the mean of the forces at both ends corrects, with the same noise
 * (Kloeden, Platen 1992, section 15.1).
 */
import type { Integrator } from '../contract.ts';
import { timeStep } from '../time-step.ts';

const integrator: Integrator = {
  cite: 'Kloeden, Platen, Numerical Solution of Stochastic Differential Equations (1992)',
  order: 2,
  params: {
    dt: timeStep(),
  },
  forces: 2,
  step(b) {
    const noise = b.each((d) => b.product(b.noise(d), b.normals[d]));
    const moved = (gradient: (d: number) => number) =>
      b.each((d) => b.sum(b.difference(b.q[d], b.product(b.mobility[d], b.dt, gradient(d))), noise[d]));
    const here = b.gradient(b.q);
    const there = b.gradient(moved((d) => here[d]));
    return { q: moved((d) => b.product(b.number(0.5), b.sum(here[d], there[d]))) };
  },
};

export default integrator;
