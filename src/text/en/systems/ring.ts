import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Ring',
  teaches:
    'The collective variable is an angle: its free energy is periodic, and every well can be reached in two directions.',
  parameters: {
    wells: {
      label: 'Wells',
      help: 'Number of wells around the circle.',
    },
    barrier: {
      label: 'Barrier',
      help: 'Height of the barriers. The free energy along the angle is exactly h/2 (1 − cos nθ).',
    },
    stiffness: {
      label: 'Stiffness',
      help: 'Spring constant that holds walkers near the circle of radius 1.',
    },
  },
};

export default words;
