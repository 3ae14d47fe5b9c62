/** Words of the settings of station Couple. */
import type { SettingWords } from '../../language.ts';

export const coupleSettings = {
  arms: {
    label: 'Methods',
    help: 'The methods that are compared at the same budget, by their ids, separated by commas.',
  },
  'couple.windows': {
    label: 'Windows',
    help: 'Number of evenly spaced windows along the collective variable, the same for all methods.',
  },
  'couple.low': {
    label: 'From',
    help: 'Centre of the lowest window.',
  },
  'couple.high': {
    label: 'To',
    help: 'Centre of the highest window.',
  },
  'couple.springConstant': {
    label: 'Spring constant',
    help: 'k of the restraint k/2 (ξ − centre)² of every window. Automatic: the thermal width sqrt(kT/k) equals the spacing of the windows.',
    empty: 'automatic',
  },
  'couple.moves': {
    label: 'Model moves',
    help: 'Whether the model keeps proposing moves while walkers run in their windows. With the Metropolis test a wrong model only costs time; without moves, its errors in the initial states remain.',
    options: {
      metropolis: 'with Metropolis test',
      none: 'none',
    },
  },
  'couple.every': {
    label: 'Steps between moves',
    help: 'Number of time steps between two model moves or exchanges of windows.',
  },
  'couple.rounds': {
    label: 'Training rounds',
    help: 'How often the model is retrained after all windows have samples.',
  },
  'couple.ceiling': {
    label: 'Ignore F above',
    help: 'The error of F is averaged over the bins whose exact free energy is below this value. It should be higher than the barrier.',
  },
} satisfies Readonly<Record<string, SettingWords>>;
