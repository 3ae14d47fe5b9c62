import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Müller–Brown potential',
  teaches: 'Narrow, bent valleys: neither x nor y alone describes the progress of a transition.',
};

export default words;
