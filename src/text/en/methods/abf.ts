import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Adaptive biasing force',
  teaches:
    'The mean force along the collective variable is estimated on the fly and subtracted, so that walkers diffuse as if there were no barrier.',
  parameters: {
    walkers: {
      label: 'Walkers',
      help: 'Number of walkers that estimate one common mean force and share the budget.',
    },
    bins: {
      label: 'Bins',
      help: 'Number of bins of the collective variable in which the mean force is averaged.',
    },
    fullSamples: {
      label: 'Samples before full bias',
      help: 'The mean force in a bin is applied in full after this many samples n, and in proportion to n before. This avoids large wrong forces from few samples.',
    },
    interval: {
      label: 'Steps between samples',
      help: 'Number of steps between two samples of the force. Each sample costs one additional force evaluation.',
    },
  },
};

export default words;
