/** Lifts by a conditional generative model, trained on states of this run. */

import { periodOf } from '../../dynamics/bias-term.ts';
import { ontoLevel } from '../../exact/onto-level.ts';
import { NormalDraws } from '../../generative/array-batch.ts';
import type { Message } from '../../message.ts';
import { columnsOf, rowsOf } from '../../numerics/layout.ts';
import type { RandomStream } from '../../numerics/random.ts';
import type { Points } from '../../numerics/results.ts';
import { message } from '../messages.ts';
import type { Archive } from './archive.ts';
import type { FullSystem } from './full-system.ts';
import type { LiftSource } from './lifts.ts';

/** Training states, row by row, with what the model is told of each: `[condition][state]`. */
export interface LiftData {
  readonly states: Points;
  readonly conditions: readonly Float64Array[];
  /** Values along which minibatches are drawn evenly. */
  readonly along: Float64Array;
}

/** A conditional model that is trained once and then generates. */
export interface LiftTrainer {
  readonly networkEvaluations: number;
  begin(data: LiftData, steps: number): void;
  /** Some steps; resolves with the number of steps taken. @throws Error if the training diverged */
  advance(): Promise<number>;
  /** States under one condition, row by row, made of as many standard normal numbers. */
  generate(condition: readonly number[], noise: Float64Array): Float32Array;
  dispose(): void;
}

export type LiftTrainerMaker = (seed: number) => LiftTrainer;

/** Full states, the slow variable among what is generated; or the others alone, and the slow variable put where it was asked. */
export type ModelKind = 'orthogonal' | 'full';

/** A ring is told as a point of a circle, so that its two ends are the same. */
function conditionsOf(z: number, period: number | undefined): number[] {
  if (period === undefined) return [z];
  const angle = (2 * Math.PI * z) / period;
  return [Math.cos(angle), Math.sin(angle)];
}

/**
 * Where the slow variable is a state variable itself, a model may generate the others alone. Elsewhere it generates full states,
 * which are moved onto the level along the gradient of the slow variable if they are to have its value.
 */
export class ModelLift implements LiftSource {
  readonly title: Message;
  /** State variables that are generated beside the held one; null for full states, as they are seen. */
  private readonly others: readonly number[] | null;
  private readonly period: number | undefined;

  constructor(
    private readonly micro: FullSystem,
    private readonly trainer: LiftTrainer,
    private readonly kind: ModelKind,
    data: 'run' | 'held',
  ) {
    const { lab, held } = micro;
    const apart = kind === 'orthogonal' && micro.heldIsSlow;
    this.others = apart ? [...lab.model.state.keys()].filter((d) => d !== held) : null;
    this.period = periodOf(lab.cv);
    this.title = message('lift-model', { data });
  }

  /** What the model learns from the states of a run. */
  data({ states, cv }: Pick<Archive, 'states' | 'cv'>): LiftData {
    const count = cv.length;
    const { dimension } = this.micro.lab.model;
    const seen = columnsOf(states, dimension);
    const all = this.others ? this.micro.statesOf(seen, count) : seen;
    const taken = this.others ?? [...Array(dimension).keys()];
    const chosen = new Float64Array(taken.length * count);
    taken.forEach((d, k) => {
      chosen.set(all.subarray(d * count, (d + 1) * count), k * count);
    });
    const told = Array.from(cv, (z) => conditionsOf(z, this.period));
    return {
      states: { dimension: taken.length, values: rowsOf(chosen, count) },
      conditions: told[0].map((_, c) => Float64Array.from(told, (row) => row[c])),
      along: cv,
    };
  }

  lift(z: number, count: number, stream: RandomStream): Float64Array {
    const { micro, others } = this;
    const { model, cv } = micro.lab;
    const dimension = others?.length ?? model.dimension;
    const noise = new NormalDraws(stream, { first: 0, count, dimension }).next();
    const generated = columnsOf(this.trainer.generate(conditionsOf(z, this.period), noise), dimension);
    if (!others) {
      if (this.kind === 'orthogonal') ontoLevel(model, cv, generated, () => z);
      return generated;
    }
    const states = new Float64Array(model.state.length * count).fill(z);
    others.forEach((d, k) => {
      states.set(generated.subarray(k * count, (k + 1) * count), d * count);
    });
    return micro.coordinatesOf(states, count);
  }
}
