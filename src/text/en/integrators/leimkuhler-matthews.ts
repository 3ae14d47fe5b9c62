import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Leimkuhler–Matthews',
  parameters: {
    dt: {
      label: 'Time step',
      help: 'Length of a time step. Averages have an error of second order in it.',
    },
  },
};

export default words;
