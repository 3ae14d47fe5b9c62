/** Why windows are as they are, for a student. */
import type { Message } from '../../message.ts';
import { message } from '../messages.ts';
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

export function reasonsFor(designed: Designed): Message[] {
  return [
    pulling(designed),
    bending(designed),
    stiffness(designed),
    ...wall(designed),
    ...spacing(designed),
    timeStep(designed),
    ...doubts(designed),
  ];
}

function pulling({ measured, label }: Designed): Message {
  const { probes } = measured.sweep;
  return message('design-pulling', {
    walkers: WALKERS,
    places: probes.length / 2,
    cv: label,
    spring: Math.max(...probes.map(({ springConstant }) => springConstant)),
    forceEvaluations: measured.forceEvaluations,
  });
}

function bending({ measured: { profile }, label }: Designed): Message {
  const { at, curvature, curvatureError } = profile;
  const worst = curvature.reduce((best, value, i) => (value < curvature[best] ? i : best), 0);
  const values = { cv: label, at: at[worst], curvature: -curvature[worst], stderr: curvatureError[worst] };
  return values.curvature < 2 * values.stderr
    ? message('design-no-barrier', { cv: label })
    : message('design-barrier', values);
}

function stiffness({ layout: { springConstants, uniform } }: Designed): Message {
  const [least, most] = [Math.min(...springConstants), Math.max(...springConstants)];
  return least === most
    ? message('design-equal-springs', { spring: least, steepest: uniform })
    : message('design-springs', { least, most, factor: MARGIN });
}

function wall({ measured: { profile }, layout: { peaks }, terrain, label }: Designed): Message[] {
  if (terrain.period !== undefined) return [message('design-periodic', { cv: label })];
  const [low, high] = terrain.range;
  const ends = [peaks[0], peaks[peaks.length - 1]] as const;
  const short = ends[0] - low > 0.05 * (high - low) || high - ends[1] > 0.05 * (high - low);
  if (!short) return [];
  const height = (z: number) => {
    const { at, F } = profile;
    return F[Math.round((z - at[0]) / (at[1] - at[0]))] / terrain.kT;
  };
  return [message('design-walls', { ends, F: [height(ends[0]), height(ends[1])], ceiling: CEILING })];
}

function spacing({ layout }: Designed): Message[] {
  const { widths, distance, overlap, bounded, centers } = layout;
  const [narrowest, widest] = [Math.min(...widths), Math.max(...widths)];
  const spaced = message('design-spacing', { windows: centers.length, narrowest, widest, distance, overlap });
  return bounded ? [spaced, message('design-window-limit', { most: MOST_WINDOWS })] : [spaced];
}

function timeStep({ limit, dt }: Designed): Message {
  return limit === null
    ? message('design-time-step-suits', { dt })
    : message('design-time-step-long', { dt, limit });
}

function doubts({ measured: { hysteresis, resolved }, dimension, terrain: { kT } }: Designed): Message[] {
  const { work, error } = hysteresis;
  const cause = dimension > 1 ? 'hidden-coordinate' : 'speed';
  return [
    ...(work > NOTED_WORK * kT && work > NOTED_ERRORS * error
      ? [message('design-hysteresis', { work: work / kT, cause })]
      : []),
    ...(resolved ? [] : [message('design-unresolved', {})]),
  ];
}
