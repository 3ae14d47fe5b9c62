/** Parts that several stations share. */
import type { MaybeError } from '../../core/metrics/free-energy-error.ts';
import { fixed, plural, short, wholePercent } from '../format.ts';

export interface LearnedFacts {
  readonly states: number;
  readonly cv: string;
  readonly correlation: number;
  readonly forceEvaluations: number;
}

export const parts = {
  restart: 'Restart',
  warnings: 'Warnings',
  requestedValue: (cv: string) => `Requested value of ${cv}`,
  freeEnergy: (cv: string) => `Free energy F(${cv})`,
  freeEnergyInKt: (cv: string) => `F(${cv}) / kT`,
  negativeLogDensity: (cv: string) => `−log p(${cv})`,
  error: (found: MaybeError | null) =>
    found?.rmse == null
      ? undefined
      : `RMSE ${fixed(found.rmse, 2)} kT, ${wholePercent(found.unvisitedShare)} unvisited`,
  errorInWords: (found: MaybeError | null) =>
    found?.rmse == null
      ? ''
      : `, root mean square error ${fixed(found.rmse, 2)} kT, ${wholePercent(found.unvisitedShare)} of the range unvisited`,
  /** Of the bins over which an error is taken. */
  unvisited: 'unvisited',
  stepAdvice: {
    use: (step: number) => `Use Δt = ${short(step)}`,
    tooLong: (step: number, limit: number, place: string) =>
      `The time step ${short(step)} is longer than ${short(limit, 2)}, the stability limit in ${place}: the integration will become unstable.`,
    error: 'Error of the time step',
  },
  legendEnergy: 'energy above the minimum: 0',
  legendCeiling: (kT: number | string) => `${kT} kT`,
  populations: {
    caption: 'Fraction of walkers in each well',
    well: 'well',
    bars: 'fractions as bars',
    now: 'now',
    exact: 'exact',
  },
  unavailable: {
    title: 'Not available for this system',
    remedy:
      'Choose another system or collective variable in the settings, or return to Explore with this one.',
    back: (station: string) => `Back to ${station}`,
    noPotential: (system: string) =>
      `The ${system} has no potential. Its equilibrium density is not known, so there is nothing exact to learn from or to compare with.`,
    twoCoordinates: (system: string, coordinates: number) =>
      `This station needs a system with two coordinates; the ${system} has ${coordinates}.`,
  },
  places: {
    start: 'the start',
    well: 'the well',
    named: (name: string) => (/\bwell\b/.test(name) ? name : `the ${name} well`),
  },
  learned: {
    needed: 'The collective variable must be learned first',
    learning: 'Learning the collective variable',
    failed: 'The collective variable could not be learned',
    how: (states: number) =>
      `A diffusion map of ${states.toLocaleString('en')} states from one trajectory is computed. Its first coordinate becomes the collective variable; the same settings always give the same one.`,
    preparing: 'preparing',
    again: 'Try again',
    instead: (cv: string) => `Use ${cv} instead`,
    title: 'Learned collective variable φ',
    correlation: (value: number) => `correlation ${fixed(value, 2)}`,
    states: 'states it was learned from',
    summary: ({ states, cv, correlation }: LearnedFacts) =>
      `Contours of the learned collective variable φ, from 0 to 1 in steps of 0.1, over the ${plural(states, 'state')} from which it was learned. Its correlation with ${cv} over these states is ${fixed(correlation, 2)}.`,
    remark: ({ cv, forceEvaluations }: LearnedFacts) =>
      `Contours of φ are 0.1 apart. Away from these states φ is extrapolated and unreliable. The correlation is that with ${cv} over these states. Learning φ took ${(forceEvaluations / 1e6).toFixed(2)} M force evaluations, which do not count towards the budget.`,
  },
  loss: {
    title: 'Loss',
    training: 'training',
    validation: (loss: number) => `validation (held-out data) ${short(loss)}`,
    summary: (loss: number, validation: number | undefined) =>
      `Training loss, now ${short(loss)}${validation === undefined ? '' : `; on held-out data ${short(validation)}`}.`,
    empty: 'Training loss: not trained yet.',
  },
  pretrained: {
    failed: 'The pretrained model could not be loaded.',
    loading: 'Loading …',
    use: 'Use the pretrained model',
  },
  training: {
    title: 'Training',
    stop: 'Stop',
    again: 'Train again',
    start: 'Train the model',
    fromScratch: 'Train from scratch',
    resume: 'Continue training',
    restart: 'Restart training',
    progress: 'Training progress',
    trainedBefore: 'This network was trained earlier. “Train from scratch” trains a new one.',
    step: (step: number, steps: number) =>
      `step ${step.toLocaleString('en')} of ${steps.toLocaleString('en')}`,
    preparing: 'preparing the data, timing the engines …',
    starting: 'starting …',
    left: (count: string, time: string) => `${count}, ${time} left`,
    stopping: 'stopping …',
    stoppedAt: (count: string) => `stopped at ${count}`,
    stopped: 'stopped',
    finished: (steps: number) => `trained for ${steps.toLocaleString('en')} steps`,
    stale: (settings: string) => `The model was trained with different settings (${settings}).`,
    otherData: 'different data',
    retrain: 'Retrain',
    stalled: (rate: number) =>
      `No progress: the loss is still 1, that of a network that always outputs zero. The learning rate ${short(rate)} is too large.`,
    smallerRate: (rate: number) => `Train with learning rate ${short(rate)}`,
  },
};
