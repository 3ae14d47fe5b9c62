/** What estimates from biased walkers have to tell a person. */
import { messages } from '../message.ts';

export interface Stretch {
  readonly low: number;
  readonly high: number;
}

/** Windows with centres from `low` to `high` along a collective variable. */
export interface WindowsAlong extends Stretch {
  readonly count: number;
  readonly cv: string;
}

export interface EstimatorMessages {
  readonly 'windows-without-samples': { readonly centers: readonly number[]; readonly cv: string };
  /** Gaps between groups of windows, each from centre to centre. */
  readonly 'windows-disconnected': {
    readonly groups: number;
    readonly gaps: readonly Stretch[];
    readonly cv: string;
  };
  readonly 'springs-left-in': Readonly<Record<string, never>>;
  /** In which coordinates samples drift, and in which walkers of one window disagree. */
  readonly 'windows-not-equilibrated': {
    readonly windows: WindowsAlong;
    readonly drifting: readonly string[];
    readonly disagreeing: readonly string[];
  };
  readonly 'windows-hysteresis': { readonly windows: WindowsAlong; readonly coordinates: readonly string[] };
  readonly 'few-independent-samples': {
    readonly windows: WindowsAlong;
    readonly least: number;
    readonly needed: number;
  };
  readonly 'samples-outside-range': {
    readonly share: number;
    readonly cv: string;
    readonly side: 'below' | 'above';
    readonly end: number;
  };
  readonly 'range-not-covered': { readonly cv: string; readonly stretches: readonly Stretch[] };
  readonly 'offer-windows-in-gaps': Readonly<Record<string, never>>;
  readonly 'offer-mbar': Readonly<Record<string, never>>;
}

export const message = messages<EstimatorMessages>();
