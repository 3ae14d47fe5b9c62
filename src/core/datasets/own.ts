/** States that a person brings: read from a file or drawn by hand. They stay in the page, and no link holds them. */

import { dataSettingsOf } from '../generative/training-settings.ts';
import { type Message, Problem } from '../message.ts';
import { takeRows } from '../numerics/layout.ts';
import { RandomStream } from '../numerics/random.ts';
import type { Experiment } from '../params/experiment.ts';
import type { Families, OwnData, TrainingStates } from '../settings/families.ts';
import { settingOf } from '../systems/model.ts';
import { drawOnce } from './draw.ts';
import { message } from './messages.ts';

/** Fewer states than this teach nothing. */
export const FEWEST_STATES = 50;

/** Why states cannot be learned from, or null. */
export function ownProblem(data: OwnData, states: Float32Array | null, dimension: number): Message | null {
  if (!states || states.length === 0) return message('own-data-missing', { data });
  const count = states.length / dimension;
  if (!Number.isInteger(count)) return message('own-data-incomplete', { dimension });
  return count >= FEWEST_STATES
    ? null
    : message('own-data-few', { data, states: count, needed: FEWEST_STATES });
}

/**
 * `data.n` of them at most, drawn at random.
 * @param states row by row
 * @throws Problem that says what is missing
 */
export function ownStates(
  data: OwnData,
  experiment: Experiment,
  families: Families,
  states: Float32Array | null,
): TrainingStates {
  const { dimension } = settingOf(experiment, families).model;
  const problem = ownProblem(data, states, dimension);
  if (problem || !states) throw new Problem(problem ?? message('own-data-missing', { data }));
  const lost = states.findIndex((value) => !Number.isFinite(value));
  if (lost >= 0)
    throw new Problem(message('own-data-not-finite', { state: Math.floor(lost / dimension) + 1 }));
  const [rows, count] = [states.length / dimension, dataSettingsOf(experiment).n];
  const stream = new RandomStream(experiment.seed, 'own states');
  const values = rows > count ? takeRows(states, dimension, drawOnce(rows, count, stream)) : states;
  return { points: { dimension, values }, forceEvaluations: 0, remarks: [] };
}
