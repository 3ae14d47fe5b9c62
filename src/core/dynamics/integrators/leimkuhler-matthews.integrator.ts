/**
 * Leimkuhler-Matthews: q' = q - M grad U dt + sqrt(2 kT M dt) (R_n + R_n+1) / 2 (Appl. Math. Res. eXpress 2013, 34,
 * doi 10.1093/amrx/abs010). One force per step like Euler-Maruyama, and exact in a harmonic well.
 */
import type { Integrator } from '../contract.ts';
import { timeStep } from '../time-step.ts';

const integrator: Integrator = {
  cite: 'Leimkuhler, Matthews, Appl. Math. Res. eXpress 2013, 34',
  order: 2,
  params: {
    dt: timeStep(),
  },
  memory: ['noise'],
  forces: 1,
  step(b) {
    const gradient = b.gradient(b.q);
    const before = b.memory('noise');
    const q = b.each((d) => {
      const drift = b.product(b.mobility[d], b.dt, gradient[d]);
      const amplitude = b.product(b.number(0.5), b.noise(d));
      const noise = b.sum(before[d], b.normals[d]);
      return b.sum(b.difference(b.q[d], drift), b.product(amplitude, noise));
    });
    return { q, noise: b.normals };
  },
};

export default integrator;
