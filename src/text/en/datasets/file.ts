import type { DatasetWords } from '../../language.ts';

const words: DatasetWords = {
  title: 'your own file',
  states: 'states from your file',
  invitation: 'Choose a file of states under Data, then press Train.',
};

export default words;
