/** Station Explore: direct simulation in the energy landscape. */
import { plural, short } from '../format.ts';

export interface PassageNumber {
  readonly label: string;
  readonly value: string;
}

export const explore = {
  title: 'Explore',
  story: {
    failed: 'The run failed',
    ready: 'Ready to run',
    oneWell: 'One well',
    running: 'Running',
    trappedAtStart: 'Trapped where they started',
    trapped: (start: string) => `Trapped in ${start}`,
    leaving: (start: string) => `Leaving ${start}`,
    equilibrium: 'Well populations as in equilibrium',
    awayFromStart: 'Away from the start',
    outside: (start: string) => `Outside ${start}`,
    text: (walkers: number, whereabouts: string) => `${plural(walkers, 'walker')}, ${whereabouts}.`,
    pressPlay: ' Press Play.',
    finished: (time: number) => ` The run has finished after ${short(time)} τ.`,
    escaped: (walkers: number, start: string | null) =>
      `${walkers.toLocaleString('en')} outside ${start ?? 'the basin in which they started'}`,
    arrived: (walkers: number) => `${walkers.toLocaleString('en')} have reached the target`,
    time: (time: number) => `time ${short(time)} τ`,
    averagesReset: (cause: string) => ` ${cause}: averages reset.`,
    restarted: (setting: string) => ` Restarted: ${setting.toLowerCase()} changed.`,
  },
  landscape: {
    energy: 'Energy landscape',
    walkers: 'Walkers',
    legend: 'walkers',
    surface: 'Show as surface',
    noWebgl: 'This browser has no WebGL, so contours are shown instead.',
    /** {action} is the first words, emphasised. */
    hint: (crossing: number) =>
      `{action} over the barrier. Without help, a walker takes ${short(crossing, 2)}\u00a0τ on average to cross it.`,
    hintAction: 'Drag a walker',
    closeHint: 'Close the hint',
    noPotential: 'no potential, so neither energy landscape nor exact density',
    firstTwo: (coordinates: number) => `the first two of ${coordinates} coordinates`,
    planeSummary: (walkers: number, system: string, coordinates: string) =>
      `${plural(walkers, 'walker')} of the system ${system} in the plane of ${coordinates}.`,
    summary: (system: string, walkers: number) =>
      `Energy landscape of the ${system} with ${plural(walkers, 'walker')}`,
    outside: (escaped: number, start: string) => `; ${escaped} are outside ${start}, where all started.`,
    and: ' and ',
    walkerAt: (position: string) => `Walker 1 at ${position}`,
    moveHint:
      'Focus this button and press the arrow keys; or drag any walker, or double-click to place walker 1',
    move: 'Move walker 1',
  },
  freeEnergy: {
    exact: 'exact',
    simulation: 'simulation ± 1 s.e.',
    unvisited: 'never visited',
    noPotential: 'no potential: the negative logarithm of the density is shown',
    summary: (quantity: string, exact: boolean, rmse: string) =>
      `${quantity}: ${exact ? 'exact curve and ' : ''}the estimate from the walkers${rmse}.`,
    errorBars:
      'Error bars show the spread between walkers. They cannot account for wells that no walker has visited.',
    discarded: (time: number) =>
      time > 0
        ? ` The first ${short(time, 2)} τ are left out: walkers still remembered where they started.`
        : '',
    drifting: ' The averages still drift: the walkers have not forgotten where they started.',
  },
  profile: {
    title: 'Walker 1, site by site',
    summary: (sites: number) => `Values at the ${sites} sites of walker 1.`,
  },
  trace: {
    title: (cv: string) => `Collective variable ${cv} of walker 1`,
    now: (cv: string, value: string) => `${cv} = ${value}`,
    summary: (cv: string, value: string | null) =>
      `Collective variable ${cv} of walker 1 against time, ${value === null ? 'at its start' : `now ${value}`}.`,
  },
  passage: {
    title: 'First passage',
    noTarget: 'No target is set. Set one under Dynamics to measure first-passage times.',
    arrived: (arrived: number, walkers: number) =>
      `${arrived.toLocaleString('en')} of ${walkers.toLocaleString('en')} arrived`,
    summary: (share: string, numbers: readonly PassageNumber[]) =>
      `Histogram of first-passage times; ${share}; ${numbers.map(({ label, value }) => `${label} ${value}`).join(', ')}.`,
    exact: 'exact',
    arrivals: 'arrivals',
    kramers: 'Kramers',
    measured: 'measured',
    lowerBound: 'lower bound, 95 % confidence',
    notExponential: 'arrival times are not exponential',
    kramersHolds: 'for kT ≪ barrier height',
    solving: 'Computing exact rates … ',
    transitions: (count: number) =>
      `${plural(count, 'transition')} between start and target, checked at every step.`,
    mixed: (cause: string) =>
      `${cause} during the run: these first-passage times were measured under different conditions.`,
    restart: 'Restart',
    none: {
      unconfined: 'No exact rates: the energy does not confine the walkers.',
      noPotential: 'No exact rates: the system has no potential.',
      manyCoordinates: 'No exact rates: they are computed for one or two coordinates only.',
      hidden: 'No exact rates: the dynamics has hidden coordinates.',
      monteCarlo: 'No exact rates: Monte Carlo steps have no physical time.',
      inertia: 'No exact rates: they are computed for overdamped dynamics only.',
    },
  },
  motion: {
    title: 'Motion and diffusion',
    exact: 'exact',
    simulation: 'simulation ± 1 s.e.',
    lag: 'lag / τ',
    empty: 'too short a run so far',
    correlation: 'correlation',
    correlationTitle: (cv: string) => `Correlation function of ${cv}`,
    correlationSummary: (cv: string, exact: boolean) =>
      `Correlation function of ${cv}, measured${exact ? ' and exact' : ''}, against the lag.`,
    squared: 'squared displacement',
    displacementTitle: 'Mean squared displacement',
    displacementSummary: 'Mean squared displacement of the walkers against the lag.',
    longTimes: '2Dt + (vt)², exact at long times',
    force: 'tilt: mean force',
    velocityAxis: 'velocity',
    diffusionAxis: 'D',
    velocityTitle: 'Mean velocity over the tilt',
    diffusionTitle: 'Effective diffusion over the tilt',
    stratonovich: 'Stratonovich',
    reimann: 'Reimann et al.',
    time: 'integrated correlation time',
    velocity: 'mean velocity',
    diffusion: 'effective diffusion constant',
    untilted: 'without tilt (Lifson–Jackson)',
    einstein: 'flat potential: kT × mobility (Einstein)',
    kinetic: 'kinetic temperature',
    noVelocity: 'overdamped walkers have no velocity',
    beside: (value: string) => `exact ${value}`,
    remark:
      'Errors are those between walkers, at most 256. Numbers appear once the run is long enough for them: the correlation has decayed, the growth of the variance of displacements is steady.',
  },
  statistics: {
    effectiveSamples: 'effective samples',
    effectiveOf: (samples: number, frames: number) =>
      `${short(samples, 2)} of ${frames.toLocaleString('en')}`,
    effectiveNote: 'walker 1, within the wells it has visited',
    correlationTime: 'correlation time',
    correlationNote: 'of the collective variable of walker 1',
    relaxation: 'slowest relaxation',
    next: (times: string) => `next ${times} τ`,
    acceptance: 'accepted moves',
  },
};
