/** Lines of a table as text: fields, separators, numbers. */
import type { FieldFault } from '../messages.ts';

/** `blank` stands for spaces and tabs in any number. */
export type Separator = ',' | ';' | '\t' | 'blank';

/** Fortran writes 1.0D-3, Mathematica 1.0*^-3. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:(?:[eEdD]|\*\^)[+-]?\d+)?$/;
const NOT_FINITE = /^[+-]?(?:nan|inf|infinity|1\.#\w+|#n\/a|n\/?a|null|none)$/i;
const SHOWN = 24;

/** The first of semicolon, tab, comma and blank that a line has outside quotes, unless the commas are decimal; null for one field. */
export function separatorOf(line: string): Separator | null {
  const bare = line.replace(/"[^"]*"/g, '""').trim();
  for (const candidate of [';', '\t'] as const) if (bare.includes(candidate)) return candidate;
  const parts = bare.split(/\s+/);
  const several = parts.length > 1;
  const decimal = several && parts.every((part) => !Number.isNaN(numberOf(part)));
  if (bare.includes(',') && !decimal) return ',';
  return several ? 'blank' : null;
}

/** Fields of a line, without the blanks and quotes around them. */
export function fieldsOf(line: string, separator: Separator | null): string[] {
  if (separator === null) return [bare(line)];
  if (separator === 'blank' && !line.includes('"')) return line.trim().split(/\s+/);
  if (!line.includes('"')) return line.split(separator).map((field) => field.trim());
  return quotedFields(separator === 'blank' ? line.trim().replace(/\s+/g, ' ') : line, separator);
}

function quotedFields(line: string, separator: Separator): string[] {
  const mark = separator === 'blank' ? ' ' : separator;
  const fields: string[] = [];
  let quoted = false;
  let start = 0;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    else if (line[i] === mark && !quoted) {
      fields.push(bare(line.slice(start, i)));
      start = i + 1;
    }
  }
  return [...fields, bare(line.slice(start))];
}

function bare(field: string): string {
  const text = field.trim();
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replaceAll('""', '"').trim()
    : text;
}

/** A number with a decimal point or comma; NaN if the field is none, or none that single precision holds. */
export function numberOf(field: string): number {
  if (NUMBER.test(field)) return finite(field);
  // Web pages and papers have a sign of their own.
  const text = field.startsWith('\u2212') ? `-${field.slice(1)}` : field;
  const comma = text.indexOf(',');
  // A point beside it would make one of them a separator of thousands; a comma at the end separates.
  if (comma === text.length - 1 || (comma >= 0 && text.includes('.'))) return Number.NaN;
  const pointed = text.replace(',', '.');
  return NUMBER.test(pointed) ? finite(pointed) : Number.NaN;
}

function finite(text: string): number {
  const value = Number(text.replace(/[dD]|\*\^/, 'e'));
  return Number.isFinite(Math.fround(value)) ? value : Number.NaN;
}

/** Whether a field stands for a number, be it a good one, none that is finite, or one that is missing. */
export function isNumeric(field: string): boolean {
  return (
    field === '' || NOT_FINITE.test(field) || NUMBER.test(field.replace(',', '.').replace('\u2212', '-'))
  );
}

/** What is wrong with a field that is no number. */
export function faultOf(field: string): FieldFault {
  if (field === '') return 'missing';
  if (NOT_FINITE.test(field)) return 'not-finite';
  if (/^[+-]?[\d.]+,[\d.,]*$/.test(field)) return 'decimal-signs';
  return NUMBER.test(field) ? 'too-large' : 'not-a-number';
}

/** As much of a field as is shown. */
export function shown(field: string): string {
  return field.length > SHOWN ? `${field.slice(0, SHOWN)}…` : field;
}
