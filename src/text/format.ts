/** Numbers as people read them. */

/** About `digits` significant digits, without the noise of floating point: 0.30000000000000004 is 0.3. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-3 || size >= 1e6) return value.toExponential(Math.max(0, digits - 1)).replace(/\.?0+e/, 'e');
  return String(Number(value.toPrecision(digits))).replace('-', '−');
}

/** Always the same number of decimals, for numbers that tick. */
export function fixed(value: number, decimals: number): string {
  return Number.isFinite(value) ? value.toFixed(decimals).replace('-', '−') : '–';
}

/** 6.30 M, 58.0 k, 412; number and letter stay on one line. */
export function counted(value: number): string {
  // What would be rounded to a thousand of the smaller unit is one of this.
  for (const [size, letter] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const)
    if (value >= 0.9995 * size) return `${(value / size).toPrecision(3)}\u00a0${letter}`;
  return String(Math.round(value));
}

/** 12 %; less than half of one is still some. */
export function wholePercent(share: number | null): string {
  if (share === null || !Number.isFinite(share)) return '–';
  return share > 0 && share < 0.01 ? '< 1 %' : `${Math.round(100 * share)} %`;
}

/** 1 walker, 3 walkers */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** 1,234,567 */
export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en');
}

export function seconds(value: number): string {
  if (value < 90) return `${Math.ceil(value)} s`;
  return `${Math.ceil(value / 60)} min`;
}

/** 231 ± 66, 37 ± 4: the error with one digit, with two below 35, and the value as far as that. */
export function uncertain(value: number, error: number): string {
  if (!Number.isFinite(value) || !Number.isFinite(error) || error <= 0) return short(value);
  const exponent = Math.floor(Math.log10(error));
  const decimals = (error / 10 ** exponent < 3.5 ? 1 : 0) - exponent;
  if (decimals > 6) return short(value);
  const unit = 10 ** -decimals;
  const rounded = (number: number) => fixed(Math.round(number / unit) * unit, Math.max(0, decimals));
  return `${rounded(value)} ± ${rounded(error)}`;
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A share as a percentage with two digits: 0.123 is 12 %. */
export function percent(share: number): string {
  return `${short(100 * share, 2)} %`;
}

/** Items named before the rest is only counted. */
const MOST_LISTED = 4;

/** a, b and c; of many the first few, and how many more. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  if (items.length <= MOST_LISTED) return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
  return `${items.slice(0, MOST_LISTED - 1).join(', ')} and ${items.length - MOST_LISTED + 1} more`;
}
