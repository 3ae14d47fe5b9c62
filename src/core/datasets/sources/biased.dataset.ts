/**
 * States of the biased run of station Bias as training data.
 *
 * What a conditional model learns, p(rest | cv), does not depend on how the data are spread along the cv: the states are
 * taken as the run left them, spread over the whole range, and no state is rare because its cv is. What weights must still
 * do is to make states of the same cv stand for the unbiased distribution where the bias depended on more than the cv (several
 * temperatures, a second variable, pulls out of equilibrium). So each state has its weight relative to its slice of the cv,
 * which is 1 where the weight depends on the cv alone. An unconditional model learns p(x) and needs the weights whole.
 */

import type { Finding } from '../../estimators/finding.ts';
import { dataSettingsOf } from '../../generative/training-settings.ts';
import { type Message, Problem } from '../../message.ts';
import { takeRows } from '../../numerics/layout.ts';
import { RandomStream } from '../../numerics/random.ts';
import type { Points } from '../../numerics/results.ts';
import type { Experiment } from '../../params/experiment.ts';
import { isConditional } from '../../params/station.ts';
import { BiasRun } from '../../sampling/run.ts';
import type { Dataset, Families, TrainingStates } from '../../settings/families.ts';
import { asBiased } from '../../settings/settings.ts';
import { settingOf } from '../../systems/model.ts';
import { cvOfStates } from '../cv-of-states.ts';
import { differentRows, drawOnce, drawRows } from '../draw.ts';
import { message } from '../messages.ts';
import { relativeWeights, withinSlices } from '../state-weights.ts';

/** Weights that differ less than this are equal. */
const EQUAL = 1e-9;

/** @throws Problem when the method cannot begin, walkers are lost, or the run allows no weights: what is wrong and what to do */
function states(experiment: Experiment, families: Families): TrainingStates {
  const run = new BiasRun(families, asBiased(families, experiment));
  run.advance(Number.POSITIVE_INFINITY);
  const { finding, divergence, forceEvaluations } = run.frame();
  if (divergence) throw new Problem(divergence);
  const { method } = experiment;
  if (!finding?.weighted || finding.weighted.logWeights.length === 0)
    throw new Problem(message('biased-run-without-weights', { method, warnings: warningsOf(finding) }));
  const { weighted } = finding;
  const conditional = isConditional(experiment, families);
  const probabilities = conditional
    ? withinSlices(weighted, cvOfStates(weighted.states, settingOf(experiment, families)))
    : relativeWeights(weighted.logWeights);
  const stream = new RandomStream(experiment.seed, 'states of the biased run');
  const drawn = draw(weighted.states, probabilities, dataSettingsOf(experiment).n, stream);
  const source = message('biased-states', {
    method,
    states: drawn.of,
    different: drawn.different,
    weighted: !conditional,
  });
  return {
    points: drawn.points,
    forceEvaluations,
    remarks: [source, ...warningsOf(finding)],
  };
}

function warningsOf(finding: Finding | null): Message[] {
  return finding?.warnings.map(({ message: told }) => told) ?? [];
}

function draw(
  { dimension, values }: Points,
  probabilities: Float64Array,
  count: number,
  stream: RandomStream,
): { points: Points; of: number; different: number } {
  const of = probabilities.length;
  const even = probabilities.every((p) => Math.abs(p - probabilities[0]) < EQUAL);
  const rows = even ? drawOnce(of, count, stream) : drawRows(probabilities, count, stream);
  return {
    points: { dimension, values: takeRows(values, dimension, rows) },
    of,
    different: differentRows(rows),
  };
}

const dataset: Dataset = {
  order: 4,
  dependsOn: ['variable', 'start', 'integrator', 'step', 'method', 'budget'],
  settings: ['cv', 'method', 'method.*', 'budget', 'start', 'integrator', 'integrator.*'],
  cost: ({ budget }) => budget,
  states,
};

export default dataset;
