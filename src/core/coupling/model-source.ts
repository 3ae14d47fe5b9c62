/** What fits models, and what it is given. */
import type { Proposer } from './proposer.ts';

/** cv of each pair, and its remaining coordinates pair after pair; in no order. */
export interface Pairs {
  readonly cv: Float64Array;
  readonly rest: Float64Array;
}

interface Unit {
  readonly mean: number;
  readonly deviation: number;
}

/** Units in which a network sees its data; they stay while data come and go, so that it need not begin anew. */
export interface PairScale {
  readonly cv: Unit;
  /** Of each remaining coordinate. */
  readonly rests: readonly Unit[];
}

/**
 * E[rest | rest + sigma noise, cv], row after row, in units of a `PairScale`.
 * @param sigma and `cv` of each row
 */
export type RowDenoiser = (
  noisy: Float64Array,
  sigma: Float64Array,
  cv: Float64Array,
) => Promise<Float64Array>;

/** A conditional network that goes on from where it was. */
export interface Trainer {
  readonly networkEvaluations: number;
  /** Wall time of training and of asking. */
  readonly seconds: number;
  /** Takes `steps` steps on these data, evenly along the cv; yields where it may rest. */
  train(data: Pairs, steps: number): AsyncGenerator<void, void, void>;
  /** Quantiles of the model of one remaining coordinate, `[node * levels + level]`. */
  quantiles(nodes: Float64Array, levels: Float64Array): Promise<Float64Array>;
  /** The network as it is now; later training leaves it as it is. */
  denoiser(): RowDenoiser;
  dispose(): void;
}

export type TrainerMaker = (scale: PairScale, seed: number) => Trainer;

export type Stage = 'first' | 'growth' | 'refresh';

/** Share of the proposals that come from a broad distribution, so that no place is out of reach; of a bad model less, or it would hide. */
export const DEFENSIVE_SHARE = 0.1;
export const BAD_SHARE = 0.02;
/** Width of a bad model in widths of the plotted range. */
export const BAD_WIDTH = 0.05;

export const TRAINING_STEPS: Readonly<Record<Stage, number>> = { first: 600, growth: 300, refresh: 250 };

export interface ModelSource {
  /** The trainer, if there is one: for its costs. */
  readonly trainer: Trainer | null;
  /**
   * A model of the data, made to be asked near these nodes. Yields where it may rest.
   * @param nodes of the cv, ascending
   */
  fit(data: Pairs, nodes: Float64Array, stage: Stage): AsyncGenerator<void, Proposer, void>;
}

/** Models that need neither training nor rest. */
export function fixedSource(model: (data: Pairs, nodes: Float64Array) => Proposer): ModelSource {
  return {
    trainer: null,
    // biome-ignore lint/correctness/useYield: it never needs to rest
    async *fit(data, nodes) {
      return model(data, nodes);
    },
  };
}
