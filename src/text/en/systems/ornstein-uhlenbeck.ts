import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Ornstein–Uhlenbeck process with rotation',
  teaches:
    'A steady state with circulation: its distribution is a Gaussian, as in equilibrium, but the dynamics is not reversible.',
  parameters: {
    rate: {
      label: 'Relaxation rate',
      help: 'Rate at which walkers return to the origin.',
    },
    rotation: {
      label: 'Angular velocity',
      help: 'Angular velocity about the origin. The stationary distribution does not depend on it, but correlation functions oscillate with it.',
    },
    amplitude: {
      label: 'Noise amplitude',
      help: 'Amplitude s of the noise. In the steady state each coordinate has variance s²/(2λ).',
    },
  },
};

export default words;
