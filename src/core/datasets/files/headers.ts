/** Lines of a file that are no data: names of columns, if they have any. */
import { fieldsOf, isNumeric, type Separator, separatorOf } from './fields.ts';

/** Lines before the first row that may hold the names; the last ones are the likeliest. */
const MOST = 20;
const COMMENT = /^(?:[#%@&!]|\/\/)/;

export class Headers {
  private readonly legends: string[] = [];
  private lines: string[] = [];

  /** Whether a line is a comment, which is then taken in. */
  comment(line: string): boolean {
    if (!COMMENT.test(line)) return false;
    const legend = /^@\s*s(\d+)\s+legend\s+"([^"]*)"/.exec(line);
    if (legend) this.legends[Number(legend[1])] = legend[2];
    // PLUMED writes #! FIELDS before its names, and #! SET before something else.
    else if (/^(?:[#%!]|\/\/)/.test(line) && !/^#!\s*SET/.test(line))
      this.add(line.replace(/^[#%!/\s]+(?:FIELDS\s+)?/, ''));
    return true;
  }

  /** Whether a line before the data is none of them, because it has no number; it is then taken in. */
  words(line: string): boolean {
    const fields = fieldsOf(line, separatorOf(line)).filter(Boolean);
    if (fields.some(isNumeric)) return false;
    this.add(line);
    return true;
  }

  /**
   * Names of so many columns: those that name the most of the coordinates, the last ones among equals.
   * @param separator of the data
   */
  namesOf(count: number, separator: Separator | null, coordinates: readonly string[]): string[] | null {
    const wanted = new Set(coordinates.map((name) => name.toLowerCase()));
    const candidates = this.lines.flatMap((line) =>
      [separatorOf(line), separator].map((mark) => fitted(fieldsOf(line, mark), count)),
    );
    // Grace files have a column of times that no legend names.
    if (this.legends.length > 0) candidates.push(fitted(['time', ...this.legends], count));
    const hits = (names: readonly string[]) => names.filter((name) => wanted.has(name.toLowerCase())).length;
    return candidates.reduce(
      (best, names) => (names && hits(names) >= hits(best ?? []) ? names : best),
      null,
    );
  }

  private add(line: string): void {
    this.lines = [...this.lines, line].slice(-MOST);
  }
}

/** Names of so many columns, if that is what they can be. */
function fitted(names: readonly string[], count: number): string[] | null {
  const ended = names.length === count + 1 && names.at(-1) === '' ? names.slice(0, -1) : [...names];
  if (ended.every((name) => name === '') || ended.some((name) => name !== '' && isNumeric(name))) return null;
  if (ended.length === count) return ended;
  // Rows may begin with a name or number of their own, over which nothing stands.
  return ended.length === count - 1 ? ['', ...ended] : null;
}
