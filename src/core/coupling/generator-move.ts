/**
 * Exact moves of the remaining coordinate with a model as independence proposal (Hastings, Biometrika 57, 97 (1970)). A bias
 * that depends on the cv alone cancels, so that one move is right in every window.
 */
import type { Draws } from './draws.ts';
import type { ConditionalModel } from './model.ts';

/** One number for each walker. */
export interface Places {
  readonly cv: Float64Array;
  readonly rest: Float64Array;
}

export interface Moved {
  /** Where each walker is now. */
  readonly rest: Float64Array;
  readonly accepted: Uint8Array;
}

/** What a move needs beside the model. */
export interface MoveContext {
  /** U, without any bias, of all walkers with their remaining coordinate here; asked for twice. */
  energy(rest: Float64Array): Float64Array;
  readonly kT: number;
  readonly draws: Draws;
}

/** Proposes y' from q(. | cv) for every walker and accepts with probability min(1, exp(-(U' - U)/kT) q(y|cv)/q(y'|cv)). */
export function metropolisMove(
  { cv, rest }: Places,
  model: ConditionalModel,
  { energy, kT, draws }: MoveContext,
): Moved {
  const proposed = cv.map((value) => model.quantile(value, draws.next()));
  const [before, after] = [energy(rest), energy(proposed)];
  const accepted = Uint8Array.from(cv, (value, w) => {
    const back = model.logDensity(value, rest[w]) - model.logDensity(value, proposed[w]);
    return Math.log(draws.next()) < (before[w] - after[w]) / kT + back ? 1 : 0;
  });
  return { rest: rest.map((here, w) => (accepted[w] ? proposed[w] : here)), accepted };
}
