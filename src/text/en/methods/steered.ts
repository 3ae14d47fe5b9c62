import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Steered pulling',
  teaches:
    'A moving spring pulls walkers over the barrier. The exponential average of the work gives the free energy.',
  parameters: {
    pulls: {
      label: 'Pulls',
      help: 'Number of walkers that are pulled at once. At a given budget, more pulls are faster pulls.',
    },
    springConstant: {
      label: 'Spring constant',
      help: 'k of the spring k/2 (ξ − centre)². Automatic: the range of the collective variable is 40 thermal widths sqrt(kT/k), or fewer if the time step is too long for so stiff a spring.',
      empty: 'automatic',
    },
    backward: {
      label: 'Pull in both directions',
      help: 'Half of the pulls run backwards from the far end, after equilibration there. Combining both directions reduces the error considerably.',
    },
    equilibration: {
      label: 'Budget share for equilibration',
      help: 'Share of the budget in which walkers are brought to the starting point of a pull and equilibrate there.',
    },
  },
};

export default words;
