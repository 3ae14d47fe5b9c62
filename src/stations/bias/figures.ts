/** Names and numbers of a method's own figures as people read them. */
import type { Finding } from '../../core/estimators/finding.ts';
import { short, uncertain } from '../../text/format.ts';

const MOST_LISTED = 5;
/** Whole numbers beyond this are counts, which are told to the last digit. */
const COUNTED = 1e4;
const ERRORS = ['Error', 'Stderr'];
/** Names of people in names of figures. */
const PEOPLE = /\b(jarzynski|crooks|bennett)\b/g;

/** Name and number of every figure; one whose error is a figure too has it beside it. */
export function figureRows(figures: Finding['figures']): { readonly name: string; readonly text: string }[] {
  return Object.entries(figures).flatMap(([key, value]) => {
    if (ERRORS.some((error) => key.endsWith(error) && key.slice(0, -error.length) in figures)) return [];
    const error = ERRORS.map((ending) => figures[`${key}${ending}`]).find((one) => one !== undefined);
    const both = typeof value === 'number' && typeof error === 'number';
    return [{ name: figureName(key), text: both ? uncertain(value, error) : figureText(value) }];
  });
}

/** `meanExchangeRate` is `mean exchange rate`. */
export function figureName(name: string): string {
  return name
    .replace(/[-_]/g, ' ')
    .replace(/(\d)kT/g, '$1 kT')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .replace(/([a-z\d])(?!(?<=\bk)T\b)([A-Z])/g, '$1 $2')
    .replace(/\b[A-Z][a-z]/g, (start) => start.toLowerCase())
    .replace(PEOPLE, (person) => person.charAt(0).toUpperCase() + person.slice(1));
}

/** A number, a short list, or the range of a long one. */
export function figureText(value: number | readonly number[]): string {
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) >= COUNTED ? value.toLocaleString('en') : short(value);
  if (value.length === 0) return '–';
  if (value.length <= MOST_LISTED) return value.map((number) => short(number)).join(', ');
  const finite = value.filter(Number.isFinite);
  if (finite.length === 0) return '–';
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return `${short(low)} to ${short(high)} (${value.length} values)`;
}
