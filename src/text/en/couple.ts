/** Station Couple: methods to a free energy compared, with and without a generative model. */
import { counted, fixed, plural, short } from '../format.ts';

const kT = (value: number) => `${fixed(value, 2)} kT`;
const percent = (share: number) => `${fixed(100 * share, share < 0.1 ? 1 : 0)} %`;
const times = (ratio: number) => `${fixed(ratio, ratio < 10 ? 1 : 0)} times`;
const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
const share = (part: number) => `${fixed(100 * part, 0)} %`;

export interface MethodError {
  readonly name: string;
  readonly rmse: number;
}

export interface TimedError extends MethodError {
  readonly seconds: number;
}

export interface Spent {
  readonly forceEvaluations: number;
  readonly networkEvaluations: number;
  readonly rmse: number | null;
  readonly ceiling: number;
  readonly acceptance: number;
}

const errors = (methods: readonly MethodError[]) =>
  methods.map(({ name, rmse }) => `${name} ${kT(rmse)}`).join(', ');

export const couple = {
  title: 'Couple',
  /** Short names, for lists and legends. */
  names: {
    direct: 'direct',
    'dragged-1': 'dragged ×1',
    'dragged-16': 'dragged ×16',
    'exchange-1': 'exchange ×1',
    'exchange-16': 'exchange ×16',
    plain: 'no rejection',
    metropolis: 'network',
    'metropolis-neighbours': 'neighbours',
    'metropolis-broad': 'Gaussian',
    'metropolis-bad': 'bad model',
    ceiling: 'exact starts',
  },
  titles: {
    direct: 'direct simulation',
    'dragged-1': 'umbrella windows filled by dragging, 1 walker per window',
    'dragged-16': 'umbrella windows filled by dragging, 16 walkers per window',
    'exchange-1': 'replica exchange between windows, 1 walker per window',
    'exchange-16': 'replica exchange between windows, 16 walkers per window',
    plain: 'coupled with a network, without acceptance or rejection',
    metropolis: 'coupled with a network, with Metropolis acceptance',
    'metropolis-neighbours': 'coupled with nearest neighbours in place of the network',
    'metropolis-broad': 'coupled with a broad Gaussian in place of the network',
    'metropolis-bad': 'coupled with a deliberately bad model',
    ceiling: 'windows started from exact samples',
  } as Readonly<Record<string, string>>,
  story: {
    idleTitle: 'A model proposes, the energy accepts or rejects',
    idle: (start: string, methods: number) =>
      `Walkers trapped in ${start} provide data for a generative model. The model starts umbrella windows beyond these data, and biased simulation corrects it. Press Run to follow one method, or Run all methods to compare all ${methods} at the same cost.`,
    failedTitle: 'This method failed',
    failed: (method: string) => `${capital(method)}: see below for the reason.`,
    finished: 'The budget is spent',
    preparing: 'Preparing',
    starting: (method: string) => `${capital(method)}: a worker is being started.`,
    paused: 'Paused',
    spent: (method: string, spent: number, budget: number) =>
      `${capital(method)}: ${counted(spent)} of ${counted(budget)} force evaluations are spent.`,
    trappedTitle: 'Data from trapped walkers',
    trapped: (walkers: number, start: string) =>
      `${plural(walkers, 'walker')} started in ${start} and simulated without a bias provide the first data for the model.`,
    placingTitle: 'Walkers are moved to their windows',
    placing: (method: string) => `${capital(method)}: no model is used.`,
    trainTitle: 'The model is trained',
    train: (cv: string) =>
      `The model learns the conditional distribution of the other coordinates given ${cv}, with data spread evenly along ${cv}. A bias that depends on ${cv} alone does not change this distribution, so that no reweighting is needed.`,
    generateTitle: 'The model starts windows beyond its data',
    generate: (covered: number, windows: number) =>
      `Magenta: states generated one window beyond the data (${covered} of ${windows} windows filled). In the shaded range the model extrapolates.`,
    runTitle: 'Walkers run',
    run: (method: string) => `${capital(method)}: F is estimated from the simulation alone.`,
    relaxTitle: 'Generated states relax in their windows',
    relaxMoves:
      'Orange: walkers that have been simulated in their windows. Ringed walkers have accepted a proposal of the model.',
    relax:
      'Orange: walkers that have been simulated in their windows. Nothing rejects states that the model generates with the wrong probability.',
    roundTitle: (round: number, rounds: number) => `All windows together, round ${round} of ${rounds}`,
    roundMoves: (cv: string) =>
      `The model proposes states, and the energy accepts or rejects them. Where the acceptance rate along ${cv} is low, the model deviates from the exact conditional distribution; rejection corrects for this.`,
    round: 'The states of all windows have been generated again. Nothing corrects errors of the model.',
    estimateTitle: 'One free energy from all windows',
    estimate: 'The model is trained again on the samples of all windows.',
    outcome: (method: string, { forceEvaluations, networkEvaluations, rmse, ceiling, acceptance }: Spent) =>
      `${capital(method)}: ${counted(forceEvaluations)} force evaluations${
        networkEvaluations > 0 ? ` and ${counted(networkEvaluations)} network evaluations` : ''
      }${rmse === null ? '' : `; the root mean square error (RMSE) of F where F < ${short(ceiling)} kT is ${kT(rmse)}`}${
        Number.isFinite(acceptance) ? `; ${share(acceptance)} of the proposals were accepted` : ''
      }.`,
    stillOpen: (methods: number) => ` ${plural(methods, 'method')} not finished yet.`,
    compare: ' Run all methods for comparison.',
  },
  table: {
    label: 'Methods',
    caption: 'Methods compared, at equal force evaluations',
    included: 'included',
    method: 'method',
    time: 'time',
    rmse: 'RMSE / kT',
    runOrCancel: 'run or cancel',
    cancel: 'Cancel',
    resumeAll: 'Continue with all methods',
    addAll: 'Add all methods',
    run: (method: string) => `Run ${method}`,
    runSeveral: (methods: number) => `Run ${plural(methods, 'method')}`,
    runAll: 'Run all methods',
    runAllHint: 'All eleven methods with the same number of force evaluations, in parallel workers',
    include: (method: string) => `Include ${method} in the run`,
    includeHint: 'Included in Run, and drawn in the figures',
    show: (method: string) => `${method}: show it`,
    queued: 'queued',
    failed: 'failed',
    seconds: (seconds: number) => `${fixed(seconds, 1)} s`,
    progress: (method: string) => `${method}: fraction of the budget`,
    paused: (part: string) => `${part}, paused`,
    left: (time: string) => `${time} left`,
    runTitle: (method: string) => `Run ${method}`,
    cancelTitle: (method: string) => `Cancel ${method}`,
    runHint: 'Run this method alone',
    cancelHint: 'Cancel this method',
  },
  problems: {
    unknown: 'The cause is unknown.',
    of: (methods: readonly string[], problem: string) => `${methods.join(', ')}: ${problem}`,
    again: 'Run again',
  },
  errors: {
    title: 'Error against force evaluations',
    empty: 'No method has been run.',
    summary: (methods: readonly MethodError[]) =>
      `Root mean square error of F against force evaluations, both logarithmic${
        methods.length === 0
          ? ': no run yet'
          : `. ${methods.map(({ name, rmse }) => `${name}: ${kT(rmse)}`).join('; ')}`
      }.`,
  },
  unavailable: {
    remark:
      'This station needs a potential of two coordinates, or a chain, and one of the coordinates as the collective variable. The model generates the others.',
    takeCv: (cv: string) => `Use ${cv} as the collective variable`,
    takeSystem: (system: string) => `Use the system ${system}`,
  },
  windows: {
    title: (cv: string) => `Acceptance rate along ${cv}, and windows`,
    accepted: (part: number) => `${share(part)} accepted`,
    acceptance: 'fraction of proposals accepted',
    filled: 'windows filled so far',
    noModel: 'This method uses no model.',
    noProposals: 'No proposals yet.',
    noRejection: 'This method rejects nothing.',
    noRun: (cv: string) => `Acceptance rate of the model's proposals along ${cv}, and windows: no run yet.`,
    summary: (covered: number, windows: number, cv: string) =>
      `${covered} of ${windows} windows along ${cv} have been filled.`,
    lowest: (overall: number, cv: string, at: number, least: number) =>
      ` ${share(overall)} of the proposals were accepted; the lowest rate is ${share(least)}, at ${cv} = ${short(at, 2)}.`,
  },
  conditional: {
    label: 'Conditional distributions',
    rest: 'the other coordinates',
    condition: (cv: string, value: number) => `${cv} = ${short(value)}`,
    given: (rest: string, cv: string, value: number) => `${rest} given ${cv} = ${short(value)}`,
    title: (given: string) => `Distribution of ${given}`,
    exact: 'exact',
    summary: (given: string, methods: number) =>
      `Density of ${given}: exact, and as sampled by ${plural(methods, 'method')}.`,
    drag: (cv: string) => `Drag the line in the landscape to another value of ${cv}.`,
    table: (given: string) => `Distances from the exact distribution of ${given}`,
    method: 'method',
    visits: 'samples',
    w1: 'W₁',
    w1Hint:
      'Wasserstein-1 distance from the exact distribution: how far probability has to be moved on average',
    tv: 'TV',
    tvHint: 'Total variation distance from the exact distribution, in 40 cells',
  },
  loop: {
    label: 'The coupled loop',
    skipped: 'not used',
    start: 'Start',
    stages: {
      trapped: 'Trapped data',
      train: 'Train',
      generate: 'Generate beyond',
      run: 'Biased runs',
      accept: 'Accept or reject',
      estimate: 'Estimate F',
    },
    walkers: (walkers: number) => plural(walkers, 'walker'),
    evaluations: (evaluations: number) => `${counted(evaluations)} evaluations`,
    windows: (covered: number, windows: number) => `${covered} of ${plural(windows, 'window')}`,
    forces: (evaluations: number) => `${counted(evaluations)} force evaluations`,
    accepted: (part: number) => `${share(part)} accepted`,
    rmse: (rmse: number) => `RMSE ${kT(rmse)}`,
    sources: {
      neighbours: 'nearest neighbours',
      broad: 'one broad Gaussian',
      bad: 'deliberately bad',
    } as Readonly<Record<string, string>>,
    filling: 'filling the windows',
    round: (round: number, rounds: number) => `round ${round} of ${rounds}`,
  },
  landscape: {
    title: 'Walkers',
    trapped: 'not biased yet',
    generated: 'generated',
    healed: 'simulated in its window',
    accepted: 'ringed: proposal accepted',
    extrapolates: 'model extrapolates',
    empty: (system: string) => `Energy landscape of the ${system}; no walkers yet.`,
    summary: (system: string, walkers: readonly [number, number, number, number]) =>
      `Energy landscape of the ${system} with ${plural(walkers[0], 'walker')} not biased yet, ${walkers[1]} generated, ${walkers[2]} simulated in their windows and ${walkers[3]} that accepted a proposal of the model.`,
  },
  freeEnergy: {
    none: 'No free energy yet.',
    error: (error: string | undefined, ceiling: number) => error && `${error}, F < ${short(ceiling)} kT`,
    exact: 'exact',
    estimate: (method: string) => `${method}, ± 1 s.e. at the end`,
    others: 'other included methods, marked as in the list',
    unvisited: 'never visited',
    empty: (cv: string, reason: string) => `Free energy along ${cv}: ${reason}`,
    computing: 'the exact one is being computed.',
    summary: (cv: string, method: string, rmse: number) =>
      `Free energy along ${cv}: the exact curve and the estimate of ${method}, root mean square error ${kT(rmse)}.`,
  },
  /** What the runs on the page show: only what was measured, no causes. */
  lessons: {
    label: 'What these runs show',
    empty: 'Results appear here when at least two methods have finished.',
    scatter:
      'Each method has been run once. Errors within a factor of 1.5 are called similar; this is a convention and not a statistical test. Repeat the runs with other seeds before drawing conclusions.',
    network: {
      better: 'Smallest error with the network',
      worse: 'Smaller error without the network',
      similar: 'Similar errors with and without the network',
      text: (network: TimedError, rival: TimedError) =>
        `With the same number of force evaluations, the network reaches ${kT(network.rmse)} in ${fixed(network.seconds, 0)} s, and the best of the other methods, ${rival.name}, ${kT(rival.rmse)} in ${fixed(rival.seconds, 0)} s. Where forces are expensive, the time of the network matters less.`,
    },
    plain: {
      worse: 'Larger error without acceptance and rejection',
      similar: 'Similar errors with and without rejection',
      worseText: (plain: number, moved: number) =>
        `Without acceptance and rejection the error is ${kT(plain)}, with it ${kT(moved)}, ${times(plain / moved)} less, with the same network at the same cost.`,
      similarText: (plain: number, moved: number) =>
        `Without acceptance and rejection the error is ${kT(plain)}, with it ${kT(moved)}. Without rejection nothing corrects errors of the model: try another seed.`,
    },
    bad: {
      fell: 'The error with the bad model has decreased',
      notYet: 'The error with the bad model has not decreased yet',
      fellText: (first: number, from: number, last: number, to: number) =>
        `When all windows were filled it was ${kT(first)}, at ${counted(from)} force evaluations; it decreased to ${kT(last)} at ${counted(to)}.`,
      notYetText: (rmse: number) => `It is ${kT(rmse)}.`,
      larger:
        ' Rejection leaves the exact distribution invariant, so that the error decreases with a sufficient budget: try ten times the budget.',
      accepted: (part: number) => ` ${percent(part)} of its proposals were accepted.`,
      good: (rmse: number) => ` Trained model: ${kT(rmse)}.`,
    },
    neighbours: {
      worse: 'Smaller error with the network than with nearest neighbours',
      better: 'Smaller error with nearest neighbours than with the network',
      similar: 'Similar errors with nearest neighbours and with the network',
      text: (near: number, network: number, rests: number) =>
        `Nearest neighbours ${kT(near)}, network ${kT(network)}, with ${plural(rests, 'coordinate')} besides the collective variable.`,
      time: (ratio: number) => ` The network took ${times(ratio)} as long.`,
    },
    broad: {
      acceptance: 'Higher acceptance rate with the trained model',
      similar: 'A broad Gaussian gives no larger error than the trained model',
      worse: 'Smaller error with the trained model at a similar or lower acceptance rate',
      text: (network: number, broad: number, networkError: number, broadError: number) =>
        `${percent(network)} of the proposals of the trained model were accepted, and ${percent(broad)} of those of a broad Gaussian; the errors are ${kT(networkError)} and ${kT(broadError)}.`,
    },
    dragging: {
      better: 'Smaller error with dragging than with coupling',
      similar: 'Similar errors with dragging and with coupling',
      worse: 'Larger error with dragging than with coupling',
      text: (dragged: readonly MethodError[], coupled: MethodError) =>
        `Windows filled by dragging: ${errors(dragged)}; coupled: ${errors([coupled])}.`,
    },
    exchange: {
      title: 'Replica exchange, a method without a model',
      text: (exchanged: readonly MethodError[], coupled: MethodError) =>
        `Replica exchange: ${errors(exchanged)}; coupled: ${errors([coupled])}.`,
    },
    direct: {
      worse: 'Larger error with direct simulation',
      similar: 'Direct simulation is no worse than the best other method',
      text: (direct: number, best: MethodError) =>
        `Direct simulation ${kT(direct)}; the best of the other methods, ${best.name}, ${kT(best.rmse)}, with the same number of force evaluations.`,
      colder: ' Barriers matter more at a lower temperature.',
    },
  },
  results: {
    running: 'running the methods',
    start: 'moving walkers to their starts',
    train: 'training the model',
    generate: 'generating the next windows',
    run: 'running in the windows',
    estimate: 'estimating F',
  },
};
