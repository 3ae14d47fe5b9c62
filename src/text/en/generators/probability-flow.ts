import type { MemberWords } from '../../language.ts';
import { noiseLevels } from '../noise-levels.ts';

const words: MemberWords = {
  title: 'Probability flow',
  parameters: {
    steps: {
      label: 'Steps',
      help: 'Number of steps of the flow from noise to sample. With Heun each step costs two network evaluations, and the last step one.',
    },
    ...noiseLevels,
    order: {
      label: 'Method',
      help: 'Heun corrects each step with a second evaluation (second-order error in the step size). Euler does not (first-order error).',
      options: {
        heun: 'Heun',
        euler: 'Euler',
      },
    },
  },
};

export default words;
