/** States that the person brings to this page, and that leave it with it. */

import { families } from '../../catalog.ts';
import { Drawing } from '../../core/datasets/drawing.ts';
import { ownProblem } from '../../core/datasets/own.ts';
import type { Message } from '../../core/message.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { say, text } from '../../text/index.ts';
import { systemOf } from '../parts/system.ts';
import { Signal, useSignal } from '../runs/signal.ts';

export interface FileData {
  readonly name: string;
  /** To read it again with other columns. */
  readonly file: File;
  /** Coordinates that were looked for. */
  readonly coordinates: readonly string[];
  /** Row by row. */
  readonly states: Float32Array;
  /** Rows of the file. */
  readonly rows: number;
  readonly remarks: readonly Message[];
}

export const fileData = new Signal<FileData | null>(null);
/** Drawings by system. */
export const drawings = new Signal<ReadonlyMap<string, Drawing>>(new Map());

export function drawingOf({ system }: Pick<Experiment, 'system'>): Drawing {
  return drawings.get().get(system) ?? Drawing.empty;
}

export function changeDrawing({ system }: Pick<Experiment, 'system'>, change: (drawing: Drawing) => Drawing) {
  const before = drawingOf({ system });
  const after = change(before);
  if (after !== before) drawings.set(new Map(drawings.get()).set(system, after));
}

/** What the experiment learns from, if the person brings it and has brought it; the same array as long as it is the same. */
export function ownStatesOf(experiment: Experiment): Float32Array | null {
  const { own } = families.datasets[experiment.data];
  if (own === 'drawn') return drawingOf(experiment).states;
  const file = fileData.get();
  return own === 'file' && file && fits(file, experiment) ? file.states : null;
}

/** Why the experiment cannot be trained on what the person has brought, or null. */
export function ownProblemOf(experiment: Experiment): string | null {
  const { own } = families.datasets[experiment.data];
  if (!own) return null;
  const { coordinates } = systemOf(experiment);
  const file = fileData.get();
  if (own === 'file' && file && !fits(file, experiment))
    return text.data.otherCoordinates(file.name, file.coordinates, coordinates);
  const problem = ownProblem(own, ownStatesOf(experiment), coordinates.length);
  return problem && say(problem);
}

export function useOwnStates(experiment: Experiment): Float32Array | null {
  useSignal(fileData);
  useSignal(drawings);
  return ownStatesOf(experiment);
}

export function useDrawing(experiment: Experiment): Drawing {
  useSignal(drawings);
  return drawingOf(experiment);
}

function fits({ coordinates }: FileData, experiment: Experiment): boolean {
  return coordinates.join() === systemOf(experiment).coordinates.join();
}
