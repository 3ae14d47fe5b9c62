/** Euler-Maruyama: q' = q - M grad U dt + sqrt(2 kT M dt) R (Kloeden, Platen 1992, eq. 9.1.1). */
import type { Integrator } from '../contract.ts';
import { timeStep } from '../time-step.ts';

const integrator: Integrator = {
  order: 1,
  params: {
    dt: timeStep(),
  },
  forces: 1,
  step(b) {
    const gradient = b.gradient(b.q);
    const q = b.each((d) => {
      const drift = b.product(b.mobility[d], b.dt, gradient[d]);
      const noise = b.noise(d);
      return b.sum(b.difference(b.q[d], drift), b.product(noise, b.normals[d]));
    });
    return { q };
  },
};

export default integrator;
