import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'BAOAB (with inertia)',
  parameters: {
    dt: {
      label: 'Time step',
      help: 'Length of a time step. Averages of positions have an error of second order in it.',
    },
    friction: {
      label: 'Friction',
      help: 'Rate at which velocities decorrelate. At low friction walkers oscillate; at high friction they move diffusively.',
    },
    mass: {
      label: 'Mass',
      help: 'Inertia of the walkers. The equilibrium distribution of positions does not depend on it.',
    },
  },
};

export default words;
