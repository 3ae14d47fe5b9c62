/** Marks of the runs that are compared: one colour per kind of data, so that symbols and dashes tell runs of a kind apart. */
import type { Dash } from 'plotly.js';
import type { Palette } from './palette.ts';

/** What decides the colour of a run. */
export type RunFamily = 'simulation' | 'biased' | 'model';

export interface RunMark {
  readonly color: string;
  readonly symbol: string;
  readonly dash: Dash;
}

const SYMBOLS = ['circle', 'square', 'diamond', 'triangle-up', 'x', 'star', 'triangle-down'] as const;
const DASHES: readonly Dash[] = ['solid', 'dash', 'dot', 'dashdot', 'longdash'];

/** @param mark number of the run among those of its kind; symbol and dash together repeat after 35 */
export function runMark(family: RunFamily, mark: number, palette: Palette): RunMark {
  return {
    color: palette[family],
    symbol: SYMBOLS[mark % SYMBOLS.length],
    dash: DASHES[mark % DASHES.length],
  };
}
