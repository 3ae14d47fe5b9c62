/** What the frames of a training have said so far. */

import type { Resumption, TrainingFrame } from '../../core/protocol/learn.ts';
import { say, text } from '../../text/index.ts';
import { PointBuffer } from './point-buffer.ts';

export type ValidationLosses = TrainingFrame['validation'];

export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** Wall time spent on training. */
  readonly seconds: number;
  readonly secondsLeft: number | null;
  readonly losses: Float32Array;
  /** Steps that were taken before the losses begin: those of a model from a file. */
  readonly first: number;
  /** On states held out of training, if there are any. */
  readonly validation: ValidationLosses;
  /** The last move after the loss of a device or of a worker. */
  readonly resumed: Resumption | null;
}

export const NO_PROGRESS: Progress = {
  step: 0,
  steps: 0,
  seconds: 0,
  secondsLeft: null,
  losses: new Float32Array(),
  first: 0,
  validation: [],
  resumed: null,
};

export class TrainingRecord {
  /** The last move to another backend or worker, if there was one. */
  resumed: Resumption | null = null;
  validation: ValidationLosses = [];
  readonly #losses = new PointBuffer(1);
  readonly #first: number;
  #milliseconds = 0;

  /** @param first steps that were taken before, elsewhere */
  constructor(first = 0) {
    this.#first = first;
  }

  /**
   * Losses after the checkpoint that training went on from are void: they come again.
   * @param milliseconds what the frame took
   */
  append(
    { losses, validation, resumed }: Pick<TrainingFrame, 'losses' | 'validation' | 'resumed'>,
    milliseconds = 0,
  ): void {
    this.#milliseconds += milliseconds;
    if (resumed) {
      this.resumed = resumed;
      this.#losses.truncate(Math.max(0, resumed.step - this.#first));
      this.validation = this.validation.filter(({ step }) => step <= resumed.step);
    }
    this.#losses.append(losses);
    if (validation.length > 0) this.validation = [...this.validation, ...validation];
  }

  losses(): Float32Array {
    return this.#losses.values();
  }

  progress({ step, steps }: Pick<TrainingFrame, 'step' | 'steps'>): Progress {
    const seconds = this.#milliseconds / 1000;
    return {
      step,
      steps,
      seconds,
      secondsLeft: step > 0 ? (seconds / Math.max(step - this.#first, 1)) * (steps - step) : null,
      losses: this.losses(),
      first: this.#first,
      validation: this.validation,
      resumed: this.resumed,
    };
  }
}

/** What to tell of a move to another backend or worker. */
export function resumptionText({ from, to, step, reason }: Resumption): string {
  if (from === null) return text.runs.resumed(say(reason), step, to);
  return text.runs.movedTo(step, to, from, say(reason));
}
