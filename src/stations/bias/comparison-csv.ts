/** The comparison as a table for spreadsheets. */
import { comparable } from '../../core/metrics/free-energy-error.ts';
import type { FreeEnergy } from '../../core/numerics/results.ts';
import type { ComparedRun } from './use-comparison.ts';

type TabulatedRun = Pick<
  ComparedRun,
  'method' | 'name' | 'link' | 'notes' | 'freeEnergy' | 'forceEvaluations'
>;

const HEADER = 'method,name,forceEvaluations,rmse,cv,F,stderr,exact,link,unvisitedShare';

/**
 * Rows with `rmse` are errors against cost, with the share of the range that was never visited, rows with `cv` the last curves: F, its standard error and the exact F in kT.
 * What a row does not say is empty.
 */
export function comparisonCsv(runs: readonly TabulatedRun[], exact: FreeEnergy | null): string {
  const rows = runs.flatMap(({ method, name, link, notes, freeEnergy, forceEvaluations }) => [
    ...notes.map((note) => [
      method,
      name,
      note.forceEvaluations,
      note.rmse,
      '',
      '',
      '',
      '',
      link,
      note.unvisitedShare,
    ]),
    ...Array.from(freeEnergy.cv, (cv, i) => [
      method,
      name,
      forceEvaluations,
      '',
      cv,
      freeEnergy.F[i],
      freeEnergy.stderr[i],
      exact ? comparable(exact, freeEnergy.of).F[i] : '',
      link,
      '',
    ]),
  ]);
  return [HEADER, ...rows.map((row) => row.map(cell).join(','))].join('\r\n').concat('\r\n');
}

function cell(value: string | number): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(9))) : '';
  // A text that begins like a formula would be run as one by a spreadsheet.
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
