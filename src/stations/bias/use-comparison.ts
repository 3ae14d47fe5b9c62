/** The runs that stand in one picture: those kept of this system, and the one that is under way. */
import { useMemo } from 'react';
import { families } from '../../catalog.ts';
import { FREE_ENERGY_BINS } from '../../core/dynamics/walkers.ts';
import {
  type FreeEnergyError,
  freeEnergyError,
  type MaybeError,
  UNKNOWN_ERROR,
} from '../../core/metrics/free-energy-error.ts';
import type { FreeEnergy } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasHistory } from '../../core/sampling/frames.ts';
import { encodeQuery } from '../../core/settings/query.ts';
import { hasExactDensity } from '../../shell/parts/system.ts';
import type { ConvergenceResult } from '../../shell/results/free-energy.ts';
import { biasing } from '../../shell/runs/biasing.ts';
import {
  comparisonKey,
  type Found,
  type KeptRun,
  keptRuns,
  nextMark,
  runIdentity,
  runKind,
} from '../../shell/runs/kept-runs.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { titleOf } from '../../text/index.ts';

/** A run and its error, as far as it is known. */
export interface ComparedRun
  extends Pick<KeptRun, 'name' | 'method' | 'kind' | 'mark' | 'freeEnergy' | 'hidden'>,
    MaybeError {
  /** Null for a run that is not kept yet. */
  readonly id: number | null;
  readonly link: string;
  readonly forceEvaluations: number;
  readonly notes: readonly ConvergenceResult[];
  /** Of the settings that are set now. */
  readonly present: boolean;
}

export function useExact(experiment: Experiment): FreeEnergy | null {
  const quiet = !hasExactDensity(experiment);
  return useReference(reference.freeEnergy(experiment, FREE_ENERGY_BINS, quiet));
}

export function useComparison(experiment: Experiment, exact: FreeEnergy | null): readonly ComparedRun[] {
  const kept = useSignal(keptRuns.list);
  const found = useSignal(biasing.found);
  return useMemo(() => {
    const key = comparisonKey(experiment);
    const identity = runIdentity(experiment);
    const rivals = kept.filter((run) => run.key === key);
    const now = numbersOf(found);
    const runs: ComparedRun[] = rivals.map((run) => {
      const present = run.identity === identity;
      const numbers = present && now ? now : run;
      return { ...run, ...numbers, ...errorsOf(numbers.history, exact), present };
    });
    if (!now || runs.some(({ present }) => present)) return runs;
    const kind = runKind(experiment.method);
    const title = titleOf('method', experiment.method);
    const about = { id: null, name: title, method: experiment.method, kind, mark: nextMark(rivals, kind) };
    const errors = errorsOf(now.history, exact);
    return [
      ...runs,
      {
        ...about,
        ...now,
        ...errors,
        link: encodeQuery(experiment, families),
        hidden: false,
        present: true,
      },
    ];
  }, [experiment, kept, found, exact]);
}

/** What the run of the present settings says so far. */
function numbersOf({
  finding,
  history,
}: Found): Pick<KeptRun, 'freeEnergy' | 'history' | 'forceEvaluations'> | null {
  if (!finding?.freeEnergy) return null;
  return {
    freeEnergy: finding.freeEnergy,
    history,
    forceEvaluations: history.at(-1)?.forceEvaluations ?? 0,
  };
}

const known = new WeakMap<
  BiasHistory,
  { readonly exact: FreeEnergy; readonly error: FreeEnergyError | null }
>();

function errorsOf(
  history: readonly BiasHistory[],
  exact: FreeEnergy | null,
): Pick<ComparedRun, 'notes' | keyof MaybeError> {
  if (!exact) return { notes: [], ...UNKNOWN_ERROR };
  const notes = history.flatMap((note) => {
    let found = known.get(note);
    if (found?.exact !== exact) {
      found = { exact, error: freeEnergyError(note.freeEnergy, exact) };
      known.set(note, found);
    }
    return found.error ? [{ forceEvaluations: note.forceEvaluations, ...found.error }] : [];
  });
  const { rmse, unvisitedShare } = notes.at(-1) ?? UNKNOWN_ERROR;
  return { notes, rmse, unvisitedShare };
}
