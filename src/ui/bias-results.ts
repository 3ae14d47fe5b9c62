/** What a finished run of an enhanced-sampling method says, with its exact reference. */

import type { Finding, Overlap, Warning, WindowReport } from '../core/method.ts';
import { freeEnergyError } from '../core/metrics/free-energy-error.ts';
import type { BiasHistory, FreeEnergy } from '../core/protocol.ts';
import type { FreeEnergyResult } from './explore-results.ts';

export interface BiasResults {
  readonly method: string;
  readonly freeEnergy: (FreeEnergyResult & { readonly estimator: string }) | null;
  readonly windows: readonly {
    readonly [K in keyof WindowReport]: K extends 'mean' ? number | null : WindowReport[K];
  }[];
  readonly overlap: { readonly matrix: readonly (readonly number[])[]; readonly gap: number } | null;
  readonly warnings: readonly Pick<Warning, 'id' | 'text'>[];
  /** Error of F, in kT, against the force evaluations that it cost; empty without an exact reference. */
  readonly convergence: readonly { readonly forceEvaluations: number; readonly rmse: number }[];
  /** Figures of the method's own. */
  readonly figures: Finding['figures'];
}

export function biasResults(
  method: string,
  finding: Finding,
  history: readonly BiasHistory[],
  exact: FreeEnergy | null,
): BiasResults {
  const { freeEnergy, estimator, windows, overlap, warnings, figures } = finding;
  return {
    method,
    freeEnergy: freeEnergy && {
      estimator,
      cv: [...freeEnergy.cv],
      F: numbers(freeEnergy.F),
      stderr: numbers(freeEnergy.stderr),
      exact: exact && [...exact.F],
      rmse: exact && freeEnergyError(freeEnergy, exact),
    },
    windows: windows.map((report) => ({ ...report, mean: finite(report.mean) })),
    overlap: overlap && { matrix: rowsOf(overlap), gap: overlap.gap },
    warnings: warnings.map(({ id, text }) => ({ id, text })),
    convergence: exact
      ? history.flatMap((note) => {
          const rmse = freeEnergyError(note.freeEnergy, exact);
          return rmse === null ? [] : [{ forceEvaluations: note.forceEvaluations, rmse }];
        })
      : [],
    figures,
  };
}

function rowsOf({ matrix, windows }: Overlap): number[][] {
  return Array.from({ length: windows }, (_, i) =>
    Array.from(matrix.subarray(i * windows, (i + 1) * windows), (share) => Number(share.toPrecision(4))),
  );
}

function numbers(values: Float64Array): (number | null)[] {
  return Array.from(values, finite);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
