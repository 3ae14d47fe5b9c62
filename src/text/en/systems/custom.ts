import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Custom energy',
  teaches:
    'Type an energy of your own: the gradient, the exact results and the fast engines are derived from it.',
  parameters: {
    energy: {
      label: 'Energy',
      help: 'An expression in x, y and parameters. Parameters are declared after semicolons: a*x^2 + y^2; a = 2 in [1, 5].',
    },
    cv: {
      label: 'Collective variable',
      help: 'An expression in x and y that can be chosen as the collective variable, besides x and y.',
    },
    xMin: {
      label: 'Lower limit of x',
      help: 'Lower limit of the plotted range of x. Walkers may leave it.',
    },
    xMax: {
      label: 'Upper limit of x',
      help: 'Upper limit of the plotted range of x. Walkers may leave it.',
    },
    yMin: {
      label: 'Lower limit of y',
      help: 'Lower limit of the plotted range of y. Walkers may leave it.',
    },
    yMax: {
      label: 'Upper limit of y',
      help: 'Upper limit of the plotted range of y. Walkers may leave it.',
    },
  },
  otherParameter: (name) => ({ label: name, help: `Parameter ${name} of the typed energy.` }),
};

export default words;
