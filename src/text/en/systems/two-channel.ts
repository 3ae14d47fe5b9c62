import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Two channels',
  teaches:
    'Two channels connect the sides, and walkers rarely switch between them: x alone hides this second barrier.',
};

export default words;
