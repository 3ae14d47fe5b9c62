/**
 * Random-walk Metropolis: a Gaussian move of variance 2 kT M dt, accepted with probability min(1, exp(-(U' - U)/kT))
 * (Metropolis et al., J. Chem. Phys. 21, 1087 (1953)). Steps are no time; small ones move like diffusion.
 */
import type { Integrator } from '../contract.ts';
import { timeStep } from '../time-step.ts';

const integrator: Integrator = {
  cite: 'Metropolis et al., J. Chem. Phys. 21, 1087 (1953)',
  order: null,
  params: {
    dt: timeStep(),
  },
  acceptance: true,
  forces: 1,
  step(b) {
    const proposal = b.each((d) => b.sum(b.q[d], b.product(b.noise(d), b.normals[d])));
    return b.acceptOrStay(proposal, b.quotient(b.difference(b.energy(b.q), b.energy(proposal)), b.kT));
  },
};

export default integrator;
