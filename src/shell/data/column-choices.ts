/** Columns that a person has chosen, for the next file with the same ones. */
import type { ColumnChoice } from '../../core/datasets/files/columns.ts';
import type { FileQuestion } from '../../core/datasets/files/head.ts';

const PLACE = 'saddle.columns';
/** Choices that are kept, the latest ones. */
const MOST = 20;

/** Storage may be forbidden or hold something else: then choices last as long as the page. */
let choices: readonly (readonly [string, ColumnChoice])[] = stored();

/** What was chosen for such a file; rows that are no states are asked about again. */
export function choiceFor(question: FileQuestion, coordinates: readonly string[]): ColumnChoice | null {
  const key = keyOf(question, coordinates);
  return (isNamed(question) && choices.find(([known]) => known === key)?.[1]) || null;
}

export function rememberChoice(
  question: FileQuestion,
  coordinates: readonly string[],
  choice: ColumnChoice,
): void {
  if (!isNamed(question)) return;
  const key = keyOf(question, coordinates);
  const others = choices.filter(([known]) => known !== key);
  choices = [...others, [key, { ...choice, drop: false }] as const].slice(-MOST);
  try {
    localStorage.setItem(PLACE, JSON.stringify(choices));
  } catch {
    // They still hold until the page is closed.
  }
}

/** Files without names of columns may have nothing in common but the number of columns. */
function isNamed({ columns }: FileQuestion): boolean {
  return columns.some(({ name }) => name !== '');
}

function keyOf({ header }: FileQuestion, coordinates: readonly string[]): string {
  return `${coordinates.join()} ${header}`;
}

function stored(): typeof choices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isChoice) : [];
  } catch {
    return [];
  }
}

function isChoice(entry: unknown): entry is readonly [string, ColumnChoice] {
  if (!Array.isArray(entry) || typeof entry[0] !== 'string') return false;
  const { columns, weight } = entry[1] as Partial<ColumnChoice>;
  return Array.isArray(columns) && [...columns, weight ?? 0].every((k) => Number.isInteger(k) && k >= 0);
}
