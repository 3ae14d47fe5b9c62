/** A few samples at many values of the slow variable, made while the model has nothing else to do. */

import { periodOf } from '../../core/dynamics/bias-term.ts';
import { valuesOf } from '../../core/generative/conditioning/level.ts';
import { conditionError, coordinate } from '../../core/metrics/comparison.ts';
import type { Points } from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { cvOfExperiment, modelOf } from '../../shell/parts/system.ts';
import type { LearnClient } from '../../shell/runs/learning.ts';
import type { BackgroundTask } from '../../shell/runs/model-view.ts';
import { PointBuffer } from '../../shell/runs/point-buffer.ts';
import { WorkerGone } from '../../shell/runs/remote.ts';
import { Signal } from '../../shell/runs/signal.ts';
import { momentsOf, type SampleMoments, sweepValues } from './moments.ts';

/** States at each value, or as many as the experiment generates if these are fewer. */
const STATES = 1000;
/** Wall time of the worker between two looks for something more urgent, ms. */
const BUDGET = 40;

/** What was made at one value; no moments where the model refuses it. */
export interface SweepPoint {
  readonly at: number;
  /** Of each coordinate. */
  readonly moments: readonly SampleMoments[];
  /** Root mean square miss of the slow variable. */
  readonly miss: number;
}

export interface SweepState {
  /** Settings and model of which it is. */
  readonly key: string;
  readonly points: readonly SweepPoint[];
  readonly total: number;
  readonly phase: 'idle' | 'running' | 'cancelled' | 'done';
}

const NOTHING: SweepState = { key: '', points: [], total: 0, phase: 'idle' };

export class Sweep {
  readonly state = new Signal<SweepState>(NOTHING);
  readonly #client: LearnClient;
  #experiment: Experiment | null = null;
  #left: number[] = [];

  constructor(client: LearnClient) {
    this.#client = client;
    client.errands = () => this.#next();
  }

  /** Begins, unless a sweep of this key has begun before. */
  begin(key: string, experiment: Experiment): void {
    if (this.state.get().key !== key) this.restart(key, experiment);
  }

  restart(key: string, experiment: Experiment): void {
    this.#experiment = { ...experiment, station: 'condition' };
    this.#left = sweepValues(cvOfExperiment(experiment).range);
    this.state.set({ key, points: [], total: this.#left.length, phase: 'running' });
    this.#client.nudge();
  }

  /** What has been made stays. */
  cancel(): void {
    this.#left = [];
    if (this.state.get().phase === 'running') this.state.set({ ...this.state.get(), phase: 'cancelled' });
  }

  /** What has been made is of other settings. */
  forget(): void {
    this.#left = [];
    this.state.set(NOTHING);
  }

  #next(): BackgroundTask | null {
    const experiment = this.#experiment;
    const [at] = this.#left;
    if (!experiment || at === undefined) return null;
    const { key } = this.state.get();
    return async (call, hurry, count) => {
      const states = Math.min(STATES, experiment.samples);
      const points = await generated(experiment, at, states, { call, hurry, count });
      const { state } = this;
      if (!points || state.get().key !== key || this.#left[0] !== at) return;
      this.#left.shift();
      state.set({
        ...state.get(),
        points: [...state.get().points, ...pointOf(experiment, at, points)],
        phase: this.#left.length === 0 ? 'done' : 'running',
      });
    };
  }
}

interface Worker {
  readonly call: Parameters<BackgroundTask>[0];
  readonly hurry: Parameters<BackgroundTask>[1];
  readonly count: Parameters<BackgroundTask>[2];
}

/** States at one value, none if the model refuses it; null if something else is more urgent. */
async function generated(
  experiment: Experiment,
  at: number,
  states: number,
  { call, hurry, count }: Worker,
): Promise<Points | null> {
  try {
    await call((api) => api.beginGeneration(experiment, states, at));
  } catch (error) {
    if (error instanceof WorkerGone) throw error;
    return { dimension: 2, values: new Float32Array() };
  }
  const buffer = new PointBuffer(2);
  for (;;) {
    if (hurry()) return null;
    const { samples, done, networkEvaluations } = await call((api) => api.generate(BUDGET));
    buffer.append(samples.values);
    if (!done) continue;
    count(networkEvaluations);
    return { dimension: samples.dimension, values: buffer.values() };
  }
}

function pointOf(experiment: Experiment, at: number, points: Points): SweepPoint[] {
  if (points.values.length < 2 * points.dimension) return [];
  const cv = cvOfExperiment(experiment);
  const values = valuesOf(modelOf(experiment), cv.value, points);
  return [
    {
      at,
      moments: [0, 1].map((d) => momentsOf(coordinate(points, d))),
      miss: conditionError(values, at, periodOf(cv)),
    },
  ];
}
