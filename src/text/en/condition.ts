/** Station Condition: states with a given value of the collective variable. */
import { counted, fixed, plural, short } from '../format.ts';

export interface SourceDistance {
  readonly w1: number;
  readonly floor: number | null;
}

export interface RestraintFacts {
  readonly cv: string;
  readonly forceEvaluations: number;
  /** One force evaluation for each network evaluation of the model. */
  readonly isOfModel: boolean;
  readonly width: number;
  readonly reach: number;
}

const count = (steps: number) => `${steps.toLocaleString('en')} steps`;
const distance = ({ w1, floor }: SourceDistance) =>
  `${short(w1)}${floor === null ? '' : ` (sampling floor ${short(floor)})`}`;

export const condition = {
  title: 'Condition',
  story: {
    title: (cv: string, value: number) => `States with ${cv} = ${short(value)}`,
    second: (cv: string, value: number) => ` and ${cv} = ${short(value)}`,
    preparing: 'The data are being prepared.',
    otherModel: 'The present network was trained for other settings. Train one for this conditioning method.',
    twoValuesUntrained:
      'Two values determine a state of two coordinates. Train the model to see how close its states come to both values.',
    untrained: (cv: string) =>
      `Drag the curve: the black line is the exact distribution of the remaining coordinate given ${cv}. Train the model to compare its states with it.`,
    fewData: (cv: string) =>
      `There are few training data at this value of ${cv}: here the model extrapolates, and only a simulation can check it.`,
    twoValues:
      'Two values determine a state of two coordinates: no coordinate remains free, and the only error is the deviation of the states from the two values.',
    generating: 'States with this value are being generated.',
    drag: 'Drag the curve: the generated states follow at once, without a simulation.',
    distances: (model: SourceDistance, restrained: SourceDistance | null) =>
      `Their Wasserstein distance W₁ from the exact distribution is ${distance(model)}${
        restrained === null
          ? ''
          : `; that of a restrained simulation, at the cost below, is ${distance(restrained)}`
      }.`,
  },
  methods: {
    label: 'Conditioning',
    legend: 'Conditioning method',
    and: (cv: string) => ` and ${cv}`,
    titles: {
      network: 'Network',
      kernel: 'Kernel',
      guidance: 'Guidance',
      neighbours: 'Neighbours',
    },
    lines: {
      network: (cv: string) => `A network trained with ${cv} as an additional input.`,
      kernel: (cv: string) =>
        `No training: the denoiser of the training data, weighted by how close their ${cv} is to the value.`,
      guidance: (cv: string) =>
        `A network trained without ${cv}. During denoising, the gradient of ${cv} pulls the states towards the value.`,
      neighbours: (cv: string) =>
        `No model: the training states nearest in ${cv}, moved onto the value. This is the baseline for the others.`,
    },
    exactNetwork:
      'The exact denoiser of the conditional distribution, by quadrature, replaces the network: deviations beyond the sampling floor are due to the generator.',
    exactGuidance:
      'The exact denoiser of the unconditional distribution, guided by the gradient, replaces the network: deviations beyond the sampling floor are due to the guidance or the generator.',
    weightNetwork:
      'With weight 1 the network samples the conditional distribution it has learned. Larger weights change the distribution: states concentrate where the condition is most typical.',
    weightGuidance:
      'Guidance only approximates the conditional distribution, also with weight 1: it is exact for Gaussian data and a linear variable; otherwise the proportions of the modes are only roughly right.',
    weightZero: 'With weight 0 the condition is ignored: the unconditional distribution.',
    weightUntrained:
      'Weights other than 1 compare the network with and without its condition: set the condition dropout above 0, e.g. 0.1, and retrain.',
    prepare: 'Prepare the data',
    prepareRemark: 'No training is needed, only data of this system.',
  },
  slider: {
    cv: (cv: string) => `Collective variable ${cv}`,
    help: 'Value at which states are generated and the exact distribution is drawn.',
    second: (cv: string) => `Second variable ${cv}`,
    range: (low: number, high: number) => `${short(low, 2)} to ${short(high, 2)}`,
    fewData: (cv: string, where: string) => `few data: ${cv} from ${where}`,
    dataEverywhere: (cv: string) => `data everywhere along ${cv}`,
    strip: (data: string) => `Training data along the collective variable; ${data}`,
    trainingData: 'training data',
    extrapolates: 'few data: the model extrapolates',
    otherValues: 'other values:',
  },
  careful: {
    hint: 'More training steps, most of them at the noise levels at which the modes of a distribution separate, and more steps of the probability flow. This changes the settings.',
    button: (time: string) => `Train carefully (${time})`,
    steps: count,
    stepsAndTime: (steps: number, time: string) => `${count(steps)}, about ${time}`,
  },
  landscape: {
    title: 'Energy landscape',
    generated: 'generated states',
    exact: 'exact distribution along the line',
    summary: (system: string, cv: string, value: number) =>
      `Energy landscape of the ${system} with the states generated by the model at ${cv} = ${short(value)}.`,
  },
  distribution: {
    title: (coordinate: string, cv: string, value: number) =>
      `Distribution of ${coordinate} given ${cv} = ${short(value)}`,
    unknown: 'Conditional distribution',
    w1: (w1: number) => `W₁ ${short(w1)}`,
    exact: 'exact',
    generated: (states: number | null) =>
      states === null ? 'generated states' : plural(states, 'generated state'),
    restrained: 'restrained simulation',
    nearby: 'data nearby',
    fewData: 'few data here: extrapolated',
    computing: 'The exact conditional distribution is being computed.',
    density: (coordinate: string, cv: string, value: number, mean: number) =>
      `Exact density of ${coordinate} given ${cv} = ${short(value)}, mean ${fixed(mean, 2)}`,
    noneGenerated: (exact: string) => `${exact}; no states are generated yet.`,
    distances: (exact: string, distances: readonly string[]) =>
      `${exact}; Wasserstein distances from it: ${distances.join(', ')}.`,
    distanceOf: (source: string, w1: number) => `${source} ${short(w1)}`,
    slider: (cv: string) => `Value of ${cv} at which the distribution is drawn`,
    at: (cv: string, value: number) => `${cv} = ${short(value)}`,
    table: 'Distances from the exact distribution',
    states: 'states',
    w1Name: 'W₁',
    w1Hint:
      'Wasserstein-1 distance from the exact distribution: how far probability has to be moved on average',
    floor: 'floor',
    floorHint: 'Sampling floor: the distance of the same number of independent exact samples',
    model: 'model',
    restraintFailed: (problem: string) => `The restrained simulation failed: ${problem}`,
    restraintLater: (evaluations: number) =>
      `A restrained simulation of ${counted(evaluations)} force evaluations starts when the value is no longer changed.`,
    restraint: ({ cv, forceEvaluations, isOfModel, width, reach }: RestraintFacts) =>
      `Restrained simulation: a spring pulls walkers from the start to the value, with ${counted(forceEvaluations)} force evaluations, ${
        isOfModel
          ? 'one for each network evaluation of the model'
          : 'about as many as a network would need evaluations for these states'
      } (training not counted). With the spring alone, ${cv} has a thermal width of ${short(width, 2)}. This is not reweighted; only states within ±${short(reach, 2)} of the value are kept. The sampling floor is for independent states, whereas these are correlated.`,
  },
  deviation: {
    title: (cv: string) => `Deviation of ${cv} from the value`,
    numbers: (mean: number, rms: number) => `mean ${short(mean, 2)}, rms ${short(rms, 2)}`,
    summary: (cv: string, mean: number, rms: number) =>
      `Deviations of ${cv} of the generated states from the requested value: mean absolute deviation ${short(mean, 2)}, root mean square ${short(rms, 2)}.`,
    empty: 'No states are generated yet.',
  },
  sweep: {
    title: (coordinate: string, cv: string) => `Mean and variance of ${coordinate} along ${cv}`,
    exact: 'exact',
    model: 'model ± 1 s.e.',
    fewData: 'few data: extrapolated',
    values: (values: number) => plural(values, 'value'),
    progress: 'Values along the collective variable',
    of: (done: number, total: number) => `${done} of ${total}`,
    cancel: 'Cancel',
    again: 'Compute again',
    exactOnly: (coordinate: string, cv: string) => `Exact mean and variance of ${coordinate} along ${cv}.`,
    summary: (coordinate: string, cv: string, values: number, largest: number) =>
      `Mean and variance of ${coordinate} along ${cv} at ${plural(values, 'value')}; the largest error of the mean is ${short(largest, 2)}.`,
  },
};
