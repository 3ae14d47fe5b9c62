import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Half-moon',
  teaches:
    'The slow and fast coordinates are observed through a nonlinear map: the slow variable is neither coordinate but y₁ − y₂².',
  parameters: {
    barrier: {
      label: 'Barrier',
      help: 'Height of the barrier between the wells of the hidden slow coordinate at −1 and 1.',
    },
    stiffness: {
      label: 'Stiffness',
      help: 'Spring constant of the fast coordinate. Its variance is kT/k, which sets the length of the half-moon.',
    },
    epsilon: {
      label: 'Time-scale separation',
      help: 'The mobility of the fast coordinate is 1/ε. The equilibrium distribution does not depend on ε.',
    },
  },
};

export default words;
