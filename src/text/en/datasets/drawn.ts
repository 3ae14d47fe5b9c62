import type { DatasetWords } from '../../language.ts';

const words: DatasetWords = {
  title: 'drawn by hand',
  states: 'points drawn by hand',
  invitation: 'Draw points in the picture under Data, then press Train.',
};

export default words;
