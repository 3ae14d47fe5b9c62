/** What the page calls training data, by where they come from. */
import type { Experiment } from '../../core/params/experiment.ts';

type Source = Experiment['data'];

/** `A network learns from 20,000 ...` */
export const STATES_OF: Readonly<Record<Source, string>> = {
  equilibrium: 'exact samples of the density',
  even: 'exact states, as many at every value of the slow variable',
  simulation: 'states that the walkers visited',
  biased: 'states of the biased run',
  file: 'states of your file',
  drawn: 'points drawn by hand',
};

/** What happens when Train is pressed. */
export const INVITATIONS: Readonly<Record<Source, string>> = {
  equilibrium: 'Press Train: a network learns from the states below to turn noise into states like them.',
  even: 'Press Train: a network learns from exact states, as many at every value of the slow variable.',
  simulation:
    'Press Train: walkers are simulated first, and a network learns from whatever they have visited.',
  biased:
    'Press Train: the biased run of station Bias is made first, and a network learns from the states of its walkers.',
  file: 'Choose a file of states beside the training data, then press Train.',
  drawn: 'Draw points in the picture beside the training data, then press Train.',
};
