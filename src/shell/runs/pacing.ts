/** How fast a run goes whose frames are pulled one ahead of the screen. */
import type { Message } from '../../core/message.ts';
import { text } from '../../text/index.ts';

export const SPEEDS = [
  { id: 'quarter', label: text.runs.speeds.quarter, factor: 0.25 },
  { id: 'normal', label: text.runs.speeds.normal, factor: 1 },
  { id: 'fast', label: text.runs.speeds.fast, factor: 4 },
  { id: 'full', label: text.runs.speeds.full, factor: Number.POSITIVE_INFINITY },
] as const;
export type SpeedId = (typeof SPEEDS)[number]['id'];

export function factorOf(id: SpeedId): number {
  return SPEEDS.find((speed) => speed.id === id)!.factor;
}

/** A longer time between two frames is not made up for, s. */
export const LONGEST_FRAME = 0.05;

/** Whole numbers of steps that keep a rate in the long run. */
export class Pacer {
  #owed = 0;

  reset(): void {
    this.#owed = 0;
  }

  /** At least one step. @param amount steps that are due since the last call, not whole ones */
  whole(amount: number): number {
    this.#owed += amount;
    const steps = Math.max(1, Math.floor(this.#owed));
    this.#owed = Number.isFinite(steps) ? Math.max(0, this.#owed - steps) : 0;
    return steps;
  }
}

/** Nothing comes after this frame. */
export function isLast(frame: { readonly done: boolean; readonly divergence: Message | null }): boolean {
  return frame.done || frame.divergence !== null;
}
