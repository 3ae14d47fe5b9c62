/** The methods of the comparison with their errors. */

import { useMemo } from 'react';
import { families } from '../../catalog.ts';
import { coupledMethodsOf } from '../../core/coupling/contract.ts';
import { binIntegrated, REFERENCE_POINTS } from '../../core/coupling/score.ts';
import { coupleSettingsOf } from '../../core/coupling/settings.ts';
import {
  type FreeEnergyError,
  freeEnergyError,
  type MaybeError,
  UNKNOWN_ERROR,
} from '../../core/metrics/free-energy-error.ts';
import type { FreeEnergy } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasHistory } from '../../core/sampling/frames.ts';
import type { ConvergenceResult } from '../../shell/results/free-energy.ts';
import { isAtWork, type MethodRecord, type MethodRecords } from '../../shell/runs/coupling.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';

/** What figures and sentences need of a method. */
export interface ScoredMethod extends MethodRecord, MaybeError {
  readonly notes: readonly ConvergenceResult[];
}

export function useExactBins(experiment: Experiment): FreeEnergy | null {
  const fine = useReference(reference.freeEnergy(experiment, REFERENCE_POINTS, false));
  return useMemo(() => fine && binIntegrated(fine), [fine]);
}

/** In the order in which methods are listed. */
export function useScoredMethods(
  experiment: Experiment,
  records: MethodRecords,
  exact: FreeEnergy | null,
): readonly ScoredMethod[] {
  const { ceiling } = coupleSettingsOf(experiment);
  return useMemo(
    () =>
      Object.keys(families.coupledMethods).flatMap((method) => {
        const record = records.get(method);
        return record ? [{ ...record, ...errorsOf(record.history, exact, ceiling) }] : [];
      }),
    [records, exact, ceiling],
  );
}

/** The methods as they are, with the errors that the figures show: an error that is read twice on the page is one number. */
export function withErrorsOf(
  scored: readonly ScoredMethod[],
  drawn: readonly ScoredMethod[],
): ScoredMethod[] {
  return scored.map((one) => {
    const { rmse, unvisitedShare } = drawn.find(({ method }) => method === one.method) ?? UNKNOWN_ERROR;
    return { ...one, rmse, unvisitedShare };
  });
}

interface KnownError {
  readonly exact: FreeEnergy;
  readonly ceiling: number;
  readonly error: FreeEnergyError | null;
}

const known = new WeakMap<BiasHistory, KnownError>();

function errorsOf(
  history: readonly BiasHistory[],
  exact: FreeEnergy | null,
  ceiling: number,
): Pick<ScoredMethod, 'notes' | keyof MaybeError> {
  if (!exact) return { notes: [], ...UNKNOWN_ERROR };
  const notes = history.flatMap((note) => {
    let found = known.get(note);
    if (found?.exact !== exact || found.ceiling !== ceiling) {
      found = { exact, ceiling, error: freeEnergyError(note.freeEnergy, exact, ceiling) };
      known.set(note, found);
    }
    return found.error ? [{ forceEvaluations: note.forceEvaluations, ...found.error }] : [];
  });
  const { rmse, unvisitedShare } = notes.at(-1) ?? UNKNOWN_ERROR;
  return { notes, rmse, unvisitedShare };
}

/** The method that is looked at: the chosen one, else one at work that the experiment asks for, else any that has been run. */
export function shownMethod(experiment: Experiment, records: MethodRecords, chosen: string | null): string {
  if (chosen && records.has(chosen)) return chosen;
  const asked = coupledMethodsOf(experiment.arms);
  const order = [...asked, ...Object.keys(families.coupledMethods)].filter((method) => records.has(method));
  const busy = order.find((method) => isAtWork(records.get(method)!) && records.get(method)?.frame);
  return busy ?? order.find((method) => records.get(method)?.frame) ?? order[0] ?? asked[0];
}

/** Seconds that a method still needs at the pace that it had; null before that is known. */
export function secondsLeft({ frame }: Pick<MethodRecord, 'frame'>): number | null {
  if (!frame || frame.seconds <= 0) return null;
  const share = frame.forceEvaluations / frame.budget;
  return share < LEAST_SHARE ? null : (frame.seconds * (1 - share)) / share;
}

/** Of the budget, before which the pace says nothing. */
const LEAST_SHARE = 0.02;
