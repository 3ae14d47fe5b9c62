/** Which column of a file is which coordinate: by its name, by what it holds, or by asking. */
import type { Message } from '../../message.ts';
import { message } from '../messages.ts';

export interface FileColumn {
  /** Empty where the file has none. */
  readonly name: string;
  /** In the first rows; NaN where there is no number. */
  readonly values: Float32Array;
}

/** Which columns are the coordinates, counted from 0. */
export interface ColumnChoice {
  readonly columns: readonly number[];
  /** Column of the weights of the states, if they have any. */
  readonly weight: number | null;
  /** Rows without these numbers are left out unasked. */
  readonly drop: boolean;
}

/** How the columns are understood. */
export interface Understood {
  readonly choice: ColumnChoice;
  /** Why a person should say whether that is right; null if it is sure. */
  readonly doubt: Message | null;
  readonly remarks: readonly Message[];
}

/** What programs write beside coordinates: such a column is not one because it stands where one is expected. */
const OTHER =
  /^(time|t|step|frame|index|row|iteration|.*energy|energy.*|potential|temperature|work|height|biasf|sigma.*|.*bias|w|weights?|ff|hist.*)$/;
const WEIGHT = /^(w|weights?)$/;
const BIAS = /^(.*\.)?r?bias$/i;
const GREEK: Readonly<Record<string, string>> = {
  φ: 'phi',
  ϕ: 'phi',
  ψ: 'psi',
  θ: 'theta',
  ϑ: 'theta',
  ξ: 'xi',
  χ: 'chi',
  ω: 'omega',
};

export function understood(columns: readonly FileColumn[], coordinates: readonly string[]): Understood {
  const named = columns.some(({ name }) => name !== '');
  return named ? byName(columns, coordinates) : byPlace(columns, coordinates);
}

/** A name without its unit, in small Latin letters: `Phi (rad)` is phi, and so is φ. */
function plain(name: string): string {
  const text = name.toLowerCase().replace(/\s*[([/].*$/, '');
  return Array.from(text.replace(/[\s_]/g, ''), (letter) => GREEK[letter] ?? letter).join('');
}

function byName(columns: readonly FileColumn[], coordinates: readonly string[]): Understood {
  const names = columns.map(({ name }) => name);
  const matches = coordinates.map((coordinate) => matching(names, coordinate));
  const places = matches.map((found) => (found.length === 1 ? found[0] : -1));
  const weight = names.findIndex((name, k) => WEIGHT.test(plain(name)) && !places.includes(k));
  const sure = places.every((place) => place >= 0);
  const twice = coordinates.find((_, d) => matches[d].length > 1);
  const doubtOfNames =
    twice === undefined
      ? message('file-other-names', { columns: names.filter(Boolean), names: coordinates })
      : message('file-column-twice', { name: twice });
  const offered = weight < 0 ? null : message('file-weights', { column: names[weight] });
  return {
    choice: {
      columns: completed(columns, places, twice === undefined ? [] : matches.flat()),
      weight: weight < 0 ? null : weight,
      drop: false,
    },
    doubt: sure ? offered : doubtOfNames,
    remarks: remarksOn(names.filter((_, k) => !places.includes(k))),
  };
}

/** Columns of exactly this name, or else of this name with a unit or in other letters. */
function matching(names: readonly string[], coordinate: string): number[] {
  const all = (same: (name: string) => boolean) => names.flatMap((name, k) => (same(name) ? [k] : []));
  const exact = all((name) => name.toLowerCase() === coordinate.toLowerCase());
  return exact.length > 0 ? exact : all((name) => plain(name) === plain(coordinate));
}

function remarksOn(others: readonly string[]): Message[] {
  const lower = others.map((name) => name.toLowerCase());
  const bias = others.find((name) => BIAS.test(name));
  if (lower.includes('height') && lower.some((name) => name.startsWith('sigma')))
    return [message('file-hills', {})];
  return bias === undefined ? [] : [message('file-bias', { column: bias })];
}

/** Without names the columns are the coordinates in their order, if there are as many beside one that counts rows or time. */
function byPlace(columns: readonly FileColumn[], coordinates: readonly string[]): Understood {
  const [count, needed] = [columns.length, coordinates.length];
  const skipped = count === needed + 1 && isRegular(columns[0].values) ? 1 : 0;
  const rising = columns.slice(skipped).findIndex(({ values }) => rises(values));
  const places = coordinates.map(() => -1);
  const inOrder = coordinates.map((_, d) => d + skipped);
  const fits = count === needed + skipped;
  const sure = fits && rising < 0;
  const doubt = fits
    ? message('file-rising-column', { column: rising + skipped + 1 })
    : message('file-unnamed-columns', { columns: count, names: coordinates });
  return {
    choice: {
      columns: fits ? inOrder : completed(columns, places, []),
      weight: null,
      drop: false,
    },
    doubt: sure ? null : doubt,
    remarks: sure && skipped ? [message('file-time-column', { names: coordinates })] : [],
  };
}

/** Coordinates without a place take the next columns that may be coordinates, first of all those `preferred`. */
function completed(
  columns: readonly FileColumn[],
  places: readonly number[],
  preferred: readonly number[],
): number[] {
  const all = columns.map((_, k) => k);
  const likely = all.filter((k) => !OTHER.test(plain(columns[k].name)) && !isNoCoordinate(columns[k].values));
  const used = new Set(places);
  const queue = [...new Set([...preferred, ...likely, ...all])].filter((k) => !used.has(k));
  return places.map((place) => (place >= 0 ? place : (queue.shift() ?? 0)));
}

function isNoCoordinate(values: Float32Array): boolean {
  return rises(values) || values.every((value) => value === values[0] || Number.isNaN(value));
}

/** Whether a column grows from row to row, as time does. */
function rises(all: Float32Array): boolean {
  const values = all.filter((value) => !Number.isNaN(value));
  return values.length > 2 && values.every((value, k) => k === 0 || value > values[k - 1]);
}

/** Whether it grows by the same step: a count of rows, or time. */
function isRegular(values: Float32Array): boolean {
  const step = values[1] - values[0];
  // Single precision of large numbers, and times that were rounded when they were written.
  const slack = (k: number) => 1e-2 * step + 2e-7 * Math.abs(values[k]);
  return (
    rises(values) && values.every((value, k) => k === 0 || Math.abs(value - values[k - 1] - step) < slack(k))
  );
}
