/** Words of the settings of station Close. */
import type { SettingWords } from '../../language.ts';

export const closeSettings = {
  'close.values': {
    label: 'Values',
    help: 'Number of evenly spaced values of the collective variable from which bursts start.',
  },
  'close.low': {
    label: 'From',
    help: 'Lowest value of the collective variable from which bursts start.',
  },
  'close.high': {
    label: 'To',
    help: 'Highest value of the collective variable from which bursts start.',
  },
  'close.lift': {
    label: 'Lifting',
    help: 'How states with a given value of the collective variable are obtained. If the conditional distribution is not known exactly, “exact” uses the states of a long run near the value.',
    options: {
      exact: 'exact conditional distribution',
      model: 'trained conditional model',
      neighbours: 'nearest states of a run',
      bad: 'other coordinates fixed',
    },
  },
  'close.model': {
    label: 'Model generates',
    help: 'What the trained model generates: only the other coordinates, with the collective variable set to the given value, so that the restriction error is zero; or full states, whose collective variable deviates from the given value by the error of the model.',
    options: {
      orthogonal: 'the other coordinates',
      full: 'full states',
    },
  },
  'close.data': {
    label: 'Model training data',
    help: 'What the model is trained on: walkers restrained at evenly spaced values of the collective variable, or walkers that start there and then run freely into the wells.',
    options: {
      held: 'restrained runs',
      run: 'long direct run',
    },
  },
  'close.training': {
    label: 'Training',
    help: 'Number of training steps of the lifting model, with 256 states each.',
  },
  'close.neighbours': {
    label: 'Neighbours',
    help: 'Number of states of the run, nearest to the value, from which lifted states are drawn.',
  },
  'close.healing': {
    label: 'Healing',
    help: 'How long lifted states relax at a fixed collective variable before a burst starts, in correlation times of the fast variables.',
  },
  'close.bursts': {
    label: 'Bursts',
    help: 'Number of bursts from each value. It is reduced if the budget is too small.',
  },
  'close.estimator': {
    label: 'Drift from',
    help: 'How drift and diffusion are estimated from bursts. With control variates, the known contribution of the noise (mean zero, known variance) is removed from the displacement by regression. The mean force along the burst has the same mean as the displacement and less noise. The displacement is used without correction.',
    options: {
      controlled: 'displacement with control variates',
      force: 'mean force along the burst',
      displacement: 'displacement',
    },
  },
  'close.lag': {
    label: 'Lag time',
    help: 'Length of the bursts from which drift and diffusion are estimated, in correlation times of the fast variables. Automatic: the shortest lag time on the plateau.',
    empty: 'automatic',
  },
  'close.skip': {
    label: 'Skipped time',
    help: 'Initial part of the bursts that is not used if a lag time is given, so that the fast variables can adapt to the moving slow one. With 0, the error of states that were not healed becomes visible.',
    empty: 'half the lag time',
  },
  'close.longest': {
    label: 'Burst length',
    help: 'Length of the bursts and longest lag time, in correlation times of the fast variables.',
  },
  'close.leap': {
    label: 'Leap',
    help: 'Coarse projective integration: how far the coarse variables are extrapolated between two bursts.',
  },
  'close.map': {
    label: 'Diffusion map',
    help: 'Distance between states in the diffusion map: the Mahalanobis distance, with the local noise covariance from bursts, so that fast directions count little; or the Euclidean distance.',
    options: {
      mahalanobis: 'Mahalanobis distance, from bursts',
      euclidean: 'Euclidean distance',
      none: 'none',
    },
  },
  'close.points': {
    label: 'States',
    help: 'Number of states in the diffusion map. They are taken from one trajectory.',
  },
  'close.alpha': {
    label: 'Density normalisation',
    help: 'Exponent α with which the density of the states is divided out of the kernel.',
    options: {
      '0': 'density kept (α = 0)',
      '0.5': 'half divided out (α = 1/2)',
      '1': 'divided out (α = 1)',
    },
  },
  'close.scale': {
    label: 'Kernel scale',
    help: 'The kernel is exp(−distance²/scale). Automatic: twice the product of the distances of both states to their tenth neighbours, so that the kernel is wide where states are sparse.',
    empty: 'automatic',
  },
  'close.mapTime': {
    label: 'Trajectory time',
    help: 'Length of the trajectory from which the states of the diffusion map are taken.',
    empty: 'simulated time',
  },
  'close.mapTemperature': {
    label: 'Trajectory temperature',
    help: 'Temperature of this trajectory. A higher temperature than that of the run reaches states behind barriers.',
    empty: 'that of the run',
  },
  'close.mapSeed': {
    label: 'Trajectory seed',
    help: 'Seed of this trajectory. With a fixed seed, the learned coordinate does not change with the seed of the run.',
    empty: 'that of the run',
  },
} satisfies Readonly<Record<string, SettingWords>>;
