/** Station Learn: a generative model is trained, and compared with the exact score and density. */
import { fixed, plural, short, uncertain } from '../format.ts';

const percent = (share: number) => `${fixed(100 * share, share < 0.1 ? 1 : 0)} %`;

export interface StepFacts {
  readonly states: number;
  /** Noise levels between which nine in ten lie. */
  readonly low: number;
  readonly high: number;
  readonly shown: number;
}

export interface Likelihoods {
  readonly logLikelihood: number;
  readonly logLikelihoodExact: number;
  readonly logLikelihoodStderr: number;
}

export const learn = {
  title: 'Learn',
  story: {
    idle: 'No model trained yet',
    preparing: 'Preparing',
    running: 'Learning to denoise',
    stopping: 'Stopping',
    paused: 'Training interrupted',
    finished: 'Training finished',
    pretrained: 'A pretrained model',
    failed: 'The training failed',
    other: 'Training for another system',
    otherModel: 'No model trained for this system yet',
    stale: 'Trained with different settings',
    learns: (states: number, source: string) =>
      `A network learns to reverse the noising process from ${states.toLocaleString('en')} ${source}.`,
    learned: (states: number, source: string) =>
      `This network has been trained before to reverse the noising process, from ${states.toLocaleString('en')} ${source}.`,
  },
  denoiser: {
    label: 'Denoiser',
    question: 'Denoiser used by the generator',
    network: 'network',
    exact: 'exact',
    js: (name: string, js: number) => `${name}: JS ${short(js, 2)}`,
    exactAvailable:
      'The exact denoiser needs no network; deviations that remain with it are due to the generator.',
    tryExact:
      'Does an error come from the network or from the generator? Try the exact denoiser for comparison.',
    generatorWrong:
      'With the exact denoiser the samples still deviate from the exact density: the generator is inaccurate. Increase its number of steps.',
    generatorRight: 'With the exact denoiser the samples agree with the exact density within sampling error.',
    networkWrong:
      'The samples deviate with the network, but not with the exact denoiser: the network is inaccurate.',
    bothRight: 'With either denoiser the samples agree with the exact density within sampling error.',
  },
  densities: {
    title: 'Generated and exact density',
    js: (js: number, floor: number | null) =>
      `JS ${short(js)}${floor === null ? '' : ` · sampling floor ${short(floor)}`}`,
    summary: (js: number) =>
      `Density of generated states beside the exact density; Jensen–Shannon divergence ${short(js)}.`,
    empty: 'Training data beside the exact density; no states are generated yet.',
    training: 'training data',
    exact: 'exact density',
    byExact: (states: number) => `${plural(states, 'generated state')}, exact denoiser`,
    byNetwork: (states: number, done: boolean) =>
      `${plural(states, 'generated state')}${done ? '' : ', preview'}`,
  },
  metrics: {
    title: 'Distances from the exact distribution',
    metric: 'metric',
    generated: 'generated states',
    exact: 'exact states',
    measuring: 'Measuring …',
    later:
      'Computed when all states are generated. The right column, for the same number of exact states, is the sampling floor.',
    percent: (share: number) => `${fixed(100 * share, 0)} %`,
    js: 'Jensen–Shannon divergence',
    jsHint: 'Of histograms of 60 × 60 cells, in nats; 0 for equal distributions',
    energy: 'energy distance',
    energyHint:
      'Székely–Rizzo energy distance, in standard deviations; for equal distributions 0 on average, so that values below 0 occur',
    slicedW1: 'sliced W₁',
    slicedW1Hint: 'Mean Wasserstein-1 distance along 64 directions, in standard deviations',
    classifier: 'classifier test',
    classifierHint:
      'How often 15 nearest neighbours identify whether a state is generated or exact; 50 % if they are indistinguishable',
    memorisation: 'memorisation',
    memorisationHint:
      'Fraction of states closer to a training state than the closest tenth of new exact states; 10 % for a model that has learned the distribution, up to 100 % for one that repeats its data',
    measuringLikelihood: (states: number) => `Integrating ${states} exact states to noise …`,
    likelihoodHint: (states: number) => `By the probability flow, on ${states} exact states`,
    trainFirst: 'Train a model first',
    measureLikelihood: 'Measure the log-likelihood',
    likelihood: ({ logLikelihood, logLikelihoodExact, logLikelihoodStderr }: Likelihoods) =>
      `Mean log-likelihood of exact states: model ${fixed(logLikelihood, 3)}, exact ${fixed(logLikelihoodExact, 3)}. The Kullback–Leibler divergence from the exact distribution is ${uncertain(logLikelihoodExact - logLikelihood, logLikelihoodStderr)} nats.`,
  },
  force: {
    label: 'Score and force',
    title: 'Score and force / kT',
    error: (share: number) => `error ${percent(share)}`,
    distance: (coordinates: readonly string[]) =>
      `distance along a line through the wells (${coordinates.join(', ')})`,
    quantity: 'component along the line / distance⁻¹',
    force: 'force / kT',
    exact: 'exact score at this noise level',
    learned: 'learned score',
    density: 'density',
    summary: 'Force over kT along a line through the wells; no score is learned yet.',
    summaryLearned: (sigma: number, error: number) =>
      `Force over kT along a line through the wells beside the learned score at noise level ${sigma}; relative error over the density ${percent(error)}.`,
    sigma: 'noise σ',
    learnedError: 'error of the learned score',
    exactError: 'error of the exact score',
    percent,
    show: (sigma: number) => `Show the score at noise level ${sigma}`,
    untrained:
      'As the noise level goes to zero, the score (the gradient of the log density) of the noised density becomes force / kT. Train a model to see how far its score is from the force.',
    good: (error: number, sigma: number) =>
      `The score of this model agrees with force / kT within ${percent(error)}, at σ = ${short(sigma)}. Its error follows from that of the network divided by σ; at larger σ the noise smooths the wells.`,
    wrong: (error: number) =>
      `Here the learned score differs from force / kT by ${percent(error)} at best, whatever the generated density looks like. The score at small noise is the error of the network divided by σ; the generated density depends on it much less.`,
  },
  files: {
    save: 'Save model',
    saveHint: 'Weights, optimiser state and experiment as JSON',
    noModel: 'No model has been trained yet',
    load: 'Load model',
    loadHint: 'Load a model that was saved here; the page takes over its settings',
    reading: 'Reading …',
    label: 'Model file',
    empty: 'The file is empty.',
    notJson: (problem: string) => `The file is not a model: it is not valid JSON (${problem}).`,
    tooLarge: (megabytes: number, most: number) =>
      `The file is too large for a model: ${megabytes} MB, at most ${most} MB.`,
  },
  noise: {
    label: 'Noise',
    forward: 'Data → noise',
    reverse: 'Noise → samples',
    pause: 'Pause the noise',
    play: 'Play the noise',
    noModel: 'No model can generate samples yet',
    direction: 'Direction',
    untrained: 'Train the model, or choose the exact denoiser, to see samples emerge from noise.',
    level: 'Noise level',
    deviations: (ratio: number) => `${short(ratio)} standard deviations`,
    ratio: (shrunk: boolean, ratio: number) => `σ${shrunk ? '/α' : ''} = ${short(ratio, 2)}`,
    inDeviations: (along: readonly string[] | undefined) =>
      ` standard deviations${along ? `: ${along.join(', ')}` : ''}`,
    along: (noise: number, coordinate: string) => `${short(noise, 2)} along ${coordinate}`,
    shrunk: (alpha: number) => ` · data scaled by ${short(alpha, 2)}`,
    time: (time: number) => ` · t = ${short(time, 2)}`,
    step: (level: number, levels: number) => ` · noise level ${level} of ${levels}`,
    forwardTitle: 'From data to noise',
    reverseTitle: 'From noise to samples',
    forwardSummary: (ratio: number) =>
      `Training data with noise of ${short(ratio)} standard deviations, over the exact density of such states.`,
    reverseSummary: (ratio: number) =>
      `Samples generated from noise, at a noise level of ${short(ratio)} standard deviations, over the exact density of such states.`,
    noisyData: 'training data with noise',
    exactSamples: 'samples by the exact denoiser',
    networkSamples: 'samples by the network',
    density: 'exact noised density',
  },
  step: {
    hint: 'One minibatch: noisy states, the output of the network, and the clean states',
    hintNew:
      'One minibatch: noisy states, the output of the network, and the clean states. Starts a new training, since this one has finished',
    button: 'One step',
    label: 'One training step',
    title: (step: number) => `Step ${step.toLocaleString('en')}`,
    loss: (loss: number) => `loss ${short(loss)}`,
    noisy: 'noisy states',
    clean: 'clean states',
    output: 'output of the network',
    summary: (step: number, shown: number, loss: number) =>
      `Training step ${step}: ${shown} noisy states with arrows to the clean states and to the output of the network; loss ${short(loss)}.`,
    remark: ({ states, low, high, shown }: StepFacts) =>
      `Noise of ${short(low, 1)} to ${short(high, 1)} standard deviations (90 % of the states) was added to ${plural(states, 'state')} of the data; the ${shown} within the picture are drawn. The network cannot recover the clean states, since different ones may lead to the same noisy state: the optimal output is their mean. The loss is the mean squared error, weighted by the noise level; this step has updated the weights along its gradient.`,
  },
  score: {
    label: 'Score field',
    both: 'Both',
    learned: 'Learned',
    exact: 'Exact',
    difference: 'Difference',
    computing: 'Computing the exact field …',
    preparing: 'Preparing the data …',
    title: (sigma: number) => `Score at σ = ${short(sigma, 2)}`,
    error: (share: string) => `error ${share}`,
    arrows: 'Arrows shown',
    size: (error: number, size: number) =>
      `Root mean square error of the learned score: ${short(error, 2)}, where the exact score has ${short(size, 2)} (averaged over the noised density, in units of one over the standard deviation of the data).`,
    remark:
      'The score is the gradient of the log density. The arrows, σ² times the score, point from a noisy state to the mean of the clean states it may come from.',
    density: 'noised density',
    learnedLegend: 'learned',
    exactLegend: 'exact',
    differenceLegend: 'learned − exact, same scale',
    summary: (sigma: number) => `Arrows towards likely states at noise level ${short(sigma)}`,
    summaryExact: (arrows: string) => `${arrows}: the exact field.`,
    summaryError: (arrows: string, which: string, share: string) =>
      `${arrows}, ${which}; relative error of the learned field ${share}.`,
    which: {
      both: 'exact and learned',
      learned: 'learned',
      exact: 'exact',
      difference: 'learned minus exact',
    },
  },
};
