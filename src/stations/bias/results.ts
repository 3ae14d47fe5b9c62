/** What a finished run of an enhanced-sampling method says, with its exact reference. */

import { FREE_ENERGY_BINS } from '../../core/dynamics/walkers.ts';
import type { Finding, Overlap, WarningId, WindowReport } from '../../core/estimators/finding.ts';
import type { FreeEnergy } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasFrame, BiasHistory } from '../../core/sampling/frames.ts';
import {
  type ConvergenceResult,
  convergenceResult,
  type FreeEnergyResult,
  freeEnergyResult,
} from '../../shell/results/free-energy.ts';
import type { Workers } from '../../shell/results/result-workers.ts';
import type { RunCost, StationResults } from '../../shell/results/station-results.ts';
import { biasing } from '../../shell/runs/biasing.ts';
import { NOTHING_FOUND, withNews } from '../../shell/runs/kept-runs.ts';
import { reference } from '../../shell/runs/reference.ts';
import { biasWorker } from '../../shell/runs/workers.ts';
import { say, text } from '../../text/index.ts';

export interface BiasResults {
  readonly method: string;
  readonly freeEnergy: (FreeEnergyResult & { readonly estimator: string }) | null;
  readonly windows: readonly {
    readonly [K in keyof WindowReport]: K extends 'mean' ? number | null : WindowReport[K];
  }[];
  readonly overlap: { readonly matrix: readonly (readonly number[])[]; readonly gap: number } | null;
  readonly warnings: readonly { readonly id: WarningId; readonly text: string }[];
  /** Error of F, in kT, against the force evaluations that it cost; empty without an exact reference. */
  readonly convergence: readonly ConvergenceResult[];
  /** Along a second cv, by the weights of the samples. */
  readonly reweighted: (FreeEnergyResult & { readonly variable: string }) | null;
  readonly observable: {
    readonly expression: string;
    readonly value: number | null;
    readonly stderr: number | null;
    readonly exact: number | null;
  } | null;
  /** Figures of the method's own. */
  readonly figures: Finding['figures'];
}

/** Exact answers, null where there are none. */
export interface BiasReferences {
  readonly freeEnergy: FreeEnergy | null;
  readonly reweighted: FreeEnergy | null;
  readonly mean: number | null;
}

type BiasKeys = Omit<BiasResults, 'method'> & { readonly method: string | null };

export const results: StationResults<BiasKeys> = {
  empty: {
    method: null,
    freeEnergy: null,
    windows: [],
    overlap: null,
    warnings: [],
    convergence: [],
    figures: {},
    reweighted: null,
    observable: null,
  },
  run: bias,
  live,
};

async function live(experiment: Experiment): Promise<BiasResults | null> {
  const { finding, history } = biasing.found.get();
  const frame = biasing.frame.get();
  if (!finding || !frame) return null;
  const { reweight, observable } = experiment;
  const along = (cv: string) =>
    reference
      .freeEnergy({ ...experiment, cv }, FREE_ENERGY_BINS, true)
      .ask()
      .catch(() => null);
  return biasResults(experiment.method, finding, history, frame, {
    freeEnergy: await along(experiment.cv),
    reweighted: reweight === 'none' ? null : await along(reweight),
    mean: observable
      ? await reference
          .mean(experiment, observable)
          .ask()
          .catch(() => null)
      : null,
  });
}

async function bias(workers: Workers): Promise<BiasResults & RunCost> {
  const { experiment } = workers;
  let found = NOTHING_FOUND;
  // A run whose walkers are lost says so in its warnings.
  const frame = await workers.run(
    workers.add(biasWorker),
    experiment,
    () => null,
    (next) => {
      found = withNews(found, next);
      workers.report(say(next.view.phase), next.forceEvaluations / next.budget);
    },
  );
  workers.report(text.runs.results.references, 0);
  const references = await biasReferences(workers);
  return {
    ...biasResults(experiment.method, found.finding!, found.history, frame, references),
    forceEvaluations: frame.forceEvaluations,
  };
}

async function biasReferences(workers: Workers): Promise<BiasReferences> {
  const { experiment } = workers;
  const { reweight, observable } = experiment;
  const along = (cv: string) =>
    workers.ask((api) => api.freeEnergy({ ...experiment, cv }, FREE_ENERGY_BINS)).catch(() => null);
  return {
    freeEnergy: await along(experiment.cv),
    reweighted: reweight === 'none' ? null : await along(reweight),
    mean: observable ? await workers.ask((api) => api.mean(experiment, observable)).catch(() => null) : null,
  };
}

export function biasResults(
  method: string,
  finding: Finding,
  history: readonly BiasHistory[],
  { reweighted, observable }: Pick<BiasFrame, 'reweighted' | 'observable'>,
  references: BiasReferences,
): BiasResults {
  const exact = references.freeEnergy;
  const { freeEnergy, estimator, windows, overlap, warnings, figures } = finding;
  return {
    method,
    freeEnergy: freeEnergy && { estimator, ...freeEnergyResult(freeEnergy, exact) },
    reweighted: reweighted && {
      variable: reweighted.variable,
      ...freeEnergyResult(reweighted, references.reweighted),
    },
    observable: observable && {
      expression: observable.expression,
      value: finite(observable.value),
      stderr: finite(observable.stderr),
      exact: references.mean === null ? null : finite(references.mean),
    },
    windows: windows.map((report) => ({ ...report, mean: finite(report.mean) })),
    overlap: overlap && { matrix: rowsOf(overlap), gap: overlap.gap },
    warnings: warnings.map(({ id, message }) => ({ id, text: say(message) })),
    convergence: convergenceResult(history, exact),
    figures,
  };
}

function rowsOf({ matrix, windows }: Overlap): number[][] {
  return Array.from({ length: windows }, (_, i) =>
    Array.from(matrix.subarray(i * windows, (i + 1) * windows), (share) => Number(share.toPrecision(4))),
  );
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
