/** Which column of a file is which coordinate, by the names that files give their columns. */
import { Problem } from '../message.ts';
import { isNumeric } from './csv-fields.ts';
import { message } from './messages.ts';

/** What programs write beside coordinates: such a column is not one because it stands where one is expected. */
const OTHER =
  /^(time|t|step|frame|index|row|iteration|energy|potential|bias|weight|temperature|work|.*\.bias)$/i;
/** Rows in which a column that counts is told. */
export const LOOK_AHEAD = 8;

/** Lines that are no data: names of columns, if they have any. */
export class Comments {
  private legends: string[] = [];
  private names: string[] | null = null;

  /** Whether a line says something about the data rather than being some. */
  take(line: string): boolean {
    if (!/^[#%@&]/.test(line)) return false;
    const legend = /^@\s*s(\d+)\s+legend\s+"([^"]*)"/.exec(line);
    if (legend) this.legends[Number(legend[1])] = legend[2];
    // PLUMED writes #! FIELDS before its names; others names alone.
    const text = line.replace(/^[#%@&!\s]+/, '').replace(/^FIELDS\s+/, '');
    const names = text.split(/[\s,;]+/).filter(Boolean);
    if (/^[#%]/.test(line) && names.length > 0 && !names.some(isNumeric) && !/^#!\s*SET/.test(line))
      this.names = names;
    return true;
  }

  /** Names of so many columns, if comments gave them. */
  namesOf(columns: number): readonly string[] | null {
    // Grace files have a column of times that no legend names.
    const withTime = ['time', ...this.legends];
    if (this.legends.length > 0 && withTime.length === columns) return withTime;
    return this.names?.length === columns ? this.names : null;
  }
}

/** Whether a line names columns. */
export function isHeader(fields: readonly string[]): boolean {
  const written = fields.filter((field) => field !== '');
  return written.length > 0 && !written.some(isNumeric);
}

/**
 * Column of each coordinate: the one of its name, in any case of letters. Without any such name the columns are taken in their order if there
 * are as many as coordinates and none has the name of something else.
 * @throws Problem that names what is missing, twice or unknown
 */
export function columnsByName(
  header: readonly string[],
  coordinates: readonly string[],
  line: number,
): number[] {
  const lower = header.map((name) => name.toLowerCase());
  const places = coordinates.map((name) => lower.indexOf(name.toLowerCase()));
  if (places.every((place) => place < 0)) {
    if (header.length !== coordinates.length || header.some((name) => OTHER.test(name)))
      throw new Problem(message('csv-unknown-columns', { line, columns: header, names: coordinates }));
    return coordinates.map((_, d) => d);
  }
  places.forEach((place, d) => {
    const name = coordinates[d];
    if (place < 0) throw new Problem(message('csv-no-column', { line, name }));
    const again = lower.indexOf(name.toLowerCase(), place + 1);
    if (again >= 0) throw new Problem(message('csv-column-twice', { line, column: again + 1, name }));
  });
  return places;
}

/** Whether a column counts rows or time: it grows by the same step from row to row. */
export function counts(values: readonly number[]): boolean {
  if (values.length < 3) return false;
  const step = values[1] - values[0];
  return (
    step > 0 && values.every((value, k) => k === 0 || Math.abs(value - values[k - 1] - step) < 1e-6 * step)
  );
}
