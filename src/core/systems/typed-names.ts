/** What a text may have meant by names that it does not explain. */
import { tokensOf } from '../expression/tokens.ts';

/**
 * The text with other names: X as x, x1 and x2 (or r, or phi) as the coordinates where none of them is used, kx as k*x; else with
 * the first unknown name declared as a parameter. Null where nothing of this would be what was meant.
 */
export function mendedNames(
  text: string,
  unknown: readonly string[],
  known: readonly string[],
  coordinates: readonly string[],
  used: ReadonlyMap<string, unknown>,
): string | null {
  // A parameter of this name would not follow the temperature: another energy than the one meant.
  if (unknown.includes('kT')) return null;
  const lower = new Map(
    unknown
      .filter((name) => coordinates.includes(name.toLowerCase()))
      .map((name) => [name, name.toLowerCase()]),
  );
  if (lower.size > 0) return renamed(text, lower);
  const free = !coordinates.some((name) => used.has(name));
  if (free && unknown.length <= coordinates.length) {
    const sorted = [...unknown].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    return renamed(text, new Map(sorted.map((name, d) => [name, coordinates[d]])));
  }
  const [name] = unknown;
  const factors = factorsOf(name, [...known, ...coordinates]);
  if (factors) return renamed(text, new Map([[name, factors.join('*')]]));
  return `${text.trimEnd().replace(/;$/, '')}; ${name} = 1`;
}

function renamed(text: string, by: ReadonlyMap<string, string>): string {
  let result = '';
  let done = 0;
  for (const { kind, text: name, at, end } of tokensOf(text)) {
    const other = kind === 'name' ? by.get(name) : undefined;
    if (other === undefined) continue;
    result += text.slice(done, at) + other;
    done = end;
  }
  return result + text.slice(done);
}

/** A name that is other names side by side. */
function factorsOf(name: string, known: readonly string[]): string[] | null {
  if (name === '') return [];
  const names = known.filter((each) => name.startsWith(each)).sort((a, b) => b.length - a.length);
  for (const first of names) {
    const rest = factorsOf(name.slice(first.length), known);
    if (rest) return [first, ...rest];
  }
  return null;
}
