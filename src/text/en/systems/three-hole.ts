import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Three-hole potential',
  teaches: 'Two routes connect the deep wells. Which of them dominates depends on the temperature.',
};

export default words;
