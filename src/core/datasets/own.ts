/** States that a person brings: read from a file or drawn by hand. They stay in the page, and no link holds them. */

import { dataSettingsOf } from '../generative/training-settings.ts';
import { takeRows } from '../numerics/layout.ts';
import { RandomStream } from '../numerics/random.ts';
import type { Experiment } from '../params/experiment.ts';
import type { ResolvedSystem } from '../systems/resolved.ts';
import { drawOnce } from './draw.ts';
import { FEWEST_STATES, type Source } from './source.ts';

export type OwnData = 'file' | 'drawn';

export function isOwn(data: Experiment['data']): data is OwnData {
  return data === 'file' || data === 'drawn';
}

/** What to say where such states are asked for and there are none. */
export const MISSING: Readonly<Record<OwnData, string>> = {
  file: 'The training data are a file of your own, and a file stays in the page that opened it. Choose the file again: the link says only that there was one.',
  drawn:
    'The training data are points drawn by hand, and they stay in the page where they were drawn. Draw points again: the link says only that there were some.',
};

/** Why states cannot be learned from, or null. */
export function ownProblem(data: OwnData, states: Float32Array | null, dimension: number): string | null {
  if (!states || states.length === 0) return MISSING[data];
  const count = states.length / dimension;
  if (!Number.isInteger(count)) return `States need ${dimension} numbers each.`;
  if (count >= FEWEST_STATES) return null;
  const have = `${count} ${count === 1 ? 'state is' : 'states are'} too few to learn from: at least ${FEWEST_STATES} are needed.`;
  return data === 'drawn' ? `${have} Draw more.` : `${have} Choose a longer file.`;
}

/**
 * `data.n` of them at most, drawn at random.
 * @param states row by row
 * @throws Error that says what is missing
 */
export function ownStates(
  experiment: Experiment & { readonly data: OwnData },
  { coordinates }: Pick<ResolvedSystem, 'coordinates'>,
  states: Float32Array | null,
): Source {
  const dimension = coordinates.length;
  const problem = ownProblem(experiment.data, states, dimension);
  if (problem || !states) throw new Error(problem ?? MISSING[experiment.data]);
  const lost = states.findIndex((value) => !Number.isFinite(value));
  if (lost >= 0) throw new Error(`State ${Math.floor(lost / dimension) + 1} is not finite.`);
  const [rows, count] = [states.length / dimension, dataSettingsOf(experiment).n];
  const stream = new RandomStream(experiment.seed, 'own states');
  const values = rows > count ? takeRows(states, dimension, drawOnce(rows, count, stream)) : states;
  return { points: { dimension, values }, forceEvaluations: 0, remarks: [] };
}
