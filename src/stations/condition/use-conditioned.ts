/** Everything that the figures of station Condition show, at the value that is asked for. */

import { useDeferredValue, useEffect, useMemo } from 'react';
import { periodOf, shortest } from '../../core/dynamics/bias-term.ts';
import {
  type Asked,
  Level,
  ontoLevels,
  requestedOf,
  valuesOf,
} from '../../core/generative/conditioning/level.ts';
import { nearestStates } from '../../core/generative/conditioning/near-data.ts';
import { conditionSettingsOf } from '../../core/generative/generation-settings.ts';
import { coordinate } from '../../core/metrics/comparison.ts';
import type { ConditionalDistribution, Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { LearnInfo } from '../../core/protocol/learn.ts';
import type { DotSource } from '../../shell/figure/DotsOverlay.tsx';
import { cvOfExperiment, modelOf, systemOf } from '../../shell/parts/system.ts';
import { useModel } from '../../shell/parts/use-model.ts';
import { REFRESH } from '../../shell/refresh.ts';
import { learners } from '../../shell/runs/learning.ts';
import type { Generated } from '../../shell/runs/model-view.ts';
import { reference, useReference } from '../../shell/runs/reference.ts';
import { type Restrained, useRestrained } from '../../shell/runs/restraint.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { type Support, supportOf } from './data-support.ts';

/** While the curve is dragged so many states are made, to keep up with the hand; once it rests, all of them. */
export const QUICK = 250;
const AT_REST = 250;
/** The least that a restrained simulation is given. */
const LEAST_COST = 20_000;
/** Evaluations per state where the way of conditioning has no network: what the flow would take. */
const PER_STATE = 35;
export interface Cost {
  readonly evaluations: number;
  /** As many as the network evaluations of the states that are shown; else what a network would take, or the least. */
  readonly isOfModel: boolean;
}

const LEAST_NEIGHBOURS = 50;

export const client = learners.condition;

export interface Conditioned {
  readonly at: number;
  /** Null until it is known, and where two values leave nothing free. */
  readonly distribution: ConditionalDistribution | null;
  readonly generated: Generated | null;
  readonly dots: DotSource;
  /** Free coordinate of the model's states, of restrained ones and of the data nearby. */
  readonly model: Float64Array | null;
  readonly restrained: Float64Array | null;
  readonly nearby: Float64Array | null;
  readonly restraint: Restrained;
  /** Force evaluations of the restrained simulation. */
  readonly cost: Cost;
  readonly support: Support | null;
}

export function useConditioned(experiment: Experiment): Conditioned {
  const at = experiment.at[0];
  useWishes(experiment, at);
  const { generated, dots } = useModel(client, experiment, REFRESH.conditioned);
  const fresh = generated && isAnswer(generated, experiment) ? generated : null;
  const points = useDeferredValue(fresh?.points ?? null);
  const free = experiment.also === 'none';
  const distribution = useReference(free ? reference.conditional(experiment, at) : null);
  const cost = useCost(experiment, fresh);
  const restraint = useRestrained(experiment, at, free ? cost.evaluations : null);
  const info = useInfo(experiment);
  const near = useNearby(experiment, at, info);
  const rest = distribution ? systemOf(experiment).coordinates.indexOf(distribution.coordinate) : null;
  return {
    at,
    distribution,
    generated: fresh,
    dots,
    model: useCoordinate(points, rest),
    restrained: useCoordinate(restraint.samples?.points ?? null, rest),
    nearby: useCoordinate(near, rest),
    restraint,
    cost,
    support: useSupport(experiment, info),
  };
}

/** Whether states are what the experiment asks for now. */
function isAnswer({ at, experiment: made }: Generated, now: Experiment): boolean {
  return (
    at === now.at[0] &&
    made.cv === now.cv &&
    made.also === now.also &&
    (made.also === 'none' || made.alsoAt === now.alsoAt) &&
    conditionSettingsOf(made).by === conditionSettingsOf(now).by &&
    made.denoiser === now.denoiser
  );
}

function useWishes(experiment: Experiment, at: number): void {
  const { samples: count, alsoAt } = experiment;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a second value is dragged as the first is
  useEffect(() => {
    client.wish({ generation: { count: Math.min(count, QUICK), at } });
    const timer = setTimeout(() => client.wish({ generation: { count, at } }), AT_REST);
    return () => clearTimeout(timer);
  }, [at, count, alsoAt]);
}

/** Settles when all states are there, so that one simulation is made for each value. */
function useCost({ samples }: Experiment, generated: Generated | null): Cost {
  const complete = generated?.done && generated.points.values.length / 2 >= samples;
  const spent = complete ? generated.networkEvaluations : 0;
  const evaluations = Math.max(LEAST_COST, spent || samples * PER_STATE);
  return { evaluations, isOfModel: evaluations === spent };
}

function useInfo(experiment: Experiment): LearnInfo | null {
  const trainedOn = useSignal(client.trainedOn);
  const info = useSignal(client.info);
  return trainedOn?.system === experiment.system ? info : null;
}

/** The nearest of the training states that the page knows, moved onto the value as the baseline moves them. */
function useNearby(experiment: Experiment, at: number, info: LearnInfo | null): Points | null {
  const { also, alsoAt, cv } = experiment;
  const share = info ? info.data.values.length / info.data.dimension / info.dataCount : 0;
  const count = Math.max(LEAST_NEIGHBOURS, Math.round(conditionSettingsOf(experiment).neighbours * share));
  const settled = useDeferredValue(at);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the model follows from the data
  return useMemo(() => {
    if (!info) return null;
    const asked = requestedOf(experiment, modelOf(experiment), settled);
    return nearestPoints(experiment, asked, info, count);
  }, [info, settled, count, cv, also, alsoAt]);
}

function nearestPoints(
  experiment: Experiment,
  asked: readonly Asked[],
  { data, scale }: LearnInfo,
  count: number,
): Points {
  const model = modelOf(experiment);
  const { dimension, values } = data;
  const states = Float64Array.from(
    values,
    (v, i) => (v - scale.mean[i % dimension]) / scale.deviation[i % dimension],
  );
  const cvs = asked.map(({ cv }) => {
    const found = valuesOf(model, cv.value, data);
    return { values: found, deviation: deviationOf(found) };
  });
  const levels = asked.map((one) => new Level(model, one, scale));
  const near = ontoLevels(nearestStates({ dimension, states, cvs, asked }, count), levels);
  return {
    dimension,
    values: Float32Array.from(near, (v, i) => scale.mean[i % dimension] + scale.deviation[i % dimension] * v),
  };
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
}

function useSupport(experiment: Experiment, info: LearnInfo | null): Support | null {
  const { cv } = experiment;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the model follows from the data
  return useMemo(() => {
    if (!info) return null;
    const { value, range } = cvOfExperiment(experiment);
    return supportOf(valuesOf(modelOf(experiment), value, info.data), range);
  }, [info, cv]);
}

function useCoordinate(points: Points | null, d: number | null): Float64Array | null {
  return useMemo(
    () => (points && d !== null && points.values.length > 0 ? coordinate(points, d) : null),
    [points, d],
  );
}

/** Signed distances of generated states from each value that was asked for. */
export function missesOf(
  experiment: Experiment,
  points: Points,
  at: number,
): { asked: Asked; misses: Float64Array }[] {
  const model = modelOf(experiment);
  return requestedOf(experiment, model, at).map((asked) => ({
    asked,
    misses: valuesOf(model, asked.cv.value, points).map((v) => shortest(v - asked.at, periodOf(asked.cv))),
  }));
}
