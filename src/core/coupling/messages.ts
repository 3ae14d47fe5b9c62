/** What coupled runs have to tell a person. */
import { messages } from '../message.ts';

type None = Readonly<Record<string, never>>;

export interface CouplingMessages {
  readonly 'coupling-needs-potential': { readonly system: string };
  readonly 'coupling-needs-visible-coordinates': { readonly system: string };
  readonly 'coupling-needs-two-coordinates': { readonly system: string };
  readonly 'coupling-needs-exact-free-energy': { readonly system: string; readonly dimension: number };
  readonly 'coupling-needs-coordinate': { readonly cv: string; readonly coordinates: readonly string[] };
  readonly 'coupling-needs-open-range': { readonly system: string; readonly periodic: readonly string[] };
  readonly 'couple-low-above-high': { readonly low: number; readonly high: number };
  readonly 'exact-starts-unknown': None;
  readonly 'start-left-no-samples': None;
}

export const message = messages<CouplingMessages>();
