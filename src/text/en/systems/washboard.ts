import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Washboard',
  teaches:
    'Without tilt it is a ring with one well. With tilt, walkers run downhill forever: there is no equilibrium, but a steady state with a current.',
  parameters: {
    barrier: {
      label: 'Barrier',
      help: 'Height of the barrier between neighbouring wells without tilt.',
    },
    tilt: {
      label: 'Tilt',
      help: 'Constant force f along the ring. With tilt the distribution is no longer exp(−U/kT); the exact results are those of the steady state.',
    },
  },
};

export default words;
