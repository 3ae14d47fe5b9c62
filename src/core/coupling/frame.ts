/** What a coupled run says to whoever looks on. */

import type { BackendId } from '../generative/backends.ts';
import type { Message } from '../message.ts';
import type { FreeEnergyEstimate, Points, Series } from '../numerics/results.ts';
import type { BiasHistory } from '../sampling/frames.ts';
import type { ConditionalVisits } from './recorder.ts';

/** Nodes of the loop; methods without a model go through `start`, `run` and `estimate` only. */
export type CouplePhase = 'start' | 'train' | 'generate' | 'run' | 'estimate';

/** What became of a walker since it was last put somewhere. */
export const MARK = { trapped: 0, generated: 1, healed: 2, accepted: 3 } as const;

export interface CoupleWindow {
  readonly center: number;
  readonly springConstant: number;
  /** Walkers have been there. */
  readonly covered: boolean;
}

/** Moves along the cv: share accepted in each bin, NaN where none was tried. */
export interface Acceptance extends Series {
  /** Of all moves; NaN without any. */
  readonly overall: number;
}

/** What there is to see of a coupled method while it works. */
export interface CoupledView {
  readonly phase: CouplePhase;
  /** 0 while windows are being filled, then the number of the round. */
  readonly round: number;
  readonly rounds: number;
  readonly walkers: Points;
  /** Window of each walker. */
  readonly of: Uint16Array;
  /** `MARK` of each walker. */
  readonly marks: Uint8Array;
  readonly windows: readonly CoupleWindow[];
  readonly acceptance: Acceptance;
  /** Range of the cv in the data of the last model: beyond it the model extrapolates. Null before. */
  readonly trained: readonly [number, number] | null;
}

export interface CoupleFrame {
  /** Id of the coupled method. */
  readonly method: string;
  readonly forceEvaluations: number;
  readonly networkEvaluations: number;
  readonly budget: number;
  readonly done: boolean;
  /** Set when walkers left every bound: what happened and what to do. The run is over. */
  readonly divergence: Message | null;
  readonly view: CoupledView;
  /** F as of the last note, with standard errors once the run is over. */
  readonly freeEnergy: FreeEnergyEstimate | null;
  /** Estimates since the last frame. */
  readonly history: readonly BiasHistory[];
  readonly conditional: readonly ConditionalVisits[];
  /** Time step of the dynamics. */
  readonly dt: number;
  /** What computes the network; null for methods without one. */
  readonly backend: BackendId | null;
  /** Wall time of the worker so far, and the part that went into training and asking the network. */
  readonly seconds: number;
  readonly trainingSeconds: number;
}
