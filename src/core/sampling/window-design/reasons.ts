/** Why windows are as they are, in sentences for a student. */
import { said } from '../../estimators/window-warnings.ts';
import { CEILING, type Layout, MARGIN, MOST_WINDOWS, type Terrain } from './layout.ts';
import type { Measurement } from './measure.ts';
import { WALKERS } from './probes.ts';

export interface Designed {
  readonly measured: Measurement;
  readonly layout: Layout;
  readonly terrain: Terrain;
  /** Of the cv. */
  readonly label: string;
  /** Coordinates of the system. */
  readonly dimension: number;
  readonly dt: number;
  /** Time step that the springs need, or null. */
  readonly limit: number | null;
}

/** Lost work below this many kT, or this many standard errors, is not spoken of. */
const NOTED_WORK = 1;
const NOTED_ERRORS = 3;

export function reasonsFor(designed: Designed): string[] {
  return [
    pulling(designed),
    bending(designed),
    stiffness(designed),
    ...wall(designed),
    spacing(designed),
    timeStep(designed),
    ...doubts(designed),
  ];
}

function pulling({ measured, label }: Designed): string {
  const { probes } = measured.sweep;
  const spring = Math.max(...probes.map(({ springConstant }) => springConstant));
  return `${WALKERS} walkers were pulled along ${label} and stopped at ${probes.length / 2} places, half of them on the way up and half on the way down, by a spring of up to ${said(spring)}: ${measured.forceEvaluations.toLocaleString('en')} force evaluations with those of shorter tries before. How far they lag behind the spring gives the slope of F, how widely they spread gives its curvature.`;
}

function bending({ measured: { profile }, label }: Designed): string {
  const { at, curvature, curvatureError } = profile;
  const worst = curvature.reduce((best, value, i) => (value < curvature[best] ? i : best), 0);
  if (-curvature[worst] < 2 * curvatureError[worst])
    return `F was not seen to curve downwards anywhere along ${label}.`;
  return `F curves downwards most at ${label} = ${said(at[worst])}, by ${said(-curvature[worst])} ± ${said(curvatureError[worst])}: there a spring weaker than that would leave a window with two peaks.`;
}

function stiffness({ layout: { springConstants, uniform } }: Designed): string {
  const [least, most] = [Math.min(...springConstants), Math.max(...springConstants)];
  if (least === most)
    return `All springs are ${said(least)}${uniform ? ', enough for the steepest barrier' : ''}: every window has one peak.`;
  return `Springs are ${said(least)} to ${said(most)}: about ${MARGIN} times the downward curvature near by, and softer where F is flat or curves upwards, so that every window has one peak and is as wide as that allows.`;
}

function wall({ measured: { profile }, layout: { peaks }, terrain, label }: Designed): string[] {
  if (terrain.period !== undefined) return [`${label} is periodic: the windows go once round.`];
  const [low, high] = terrain.range;
  const ends = [peaks[0], peaks[peaks.length - 1]];
  const short = ends[0] - low > 0.05 * (high - low) || high - ends[1] > 0.05 * (high - low);
  if (!short) return [];
  const height = (z: number) => {
    const { at, F } = profile;
    return F[Math.round((z - at[0]) / (at[1] - at[0]))] / terrain.kT;
  };
  return [
    `Walls push the outermost windows back to ${said(ends[0])} and ${said(ends[1])}, where F is ${said(height(ends[0]))} and ${said(height(ends[1]))} kT above its minimum; their springs are stiffer for that. Beyond ${CEILING} kT nothing is asked for.`,
  ];
}

function spacing({ layout }: Designed): string {
  const { widths, distance, overlap, bounded, centers } = layout;
  const range = `${said(Math.min(...widths))} to ${said(Math.max(...widths))}`;
  const text = `The biased windows will be ${range} wide (standard deviation); ${centers.length} of them stand ${said(distance)} widths apart. A neighbour will claim at least ${said(100 * overlap)} % of the samples of a window (50 % if they were the same).`;
  return bounded ? `${text} More than ${MOST_WINDOWS} windows would be needed for a larger overlap.` : text;
}

function timeStep({ limit, dt }: Designed): string {
  return limit === null
    ? `The time step ${said(dt)} carries these springs.`
    : `The time step ${said(dt)} is too long for springs this stiff, or for what F adds to them: a step would undo too much of the distance to the peak of a window. A time step of ${limit} will do, and comes with these windows.`;
}

function doubts({ measured: { hysteresis, resolved }, dimension, terrain: { kT } }: Designed): string[] {
  const texts: string[] = [];
  const { work, error } = hysteresis;
  if (work > NOTED_WORK * kT && work > NOTED_ERRORS * error) {
    const culprit = dimension > 1 ? 'Something beside this variable is slow' : 'The pulling was too fast';
    texts.push(
      `The ways up and down differ by ${said(work / kT)} kT. ${culprit}: windows may need long runs, and curvatures are uncertain.`,
    );
  }
  if (!resolved)
    texts.push(
      'Even the stiffest pulling spring did not hold walkers everywhere: F may have barriers that are sharper than said here.',
    );
  return texts;
}
