import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Maier–Stein system',
  teaches:
    'Two wells without a potential. Above α = 4 (with μ = 1) the most likely escape path leaves the axis, and the return path is a different one.',
  parameters: {
    alpha: {
      label: 'Asymmetry',
      help: 'Coefficient of the drift −αxy². The system has a potential only if α = μ.',
    },
    mu: {
      label: 'Restoring rate',
      help: 'Rate μ in the drift −μ(1 + x²)y towards the axis.',
    },
    amplitude: {
      label: 'Noise amplitude',
      help: 'Amplitude s of the noise on both coordinates. In equilibrium s² would be 2kT.',
    },
  },
};

export default words;
