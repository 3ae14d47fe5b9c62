/**
 * Metropolis-adjusted Langevin: an Euler-Maruyama step as proposal, accepted so that the density is exactly invariant
 * (Roberts, Tweedie, Bernoulli 2, 341 (1996)).
 */

import type { Integrator } from '../contract.ts';
import type { Vector } from '../step-builder.ts';
import { timeStep } from '../time-step.ts';

const integrator: Integrator = {
  cite: 'Roberts, Tweedie, Bernoulli 2, 341 (1996)',
  order: null,
  params: {
    dt: timeStep(),
  },
  acceptance: true,
  forces: 1,
  step(b) {
    const drift = (gradient: Vector, d: number) => b.product(b.mobility[d], b.dt, gradient[d]);
    const here = b.gradient(b.q);
    const proposal = b.each((d) => {
      const noise = b.noise(d);
      return b.sum(b.difference(b.q[d], drift(here, d)), b.product(noise, b.normals[d]));
    });
    const there = b.gradient(proposal);
    // log density of the way there is -R^2 / 2, of the way back -(its own normal)^2 / 2.
    const terms = b.each((d) => {
      const back = b.sum(b.difference(b.q[d], proposal[d]), drift(there, d));
      const width = b.product(b.number(4), b.kT, b.mobility[d], b.dt);
      const there2 = b.product(b.number(0.5), b.normals[d], b.normals[d]);
      return b.difference(there2, b.quotient(b.product(back, back), width));
    });
    const energies = b.quotient(b.difference(b.energy(b.q), b.energy(proposal)), b.kT);
    return b.acceptOrStay(proposal, b.sum(energies, ...terms));
  },
};

export default integrator;
