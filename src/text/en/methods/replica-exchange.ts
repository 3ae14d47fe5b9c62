import type { MemberWords } from '../../language.ts';

const words: MemberWords = {
  title: 'Replica exchange',
  teaches:
    'Replicas at different temperatures exchange configurations: hot ones cross the barriers and pass on new configurations down to kT.',
  parameters: {
    replicas: {
      label: 'Replicas',
      help: 'Number of temperatures. The energy distributions of neighbouring temperatures must overlap.',
    },
    highestTemperature: {
      label: 'Highest temperature',
      help: 'Temperature of the hottest replica as a multiple of kT. The temperatures form a geometric progression.',
    },
    copies: {
      label: 'Independent copies',
      help: 'Number of independent sets of replicas, which share the budget.',
    },
    interval: {
      label: 'Steps between exchanges',
      help: 'Number of steps between two exchange attempts. An attempt costs one energy evaluation per walker.',
    },
    discard: {
      label: 'Discarded share',
      help: 'Share of the beginning of the run that is treated as equilibration and discarded.',
    },
  },
};

export default words;
