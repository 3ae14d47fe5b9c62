/** What station Close says at the end of a headless run. */

import type { CloseFrame } from '../../core/coarse/frame.ts';
import { CLOSE_BACKEND, type Consistency, type DiffusionMapResult } from '../../core/coarse/frame.ts';
import type { Message } from '../../core/message.ts';
import type { Workers } from '../../shell/results/result-workers.ts';
import type { RunCost, StationResults } from '../../shell/results/station-results.ts';
import { closing } from '../../shell/runs/closing.ts';
import { closeWorker } from '../../shell/runs/workers.ts';
import { say } from '../../text/index.ts';

/** The same as JSON holds it: messages in words, typed arrays as lists, numbers that are none as null. */
type Plain<T> = T extends Message
  ? string
  : T extends Float64Array | Float32Array
    ? readonly (number | null)[]
    : T extends number
      ? number | null
      : T extends readonly (infer U)[]
        ? readonly Plain<U>[]
        : T extends object
          ? { readonly [K in keyof T]: Plain<T[K]> }
          : T;

export interface CloseResults {
  readonly consistency: Plain<Consistency> | null;
  /** Without the states and the coordinates at them. */
  readonly diffusionMap: Plain<Omit<DiffusionMapResult, 'states' | 'coordinates' | 'slow'>> | null;
}

export function closeResults({ consistency, diffusionMap }: CloseFrame): CloseResults {
  if (!diffusionMap) return { consistency: consistency && plain(consistency), diffusionMap: null };
  const { states: _states, coordinates: _coordinates, slow: _slow, ...figures } = diffusionMap;
  return { consistency: consistency && plain(consistency), diffusionMap: plain(figures) };
}

export const results: StationResults<CloseResults> = {
  empty: { consistency: null, diffusionMap: null },
  run: close,
  live: async () => {
    const frame = closing.frame.get();
    return frame && closeResults(frame);
  },
};

/** @throws Error when nothing can be said of the system, a worker fails or the run is cancelled */
async function close(workers: Workers): Promise<CloseResults & RunCost> {
  const { experiment } = workers;
  const frame = await workers.run(
    workers.add(closeWorker),
    experiment,
    ({ problem }) => problem,
    ({ phase, forceEvaluations, budget }) => workers.report(say(phase), forceEvaluations / budget),
  );
  const { forceEvaluations, networkEvaluations } = frame;
  const learning = networkEvaluations > 0 ? CLOSE_BACKEND : null;
  return { ...closeResults(frame), forceEvaluations, networkEvaluations, learning };
}

function plain<T>(value: T): Plain<T> {
  const convert = (part: unknown): unknown => {
    if (typeof part === 'number') return Number.isFinite(part) ? part : null;
    if (part instanceof Float64Array || part instanceof Float32Array) return Array.from(part, convert);
    if (Array.isArray(part)) return part.map(convert);
    if (typeof part !== 'object' || part === null) return part;
    if (isMessage(part)) return say(part);
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, convert(inner)]));
  };
  return convert(value) as Plain<T>;
}

function isMessage(part: object): part is Message {
  return 'id' in part && 'values' in part && Object.keys(part).length === 2;
}
