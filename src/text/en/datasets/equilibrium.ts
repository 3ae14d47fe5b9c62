import type { DatasetWords } from '../../language.ts';

const words: DatasetWords = {
  title: 'exact equilibrium',
  states: 'exact equilibrium samples',
  invitation:
    'Press Train: a network learns, from exact samples, to turn noise into states with the same distribution.',
};

export default words;
