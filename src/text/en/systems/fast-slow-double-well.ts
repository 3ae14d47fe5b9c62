import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Fast–slow double well',
  teaches: 'A fast coordinate follows a slow one that is trapped: the simplest multiscale system.',
  parameters: {
    barrier: {
      label: 'Barrier',
      help: 'Height of the barrier between the wells. The free energy along x is exactly h (x² − 1)².',
    },
    stiffness: {
      label: 'Stiffness',
      help: 'Spring constant that ties y to the curve A sin(πx). The variance of y at fixed x is kT/k.',
    },
    amplitude: {
      label: 'Amplitude',
      help: 'Amplitude of the curve A sin(πx) that y follows.',
    },
    epsilon: {
      label: 'Time-scale separation',
      help: 'The mobility of y is 1/ε: the smaller ε is, the faster y relaxes at fixed x. The equilibrium distribution does not depend on ε.',
    },
  },
};

export default words;
