import type { DatasetWords } from '../../language.ts';

const words: DatasetWords = {
  title: 'the simulation of Explore',
  states: 'configurations visited by the walkers',
  invitation:
    'Press Train: walkers are simulated first, and a network learns from the configurations they visit.',
  run: 'Simulation of the training data',
};

export default words;
