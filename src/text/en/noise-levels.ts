/** Words of the settings that generators share. */
import type { SettingWords } from '../language.ts';

/** The noise levels of a generator, from the largest to the smallest. */
export const noiseLevels = {
  sigmaMax: {
    label: 'Largest noise level',
    help: 'Noise level at which generation starts, in standard deviations of the data. If it is too small, the weights of the modes are wrong.',
  },
  sigmaMin: {
    label: 'Smallest noise level',
    help: 'Noise level before the last step, which removes all remaining noise.',
  },
  rho: {
    label: 'Exponent of the spacing',
    help: 'The noise levels are evenly spaced in σ to the power 1/ρ: the larger ρ is, the more steps are taken at small noise.',
  },
  spacing: {
    label: 'Spacing of steps',
    help: 'How the steps are distributed over the noise levels: evenly in σ to the power 1/ρ, or evenly in the time of the noise schedule.',
    options: {
      rho: 'power ρ',
      schedule: 'time of the noise schedule',
    },
  },
} satisfies Readonly<Record<string, SettingWords>>;
