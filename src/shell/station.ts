/** What the page asks of a station. The stations are handed in where the page starts; nothing here knows their names. */
import type { ComponentType } from 'react';
import { families } from '../catalog.ts';
import type { EngineId } from '../core/dynamics/step-graph.ts';
import type { BackendId } from '../core/generative/backends.ts';
import type { Experiment } from '../core/params/experiment.ts';
import type { LearnInfo } from '../core/protocol/learn.ts';
import type { StationResults } from './results/station-results.ts';
import type { SpeedId } from './runs/pacing.ts';
import type { Run } from './runs/run.ts';
import type { Signal } from './runs/signal.ts';

export interface SettingGroup {
  readonly title: string;
  readonly keys: readonly string[];
}

export interface Cost {
  readonly kind?: 'force' | 'network';
  readonly label: string;
  readonly value: string;
  /** Where there is room for one number. */
  readonly brief?: string;
}

/** What computes, as far as it is known. */
export interface EnginesInUse {
  readonly simulation: { readonly id: EngineId; readonly parts: number } | null;
  /** Absent where nothing is learned; null before it has begun. */
  readonly learning?: BackendId | null;
  /** How fast the engines were when they were tried; null before. */
  readonly tried: LearnInfo | null;
}

export interface StationPage {
  readonly title: string;
  /** What the transport bar steers while the station is open. */
  readonly run: Run;
  readonly View: ComponentType;
  /** Why the station cannot use the system, or null. */
  readonly problem?: (experiment: Experiment) => string | null;
  /** The settings that matter here, in their order. */
  readonly settings: (experiment: Experiment) => readonly SettingGroup[];
  /** A hook. */
  readonly useCost: () => readonly Cost[];
  /** A hook. */
  readonly useEngines: () => EnginesInUse;
  /** Of a run that goes on at a chosen speed; others go as fast as they can. */
  readonly speed?: {
    readonly chosen: Signal<SpeedId>;
    readonly text: (speed: SpeedId, experiment: Experiment) => string;
  };
  /** What a run without the page gives. */
  readonly results: StationResults;
  /** Hands the experiment to the run, as it is at this station. */
  readonly configure: (experiment: Experiment, backend: BackendId | 'auto') => void;
  /** Of a run that begins by itself, and rests while nobody looks at it. */
  readonly setActive?: (active: boolean) => void;
  /** It has a use for a slow variable that was learned. */
  readonly takesLearnedCv?: true;
}

export interface Station extends StationPage {
  readonly id: string;
}

let known: readonly Station[] = [];

export function registerStations(pages: Readonly<Record<string, StationPage>>): void {
  known = Object.keys(families.stations).map((id) => ({ id, ...pages[id] }));
}

/** In their order. */
export function allStations(): readonly Station[] {
  return known;
}

export function stationOf({ station }: Pick<Experiment, 'station'>): Station {
  return known.find(({ id }) => id === station)!;
}

/** Why the open station cannot use the system, or null. */
export function stationProblem(experiment: Experiment): string | null {
  return stationOf(experiment).problem?.(experiment) ?? null;
}
