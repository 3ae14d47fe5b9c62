import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'φ⁴ chain',
  teaches:
    'Many bistable sites are coupled to their neighbours. The slow process is the collective flip of the chain.',
  parameters: {
    sites: {
      label: 'Sites',
      help: 'Number of sites. The chain is periodic: the last site is a neighbour of the first.',
    },
    barrier: {
      label: 'Barrier',
      help: 'Height of the barrier of a single site between −1 and 1.',
    },
    coupling: {
      label: 'Coupling',
      help: 'Spring constant between neighbours. The stronger the coupling, the more sites flip together.',
    },
  },
};

export default words;
