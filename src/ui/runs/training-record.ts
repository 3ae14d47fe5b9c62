/** What the frames of a training have said so far. */
import type { Resumption, TrainingFrame } from '../../core/learn-protocol.ts';
import { PointBuffer } from './point-buffer.ts';

export type ValidationLosses = TrainingFrame['validation'];

export class TrainingRecord {
  /** The last move to another backend, if there was one. */
  resumed: Resumption | null = null;
  validation: ValidationLosses = [];
  readonly #losses = new PointBuffer(1);
  readonly #first: number;

  /** @param first steps that were taken before, elsewhere */
  constructor(first = 0) {
    this.#first = first;
  }

  /** Losses after the checkpoint that training went on from are void: they come again. */
  append({ losses, validation, resumed }: Pick<TrainingFrame, 'losses' | 'validation' | 'resumed'>): void {
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
}

/** What to tell of a move to another backend. */
export function resumptionText({ from, to, step, reason }: Resumption): string {
  return `Training goes on from step ${step} on ${to}: on ${from}, ${reason}.`;
}
