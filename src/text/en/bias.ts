/** Station Bias: physics-based enhanced sampling. */
import { counted, fixed, plural, short } from '../format.ts';

const forces = (count: number) => `${counted(count)} force evaluations`;

export interface RunError {
  readonly name: string;
  readonly rmse: number | null;
}

export const bias = {
  title: 'Bias',
  story: {
    failed: 'The run failed',
    noFreeEnergy: 'No free energy',
    finished: 'The budget is spent',
    ready: 'Ready to run',
    errorBars: 'Computing the error bars',
    windows: (windows: number, cv: string) =>
      `Springs hold the walkers in ${plural(windows, 'window')} along ${cv}, also on the barrier. Where neighbouring windows overlap, their samples combine into one free energy.`,
    bias: (cv: string) =>
      `The orange area is the bias. It fills the wells along ${cv}, so that the walkers cross the barriers between them.`,
    forbidden: 'No free energy can be estimated from these samples. The warning says why, and how to fix it.',
    tooFew: 'There are too few samples to estimate a free energy. Increase the budget.',
    notCompared: (budget: number) =>
      `This estimate took ${forces(budget)}. No exact curve is known to compare it with.`,
    error: (budget: number, rmse: number) =>
      `After ${forces(budget)} the root mean square error (RMSE) of F is ${fixed(rmse, 2)} kT, over bins with exact F < 8 kT.`,
    direct: (start: string) =>
      `Without a bias, only as much is known beyond ${start} as walkers have happened to leave it.`,
    comparison: (evaluations: number, rmse: number) =>
      `Direct simulation with ${forces(evaluations)}: ${fixed(rmse, 2)} kT.`,
    compare: 'Run a direct simulation at the same cost for comparison.',
  },
  landscape: {
    energy: 'Energy landscape',
    plane: 'Walkers',
    biasedWalkers: 'biased walkers',
    walkers: 'walkers',
    centers: 'window centres',
    summary: (plane: boolean, system: string, walkers: number, biased: boolean, windows: number) =>
      `${plane ? 'Plane' : 'Energy landscape'} of the ${system} with ${plural(walkers, biased ? 'biased walker' : 'walker')}${windows > 0 ? ` and the centres of ${plural(windows, 'window')}` : ''}.`,
  },
  freeEnergy: {
    forbidden: 'No free energy can be drawn: see the warning above.',
    failed: 'No free energy: the run failed.',
    tooFew: 'No free energy yet: too few samples.',
    pressPlay: 'Press Play to estimate the free energy.',
    exact: 'exact',
    estimate: (run: string) => `${run} ± 1 s.e.`,
    biasOnExact: 'exact F + bias (minimum of the bias: 0)',
    bias: 'bias (minimum: 0)',
    notSampled: 'not sampled',
    summary: (cv: string, exact: boolean) =>
      `Free energy along ${cv}: ${exact ? 'exact curve' : 'no exact curve is known'}`,
    noEstimate: (curves: string, reason: string) => `${curves}; no estimate of this run. ${reason}`.trim(),
    estimated: (curves: string, run: string, rmse: number | null) =>
      `${curves} and the estimate by ${run}${rmse === null ? '' : `, root mean square error ${fixed(rmse, 2)} kT`}.`,
  },
  comparison: {
    title: 'Comparison of runs',
    none: 'No free energy has been estimated yet.',
    noExact: 'No exact free energy is known, so errors cannot be computed.',
    errors: 'Error against force evaluations',
    csv: 'Export CSV',
    csvHint: 'Errors against cost, and free energies, of all runs in the list',
    directProgress: (share: number) => `Direct simulation ${fixed(100 * share, 0)} % · cancel`,
    direct: 'Run direct simulation at the same cost',
    directHint:
      'The same number of force evaluations without a bias, with the same seed, start and time step',
    directProblem: (problem: string) => `Direct simulation: ${problem}`,
    summary: (runs: readonly RunError[]) =>
      runs.length === 0
        ? 'Root mean square error of F against force evaluations: no run yet.'
        : `Root mean square error of F against force evaluations. ${runs
            .map(({ name, rmse }) => `${name}: ${fixed(rmse ?? Number.NaN, 2)} kT`)
            .join('; ')}.`,
  },
  runs: {
    empty: 'Finished runs are kept here, so that methods can be compared.',
    caption: 'Runs of this system',
    shown: 'shown',
    run: 'run',
    cost: 'forces',
    rmse: 'RMSE / kT',
    remove: 'delete',
    show: (run: string) => `Show ${run}`,
    alwaysShown: 'The run of the current settings is always shown',
    showHint: 'Show in the figures',
    delete: (run: string) => `Delete ${run}`,
    deleteHint: 'Delete',
    name: (run: string) => `Name of ${run}`,
    rename: 'Rename',
  },
  windows: {
    group: 'Umbrella windows',
    addHint: 'Double-click to add a window',
    removed: 'Window removed',
    center: (window: number) => `Centre of window ${window}`,
    at: (cv: string, center: number, spring: number | undefined) =>
      `${cv} = ${short(center)}${spring === undefined ? '' : `, spring constant ${short(spring)}`}`,
    add: 'Add a window',
    addInGap: 'Add a window in the widest gap; double-click in the figure to add one elsewhere',
    removeHint: 'Remove the window selected last, like the Delete key',
    remove: (window: number | null) => (window === null ? 'Remove a window' : `Remove window ${window}`),
  },
  table: {
    title: 'Windows',
    label: 'Table of windows',
    center: 'centre',
    spring: 'spring constant',
    mean: (cv: string) => `mean ${cv}`,
    effective: 'Effective sample size: number of independent samples that would be as informative',
    inefficiency: 'Statistical inefficiency: number of samples per independent sample',
    equilibrated: 'equilibrated',
    equilibratedHint: 'No drift within the window, and walkers with different histories agree',
    yes: 'yes',
    no: 'no',
  },
  overlap: {
    window: 'window',
    state: 'state',
    title: (noun: string) => `Overlap of ${noun}s`,
    gap: (gap: number) => `spectral gap ${short(gap, 2)}`,
    point: 'Point at a cell to read its value.',
    windowAt: (window: number, cv: string, center: number) =>
      `window ${window} (${cv} = ${short(center, 2)})`,
    stateAt: (state: number) => `state ${state}`,
    cell: (share: number, from: string, to: string) =>
      `A sample from ${from} is attributed to ${to} with probability ${fixed(100 * share, 1)} %.`,
    scale: 'probability: 0',
    summary: (count: number, noun: string, gap: number) =>
      `Overlap matrix of ${count} ${noun}s; spectral gap ${short(gap, 2)} (0 if they are disconnected).`,
    weakest: (noun: string, first: number, share: number) =>
      ` Neighbours that overlap least: ${noun}s ${first} and ${first + 1}, ${fixed(100 * share, 1)} %.`,
  },
  reweighted: {
    empty: 'Available when the run has finished, from the weights of its samples.',
    title: (cv: string) => `Reweighted F(${cv})`,
    samples: 'from the same samples',
    summary: (cv: string, rmse: number | null) =>
      `Free energy along ${cv} from the weights of the samples${rmse === null ? '' : `, root mean square error ${fixed(rmse, 2)} kT`}.`,
    average: (observable: string) => `average of ${observable}`,
    later: 'when the run has finished',
    exact: 'exact',
  },
  details: {
    field: (first: string, second: string) => `Bias over ${first} and ${second}`,
    fieldSummary: (first: string, second: string) =>
      `The bias over ${first} and ${second}; darker where it is higher.`,
    secondVariable: 'second variable',
    statistics: 'Statistics of this run',
    estimator: 'estimator',
    progress: 'Progress of the run',
    progressSummary: (traces: readonly string[]) => `Against force evaluations: ${traces.join('; ')}.`,
  },
  design: {
    title: 'Window design',
    measuring: 'Measuring …',
    suggest: 'Suggest windows',
    cancel: 'Cancel',
    suggested: (windows: number) => `${plural(windows, 'window')} suggested, because:`,
    use: 'Use these windows',
  },
};
