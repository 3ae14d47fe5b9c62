/** What exact references have to tell a person. */
import { messages } from '../message.ts';

export interface ExactMessages {
  /** Highest barrier of F in kT, 0 where it is next to nothing. */
  readonly 'no-barrier': { readonly cv: string; readonly height: number };
  readonly 'energy-unbounded': { readonly system: string; readonly coordinates: readonly string[] };
  readonly 'site-energy-unbounded': Readonly<Record<string, never>>;
  readonly 'energy-not-finite': { readonly system: string };
  readonly 'exact-needs-few-coordinates': { readonly dimension: number };
  readonly 'exact-fields-need-a-plane': { readonly system: string; readonly dimension: number };
  readonly 'exact-chain-needs-site': { readonly cv: string };
  readonly 'no-state-at-value': { readonly at: readonly { readonly cv: string; readonly value: number }[] };
  readonly 'target-too-small': Readonly<Record<string, never>>;
}

export const message = messages<ExactMessages>();
