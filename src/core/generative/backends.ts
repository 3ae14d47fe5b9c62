/** What trains and runs networks. */
import type { Message } from '../message.ts';

export const BACKENDS = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;

export type BackendId = (typeof BACKENDS)[number];

/** What became of one backend when the learner looked for the best. */
export interface BackendProbe {
  readonly id: BackendId;
  /** Milliseconds for one gradient step of the network at hand, or null. */
  readonly milliseconds: number | null;
  /** Why it cannot be used, or null. */
  readonly problem: Message | null;
}
