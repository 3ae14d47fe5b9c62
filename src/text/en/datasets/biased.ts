import type { DatasetWords } from '../../language.ts';

const words: DatasetWords = {
  title: 'the run of Bias',
  states: 'configurations of the biased run',
  invitation:
    'Press Train: the biased run of station Bias is made first, and a network learns from its samples.',
  run: 'Biased run for the training data',
};

export default words;
