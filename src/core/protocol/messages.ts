/** What workers have to tell a person of training and of the graphics device; runs tell the messages of their rooms. */
import type { BackendId } from '../generative/backends.ts';
import type { Message } from '../message.ts';

type None = Readonly<Record<string, never>>;

interface BackendMessages {
  readonly 'no-webgpu': None;
  readonly 'backend-fails': { readonly backend: BackendId };
  readonly 'no-backend': {
    readonly probes: readonly { readonly id: BackendId; readonly problem: Message | null }[];
  };
  readonly 'backend-other-works': { readonly backend: BackendId };
  readonly 'backend-other-fast': { readonly backend: BackendId };
  readonly 'backend-software-adapter': None;
  readonly 'backend-too-slow': { readonly backend: BackendId; readonly seconds: number };
  readonly 'graphics-device-lost': { readonly detail: string };
  readonly 'webgl-context-lost': None;
  readonly 'learning-stopped': { readonly reason: Message };
}

/** A file that is no model, or no good one. `field` is the name of what is wrong with it. */
interface ModelFileMessages {
  readonly 'model-schema': { readonly found: string; readonly expected: string };
  readonly 'model-not-an-object': { readonly field: string | null; readonly found: string };
  readonly 'model-conditions': { readonly found: number; readonly expected: number };
  readonly 'model-step': { readonly found: string };
  readonly 'model-second-moment': None;
  readonly 'model-without-experiment': None;
  readonly 'model-settings': {
    readonly settings: readonly { readonly key: string; readonly value: string }[];
  };
  readonly 'model-station': { readonly station: string };
  readonly 'model-architecture': {
    readonly field: string;
    readonly found: string;
    readonly expected: string;
  };
  readonly 'model-scale': { readonly field: string };
  readonly 'model-deviation': { readonly field: string };
  readonly 'model-field-missing': { readonly field: string };
  readonly 'model-not-base64': { readonly field: string };
  readonly 'model-length': { readonly field: string; readonly found: number; readonly expected: number };
  /** Place of the number, from 1. */
  readonly 'model-number': { readonly field: string; readonly value: string; readonly place: number };
}

export interface LearnMessages extends BackendMessages, ModelFileMessages {
  readonly 'training-diverged': {
    readonly step: number;
    readonly what: 'loss' | 'weights';
    readonly value: number;
    /** Step of the weights that are kept. */
    readonly kept: number;
    readonly learningRate: number;
  };
  readonly 'model-of-other-states': None;
  readonly 'drop-condition-needed': None;
  readonly 'condition-needed': None;
  readonly 'model-unconditional': None;
}

export interface EngineMessages {
  readonly 'device-too-small': { readonly walkers: number };
  readonly 'device-refuses': { readonly detail: string };
  readonly 'random-numbers-used-up': None;
}
