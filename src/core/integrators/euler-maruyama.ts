/** Euler-Maruyama: q' = q - M grad U dt + sqrt(2 kT M dt) R (Kloeden, Platen 1992, eq. 9.1.1). */
import type { Integrator } from '../families.ts';

const integrator: Integrator = {
  title: 'Euler–Maruyama',
  order: 1,
  params: {
    dt: {
      kind: 'number',
      label: 'Time step',
      symbol: '\\Delta t',
      unit: 'τ',
      default: 0.005,
      min: 1e-4,
      max: 0.05,
      limits: [1e-8, 1],
      scale: 'log',
      help: 'Length of a step: too long, and the walkers feel a force that is no longer there.',
    },
  },
  step(q, { walkers, dimension, dt, kT, mobility, gradient, normals }) {
    const force = gradient(q);
    for (let d = 0; d < dimension; d++) {
      const drift = -mobility[d] * dt;
      const noise = Math.sqrt(2 * kT * mobility[d] * dt);
      for (let i = d * walkers; i < (d + 1) * walkers; i++) q[i] += drift * force[i] + noise * normals[i];
    }
  },
};

export default integrator;
