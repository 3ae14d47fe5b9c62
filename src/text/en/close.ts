/** Station Close: whether an equation for the collective variable alone describes the full system. */
import { counted, fixed, plural, short } from '../format.ts';

export interface MapFacts {
  readonly states: number;
  readonly distances: string;
  readonly cv: string;
  readonly correlation: number;
  readonly eigenvalues: readonly number[];
}

export const close = {
  title: 'Close',
  parts: {
    barrier: 'Barrier',
    fastTime: 'Fast time scale',
    bursts: 'Bursts',
    restriction: 'Restriction',
    healing: 'Healing',
    drift: 'Drift',
    diffusion: 'Diffusion',
    closure: 'Closure',
    freeEnergyFromDynamics: 'F from dynamics',
    firstPassage: 'First passage',
    autocorrelation: 'Autocorrelation',
    projective: 'Projective integration',
    diffusionMap: 'Diffusion map',
  },
  story: {
    failed: { title: 'The run failed', text: 'See below for the reason.' },
    idleTitle: (cv: string) => `Is an equation for ${cv} alone sufficient?`,
    idle: (cv: string) =>
      `States are prepared at given values of ${cv} (lifting), relaxed for a short time (healing), and then simulated in many short runs (bursts). From these the drift and diffusion of ${cv} are estimated, and the resulting equation for ${cv} alone is compared with the full system. Press Play.`,
    preparing: { title: 'Preparing', text: 'Time scales are being measured.' },
    finished: 'Coarse equation and full system compared',
    spent: (spent: number, budget: number) =>
      `${counted(spent)} of ${counted(budget)} force evaluations are spent.`,
    rmse: (rmse: number) =>
      `The root mean square error (RMSE) of F from the bursts alone is ${fixed(rmse, 2)} kT.`,
    noLag:
      'No lag time is long compared with the fast variables and short compared with the collective variable, so the results below are approximate.',
    smallBudget: 'The budget is small for these settings.',
    direct: (js: number) =>
      `The Jensen–Shannon divergence (JS) of its distribution from that of a long run is ${fixed(js, 3)}.`,
    passage: (coarse: string, full: string) =>
      `The mean first-passage time is ${coarse} in the coarse equation and ${full} in the full system.`,
    map: (correlation: number) =>
      `The correlation of the first coordinate of the diffusion map with the collective variable is ${fixed(correlation, 2)}.`,
    reasons: 'The caveats say why results are missing.',
  },
  numbers: {
    time: (time: string) => `${time} τ`,
    fastTime: 'fast time scale',
    fastTimes: (times: number) => `${fixed(times, 1)} × fast time scale`,
    restriction: 'restriction error',
    restrictionNote: (high: string, orthogonal: string) =>
      `95th percentile ${high}; within the level set ${orthogonal}`,
    healing: 'healing time',
    badHealing: 'healing time of a bad lift',
    lag: 'lag time',
    lagRange: (from: number, to: number) => `${short(from, 2)} to ${short(to, 2)} τ`,
    plateau: 'on a plateau',
    noPlateau: 'no plateau found',
    coarsePassage: 'mean first passage, coarse',
    quadrature: (time: number) => `by quadrature ${short(time)} τ`,
    fullPassage: 'mean first passage, full',
    averaged: (time: number) => `averaged equation ${short(time)} τ`,
    speedUp: 'projective speed-up',
    times: (times: number) => `${fixed(times, 1)} ×`,
    speedUpNote: (error: number) => `error of the mean: ${fixed(error, 2)} of the width of the distribution`,
  },
  figures: {
    unavailable: 'Not available: see the caveats.',
    notYet: 'Not available yet.',
    empty: (title: string, reason: string) => `${title}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
    averaged: 'averaged equation',
    bursts: 'from bursts',
    drift: 'Effective drift',
    diffusion: 'Effective diffusion',
    profile: (title: string, quantity: string, cv: string) => `${title} ${quantity}(${cv})`,
    perTime: (quantity: string) => `${quantity} / τ⁻¹`,
    profileSummary: (title: string, cv: string, values: number | undefined, averaged: boolean) =>
      `${title} of ${cv} at ${values} values, from bursts${averaged ? ', beside the averaged equation' : ''}.`,
    healing: 'Healing after lifting',
    tooSmall: 'this lift: deviation too small to measure',
    thisLift: 'this lift',
    badLift: 'a bad lift',
    healingTime: 'time / fast time scale',
    remaining: 'remaining deviation',
    healingSummary: (observable: string | undefined) =>
      `Remaining deviation of ${observable} after lifting, against time.`,
    freeEnergy: (cv: string) => `Free energy F(${cv}) from dynamics`,
    exact: 'exact',
    direct: 'long direct run',
    F: 'F',
    FInKt: 'F / kT',
    freeEnergySummary: (cv: string, error: string) =>
      `Free energy along ${cv} by integrating (F/kT)' = (D' − b)/D${error}.`,
    anObservable: 'an observable',
    closure: (observable: string, cv: string) => `Mean of ${observable} given ${cv}`,
    closureError: (lifted: number, healed: number) =>
      `error ${fixed(lifted, 3)}, after healing ${fixed(healed, 3)}`,
    model: 'trained model',
    lifted: 'as lifted',
    healed: 'after healing',
    closureSummary: (observable: string | undefined, cv: string, source: string | undefined) =>
      `Conditional mean of ${observable} along ${cv}, as lifted (${source}) and after healing, beside the exact one.`,
    plateau: 'Diffusion against lag time',
    corrected: 'corrected for the finite lag time',
    tooLong: 'corrected: these lag times are too long',
    uncorrected: 'uncorrected',
    lag: 'lag time / τ',
    meanDiffusion: 'mean D / τ⁻¹',
    plateauSummary: (plateau: boolean) =>
      `Mean diffusion against the lag time: ${plateau ? 'a plateau' : 'no plateau'}.`,
    autocorrelation: (cv: string) => `Autocorrelation of ${cv}`,
    apart: (deviation: number) => `largest difference ${fixed(deviation, 1)} s.e.`,
    coarse: 'coarse equation',
    full: 'full system',
    time: 'time / τ',
    C: 'autocorrelation',
    autocorrelationSummary: (cv: string) =>
      `Autocorrelation of ${cv} in the coarse equation and in the full system.`,
  },
  map: {
    title: 'Collective variable learned from data',
    correlation: (correlation: number) => `correlation ${fixed(correlation, 2)}`,
    scale: 'learned coordinate',
    summary: ({ states, distances, cv, correlation, eigenvalues }: MapFacts) =>
      `${plural(states, 'state')} coloured by the first coordinate of a diffusion map with ${distances} distances; its correlation with ${cv} is ${fixed(correlation, 2)}. Leading eigenvalues: ${eigenvalues.map((value) => fixed(value, 3)).join(', ')}.`,
    use: (station: string) => `Use it in ${station}`,
    useHint: 'Use the learned coordinate as the collective variable there',
    later: 'The diffusion map is computed at the end, from one trajectory.',
  },
  offers: {
    more: (budget: number, time: string) =>
      `Increase the budget to ${counted(budget)} force evaluations (about ${time})`,
    model: 'Lift with a trained model',
  },
  progress: 'Fraction of the budget',
  caveats: 'Caveats',
};
