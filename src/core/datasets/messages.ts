/** What training data have to tell a person. */
import { type Message, messages } from '../message.ts';
import type { OwnData } from '../settings/families.ts';

type None = Readonly<Record<string, never>>;

/** What rows are called: those of a text in brackets need not stand in lines of their own. */
export type Unit = 'line' | 'row';
/** Where in a file, counted from 1. */
export interface Line {
  readonly line: number;
}
export interface Field extends Line {
  readonly unit: Unit;
  readonly column: number;
}

/** What is wrong with a field that is no number. */
export type FieldFault =
  | 'missing'
  | 'not-finite'
  | 'decimal-signs'
  | 'too-large'
  | 'not-a-number'
  | 'negative-weight';

/** Why a file cannot be read. */
interface FileProblems {
  readonly 'file-empty': None;
  readonly 'file-too-large': { readonly bytes: number; readonly most: number };
  readonly 'file-few-states': { readonly states: number; readonly needed: number };
  readonly 'file-columns-differ': Field & { readonly here: number; readonly before: number };
  /** No coordinate: the column of the weights. */
  readonly 'file-bad-number': Field & {
    readonly field: string;
    readonly coordinate: string | null;
    readonly fault: FieldFault;
  };
  readonly 'file-few-columns': Field & { readonly columns: number; readonly names: readonly string[] };
  readonly 'file-long-line': Line & { readonly most: number };
  readonly 'file-binary': Line;
  readonly 'file-deep': Line;
  readonly 'file-long-columns': { readonly most: number };
  readonly 'file-no-weight': None;
}

/** Why a person is asked. */
interface FileQuestions {
  readonly 'file-column-twice': { readonly name: string };
  readonly 'file-other-names': { readonly columns: readonly string[]; readonly names: readonly string[] };
  readonly 'file-unnamed-columns': { readonly columns: number; readonly names: readonly string[] };
  readonly 'file-rising-column': { readonly column: number };
  readonly 'file-weights': { readonly column: string };
  /** Of so many rows, so many are no states. */
  readonly 'file-bad-rows': { readonly rows: number; readonly of: number; readonly first: Message };
}

/** How a file was read; `file-elided` is also a problem where too little is left. */
interface FileRemarks {
  readonly 'file-time-column': { readonly names: readonly string[] };
  /** Names of the columns, or their places counted from 1. */
  readonly 'file-chosen-columns': {
    readonly columns: readonly (string | number)[];
    readonly names: readonly string[];
  };
  readonly 'file-cut-line': Line;
  readonly 'file-rows-left-out': { readonly rows: number; readonly of: number; readonly first: Message };
  readonly 'file-sample': { readonly kept: number; readonly rows: number };
  readonly 'file-elided': None;
  readonly 'file-hills': None;
  readonly 'file-bias': { readonly column: string };
  readonly 'file-weighted': {
    readonly column: string | number;
    readonly states: number;
    readonly different: number;
  };
}

type FileMessages = FileProblems & FileQuestions & FileRemarks;

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
