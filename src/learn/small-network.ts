/** The network that stations Couple and Close train while they run, and how. */
import type { NetworkSettings } from '../core/generative/training-settings.ts';

export const NETWORK: NetworkSettings = {
  kind: 'mlp',
  activation: 'silu',
  features: 'log-sigma',
  width: 64,
  depth: 3,
};
export const BATCH = 256;
export const LEARNING_RATE = 5e-3;
/** Wall time between two rests. */
export const PIECE_MS = 50;
