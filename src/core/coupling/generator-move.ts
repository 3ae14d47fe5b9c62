/**
 * Exact moves of the remaining coordinates that a model proposes (Hastings, Biometrika 57, 97 (1970)). A bias
 * that depends on the cv alone cancels, so that one move is right in every window.
 */
import type { Draws } from '../numerics/draws.ts';
import type { Places, Proposer } from './proposer.ts';

export interface Moved {
  /** Where each walker is now, as in `Places`. */
  readonly rest: Float64Array;
  readonly accepted: Uint8Array;
}

/** What a move needs beside the model. */
export interface MoveContext {
  /** U, without any bias, of all walkers with their remaining coordinates here; asked for twice. */
  energy(rest: Float64Array): Float64Array;
  readonly kT: number;
  readonly draws: Draws;
}

/** Proposes y' for every walker and accepts with probability min(1, exp(-(U' - U)/kT) q(y|y')/q(y'|y)). */
export async function metropolisMove(
  places: Places,
  model: Proposer,
  { energy, kT, draws }: MoveContext,
): Promise<Moved> {
  const { rest: proposed, logRatio } = await model.propose(places, draws);
  const [before, after] = [energy(places.rest), energy(proposed)];
  const accepted = Uint8Array.from(logRatio, (back, w) =>
    Math.log(draws.next()) < (before[w] - after[w]) / kT + back ? 1 : 0,
  );
  const walkers = accepted.length;
  return { rest: places.rest.map((here, i) => (accepted[i % walkers] ? proposed[i] : here)), accepted };
}
