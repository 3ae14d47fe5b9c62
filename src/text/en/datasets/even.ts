import type { DatasetWords } from '../../language.ts';

const words: DatasetWords = {
  title: 'exact, evenly along the collective variable',
  states: 'exact samples, evenly spread along the collective variable',
  invitation:
    'Press Train: a network learns from exact samples that are evenly spread along the collective variable.',
};

export default words;
