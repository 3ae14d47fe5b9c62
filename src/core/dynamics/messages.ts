/** What the dynamics has to tell a person. */
import { type MessageOf, messages } from '../message.ts';

export interface DynamicsMessages {
  /** Steps became unstable; `safe` is a time step that would not, null where none is known. */
  readonly 'time-step-too-long': { readonly dt: number; readonly step: number; readonly safe: number | null };
  readonly 'left-the-domain': { readonly step: number };
  readonly 'force-not-finite': { readonly start: readonly number[] };
  readonly 'random-numbers-spent': object;
  readonly 'needs-potential': { readonly system: string };
}

/** What goes wrong with walkers. */
export type Divergence = MessageOf<
  Pick<DynamicsMessages, 'time-step-too-long' | 'left-the-domain' | 'force-not-finite'>
>;

export const message = messages<DynamicsMessages>();
