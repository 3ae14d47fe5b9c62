/** What training data have to tell a person. */
import { type Message, messages } from '../message.ts';
import type { OwnData } from '../settings/families.ts';

type None = Readonly<Record<string, never>>;

/** Where in a file, counted from 1. */
export interface Line {
  readonly line: number;
}
export interface Field extends Line {
  readonly column: number;
}

/** What is wrong with a field that is no number. */
export type FieldFault = 'missing' | 'not-finite' | 'decimal-signs' | 'too-large' | 'not-a-number';

interface FileMessages {
  readonly 'csv-empty': None;
  readonly 'csv-too-large': { readonly bytes: number; readonly most: number };
  readonly 'csv-few-states': { readonly states: number; readonly needed: number };
  readonly 'csv-columns-differ': Field & { readonly here: number; readonly before: number };
  readonly 'csv-bad-number': Field & {
    readonly field: string;
    readonly coordinate: string;
    readonly fault: FieldFault;
  };
  readonly 'csv-no-column': Line & { readonly name: string };
  readonly 'csv-column-twice': Field & { readonly name: string };
  readonly 'csv-few-columns': Field & { readonly columns: number; readonly names: readonly string[] };
  readonly 'csv-long-line': Line & { readonly most: number };
  readonly 'csv-binary': Line;
  readonly 'csv-unknown-columns': Line & {
    readonly columns: readonly string[];
    readonly names: readonly string[];
  };
  readonly 'csv-time-column': { readonly names: readonly string[] };
  readonly 'csv-cut-line': Line;
  readonly 'csv-first-columns': { readonly columns: number; readonly names: readonly string[] };
  readonly 'csv-sample': { readonly kept: number; readonly rows: number };
}

export interface DatasetMessages extends FileMessages {
  readonly 'own-data-missing': { readonly data: OwnData };
  readonly 'own-data-few': { readonly data: OwnData; readonly states: number; readonly needed: number };
  readonly 'own-data-incomplete': { readonly dimension: number };
  readonly 'own-data-not-finite': { readonly state: number };
  readonly 'biased-run-without-weights': { readonly method: string; readonly warnings: readonly Message[] };
  /** Of `states` of a biased run so many different ones were drawn. */
  readonly 'biased-states': {
    readonly method: string;
    readonly states: number;
    readonly different: number;
    readonly weighted: boolean;
  };
  /** Wells without any state, of `of`, and their share of the equilibrium probability. */
  readonly 'wells-missed': { readonly wells: readonly string[]; readonly of: number; readonly share: number };
  /** Shares of a well among the states and in equilibrium. */
  readonly 'well-rare': { readonly name: string; readonly data: number; readonly exact: number };
}

export const message = messages<DatasetMessages>();
