/** Words of the settings of every experiment. */
import type { SettingWords } from '../../language.ts';

export const experimentSettings = {
  station: {
    label: 'Station',
    help: 'The station that is open.',
    options: {
      explore: 'Explore',
      bias: 'Bias',
      learn: 'Learn',
      condition: 'Condition',
      couple: 'Couple',
      close: 'Close',
    },
  },
  seed: {
    label: 'Seed',
    help: 'Seed of all random numbers: the same seed gives the same run.',
  },
  system: {
    label: 'System',
    help: 'The system that is simulated.',
  },
  kT: {
    label: 'Temperature',
    help: 'Thermal energy kT. The equilibrium density is exp(−U/kT), and the noise amplitude of the dynamics is proportional to sqrt(kT).',
  },
  cv: {
    label: 'Collective variable',
    help: 'The variable along which the free energy is computed and on which samples are conditioned.',
  },
  start: {
    label: 'Start',
    help: 'Where all walkers start: the name of a minimum, or coordinates separated by commas.',
  },
  target: {
    label: 'Target',
    help: 'The target of first passages: the name of a minimum, or coordinates separated by commas.',
  },
  walkers: {
    label: 'Walkers',
    help: 'Number of independent copies of the system. All of them start at the same point.',
  },
  time: {
    label: 'Simulated time',
    help: 'Physical time for which each walker is simulated.',
  },
  integrator: {
    label: 'Integrator',
    help: 'The algorithm that advances the dynamics by one time step.',
  },
  method: {
    label: 'Method',
    help: 'The sampling method that helps walkers cross barriers.',
  },
  budget: {
    label: 'Budget',
    help: 'Total number of force evaluations, for all purposes.',
  },
  reweight: {
    label: 'Reweight to',
    help: 'A second collective variable. Its free energy is computed from the same samples by reweighting.',
    options: {
      none: 'none',
    },
  },
  observable: {
    label: 'Average of',
    help: 'An expression in the coordinates. Its equilibrium average is computed from the same samples by reweighting.',
  },
} satisfies Readonly<Record<string, SettingWords>>;
