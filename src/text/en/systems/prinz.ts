import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Prinz potential',
  teaches: 'Four wells of different depth: a standard test for Markov state models.',
};

export default words;
