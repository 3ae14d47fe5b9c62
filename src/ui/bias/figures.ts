/** Names and numbers of a method's own figures as people read them. */
import { short } from '../format.ts';

const MOST_LISTED = 5;

/** `meanExchangeRate` is `mean exchange rate`. */
export function figureName(name: string): string {
  return name
    .replace(/[-_]/g, ' ')
    .replace(/(\d)kT/g, '$1 kT')
    .replace(/([a-z])(\d)/g, '$1 $2')
    .replace(/([a-z\d])(?!(?<=\bk)T\b)([A-Z])/g, '$1 $2')
    .replace(/\b[A-Z][a-z]/g, (start) => start.toLowerCase());
}

/** A number, a short list, or the range of a long one. */
export function figureText(value: number | readonly number[]): string {
  if (typeof value === 'number') return short(value);
  if (value.length === 0) return '–';
  if (value.length <= MOST_LISTED) return value.map((number) => short(number)).join(', ');
  const finite = value.filter(Number.isFinite);
  if (finite.length === 0) return '–';
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return `${short(low)} to ${short(high)} (${value.length} values)`;
}
