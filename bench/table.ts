/** Results as text, for people. */
import { type Estimate, median, type Result } from './contest.ts';
import { GRID, GRID_2D, HARMONIC, LOOP, TYPED, WASM } from './engines.ts';

export const COLUMNS = ['', 'ns', 'lowest–highest', 'M/s', 'of the loop', 'x − exact', 'U − exact'] as const;

/** One line of the table for each contestant, in the order of COLUMNS. */
export function rowsOf(results: readonly Result[]): string[][] {
  const loop = results.find(({ name }) => name === LOOP);
  return results.map(({ name, ns, millionPerSecond, x, energy }) => [
    name,
    short(ns.median),
    `${short(ns.lowest)}–${short(ns.highest)}`,
    short(millionPerSecond),
    loop ? `${short(speedUp(ns, loop.ns))} ×` : '',
    errorOf(x),
    errorOf(energy),
  ]);
}

/** Three digits, never with an exponent. */
function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** Difference from the exact mean, with its standard error. */
function errorOf({ mean, standardError, exact }: Estimate): string {
  const difference = mean - exact;
  const digits = Math.max(0, 1 - Math.floor(Math.log10(standardError)));
  return `${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(digits)} ± ${standardError.toFixed(digits)}`;
}

/** How many times as fast the one is as the other, or how many times as long it takes; null where either is missing. */
export interface Ratios {
  readonly wasmToLoop: number | null;
  readonly wasmToNumPy: number | null;
  readonly typedToBuiltIn: number | null;
  /** Time of a biased step over that of an unbiased one. */
  readonly harmonicCost: number | null;
  readonly gridCost: number | null;
  readonly grid2dCost: number | null;
}

export function ratiosOf(results: readonly Result[]): Ratios {
  const named = (name: string) => results.find((result) => result.name === name);
  const ratio = (fast: string, slow: string) => {
    const [a, b] = [named(fast), named(slow)];
    return a && b ? speedUp(a.ns, b.ns) : null;
  };
  return {
    wasmToLoop: ratio(WASM, LOOP),
    wasmToNumPy: ratio(WASM, 'NumPy'),
    typedToBuiltIn: ratio(TYPED, WASM),
    harmonicCost: ratio(WASM, HARMONIC),
    gridCost: ratio(WASM, GRID),
    grid2dCost: ratio(WASM, GRID_2D),
  };
}

/** Median over turns: what slows the machine for a while slows both. */
function speedUp(fast: Result['ns'], slow: Result['ns']): number {
  return median(fast.turns.map((ns, turn) => slow.turns[turn] / ns));
}

export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  const line = (row: readonly string[]) =>
    row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  ');
  return rows.map((row) => line(row).trimEnd()).join('\n');
}
