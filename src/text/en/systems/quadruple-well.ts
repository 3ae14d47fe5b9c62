import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Quadruple well',
  teaches:
    'Four wells of unequal depth. The two coordinates are independent, so each marginal is a one-dimensional problem.',
};

export default words;
