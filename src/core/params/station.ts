/** What links and workers must know of a station; the rest of it is the page's. */
import type { Experiment } from './experiment.ts';

export interface StationTraits {
  /** Place in the row of stations; links that name none open the first. */
  readonly order: number;
  /** The integrator that its links leave unsaid, where it is not that of a plain simulation. */
  readonly integrator?: string;
  /** It trains a model; `conditional` on values of the slow variable. */
  readonly trains?: 'plain' | 'conditional';
  /** Query of the experiment that it opens with, where nothing was asked for; without it every setting has its default. */
  readonly opening?: string;
}

export interface StationFamilies {
  /** In their order. */
  readonly stations: Readonly<Record<string, StationTraits>>;
}

/** Whether the samples of an experiment are conditioned on the slow variable. */
export function isConditional({ station }: Experiment, { stations }: StationFamilies): boolean {
  return stations[station].trains === 'conditional';
}
