import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Wolfe–Quapp potential',
  teaches: 'The path between the deep wells is curved: a straight pull along x or y misses the saddle point.',
};

export default words;
