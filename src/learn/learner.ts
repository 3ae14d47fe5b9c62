/** The learning worker's side of the protocol. */

import * as tf from '@tensorflow/tfjs';
import type { TrainingData } from '../core/datasets/training-data.ts';
import type { BackendId } from '../core/generative/backends.ts';
import { pathOf } from '../core/generative/diffusion.ts';
import { flowOf } from '../core/generative/likelihood.ts';
import { levelSettingsOf } from '../core/generative/noise-levels.ts';
import type { SamplePath } from '../core/generative/sample-path.ts';
import type { Points, VectorField } from '../core/numerics/results.ts';
import type { Experiment } from '../core/params/experiment.ts';
import type {
  Checkpoint,
  GeneratedFrame,
  LearnApi,
  LearnInfo,
  Minibatch,
  ModelFile,
  ModelState,
  Resumption,
  TrainingFrame,
} from '../core/protocol/learn.ts';
import type { Families } from '../core/settings/families.ts';
import { systemOf } from '../core/systems/model.ts';
import { activate, readBack, reasonOfLoss } from './backends.ts';
import { chooseBackend, trainingTimer } from './choice.ts';
import { networkDenoiser } from './denoiser.ts';
import type { SampleRun } from './generation.ts';
import { type Likelihood, logLikelihood } from './likelihood.ts';
import { minibatchOf } from './minibatch-view.ts';
import { modelFile, readModelFile } from './model-file.ts';
import { copyOf } from './optimiser.ts';
import { beginSampling, type Order, standardised } from './sampling.ts';
import { architectureFor, newSession, type Session, trainingSettings } from './session.ts';
import { unstandardise } from './standardise.ts';
import { displacementsAt, gridPoints, networkPath, thinned } from './views.ts';

/** States shown in the picture of the data. */
const SHOWN = 5000;
/** Where a model goes whose device is lost. */
const REFUGES: readonly BackendId[] = ['wasm', 'cpu'];

type DataSource = (
  experiment: Experiment,
  families: Families,
  own: Float32Array | null,
) => Promise<TrainingData>;

/** Trains and generates for one page. Calls that arrive while one is under way wait for it. */
export class Learner implements LearnApi {
  private session: Session | null = null;
  private generation: { readonly order: Order; run: SampleRun } | null = null;
  private resumed: Resumption | null = null;
  /** The last checkpoint that was handed out. */
  private handedOut: Checkpoint | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly families: Families,
    private readonly makeData: DataSource,
  ) {}

  start(
    experiment: Experiment,
    backend: BackendId | 'auto',
    own: Float32Array | null = null,
  ): Promise<LearnInfo> {
    return this.inTurn(async () => {
      this.clear();
      return this.begin(experiment, backend, own);
    });
  }

  train(budgetMs: number, most?: number): Promise<TrainingFrame> {
    return this.inTurn(() =>
      this.surviving(async () => {
        const { training, settings, scale } = this.current();
        const minibatch: Minibatch | null =
          most === 1 && !training.done ? await minibatchOf(training, scale, readBack) : null;
        const { losses, validation, divergence } = await training.advance(budgetMs, most);
        const { resumed } = this;
        this.resumed = null;
        return {
          step: training.step,
          steps: settings.steps,
          done: training.done,
          losses,
          validation,
          minibatch,
          resumed,
          checkpoint: this.newCheckpoint(),
          networkEvaluations: training.step * settings.batch,
          divergence,
        };
      }),
    );
  }

  beginGeneration(experiment: Experiment, count: number, at: number | null): Promise<void> {
    return this.inTurn(async () => {
      this.endGeneration();
      const order = { experiment, count, at };
      this.generation = { order, run: this.runOf(order) };
    });
  }

  generate(budgetMs: number): Promise<GeneratedFrame> {
    return this.inTurn(() =>
      this.surviving(async () => {
        const { scale } = this.current();
        if (!this.generation) throw new Error('no generation begun');
        const { run } = this.generation;
        const values = await run.advance(budgetMs);
        const { generated, done, networkEvaluations } = run;
        const samples = unstandardise({ dimension: scale.mean.length, values }, scale);
        return { samples, generated, done, networkEvaluations };
      }),
    );
  }

  trainingStates(): Promise<Points> {
    return this.inTurn(async () => {
      const { dimension, values } = this.current().data.points;
      return { dimension, values: values.slice() }; // it is handed away
    });
  }

  denoisingField(experiment: Experiment, sigma: number, n: number): Promise<VectorField> {
    return this.inTurn(() =>
      this.surviving(async () => {
        const points = gridPoints(systemOf(experiment, this.families).domain, n);
        const at = this.current().conditional ? experiment.at[0] : null;
        const condition = standardised(this.current(), this.families, experiment, at);
        const vectors = await displacementsAt(
          this.current(),
          points,
          { sigma, asked: { condition } },
          readBack,
        );
        return { points, vectors };
      }),
    );
  }

  displacements(points: Points, sigma: number): Promise<Points> {
    return this.inTurn(() =>
      this.surviving(() => displacementsAt(this.current(), points, { sigma }, readBack)),
    );
  }

  samplePath(experiment: Experiment, count: number, most: number): Promise<SamplePath> {
    return this.inTurn(() =>
      this.surviving(() => networkPath(this.current(), this.families, { experiment, count, most }, readBack)),
    );
  }

  logLikelihood(experiment: Experiment, points: Points, at: number | null): Promise<Likelihood> {
    return this.inTurn(() =>
      this.surviving(async () => {
        const { training, scale } = this.current();
        const asked = { condition: standardised(this.current(), this.families, experiment, at) };
        const denoiser = networkDenoiser(training.parameters, training.architecture, asked);
        const flow = flowOf(levelSettingsOf(experiment), pathOf(experiment, this.families));
        return logLikelihood(points, denoiser, { scale, flow, read: readBack });
      }),
    );
  }

  exportModel(): Promise<ModelFile> {
    return this.inTurn(() =>
      this.surviving(async () => {
        const session = this.current();
        return modelFile(session, this.families, await session.training.save());
      }),
    );
  }

  importModel(
    file: unknown,
    backend: BackendId | 'auto',
    own: Float32Array | null = null,
  ): Promise<LearnInfo> {
    return this.inTurn(async () => this.takeUp(readModelFile(file, this.families), backend, own));
  }

  resume(model: ModelState, backend: BackendId | 'auto', own: Float32Array | null): Promise<LearnInfo> {
    return this.inTurn(async () => this.takeUp(model, backend, own));
  }

  private async takeUp(
    model: ModelState,
    backend: BackendId | 'auto',
    own: Float32Array | null,
  ): Promise<LearnInfo> {
    const before = { session: this.session, generation: this.generation };
    const info = await this.begin(model.experiment, backend, own, model);
    before.generation?.run.dispose();
    before.session?.training.dispose();
    this.generation = null;
    this.current().training.restore(model.checkpoint);
    return { ...info, model: this.model() };
  }

  private async begin(
    experiment: Experiment,
    backend: BackendId | 'auto',
    own: Float32Array | null,
    scales?: Pick<Session, 'scale' | 'cvScale'>,
  ): Promise<LearnInfo> {
    const data = await this.makeData(experiment, this.families, own);
    const { batch, objective } = trainingSettings(experiment);
    const architecture = architectureFor(experiment, this.families, data.points.dimension);
    const choice = await chooseBackend(backend, trainingTimer(architecture, batch, objective));
    this.session = newSession(experiment, this.families, data, { read: readBack, scales });
    return {
      ...choice,
      scale: this.session.scale,
      data: thinned(data.points, SHOWN),
      dataCount: data.cv.length,
      forceEvaluations: data.forceEvaluations,
      cvRange: data.cvRange,
      model: this.model(),
    };
  }

  private model(): ModelState {
    const { experiment, scale, cvScale, training } = this.current();
    this.handedOut = training.checkpoint;
    return { experiment, scale, cvScale, checkpoint: copyOf(training.checkpoint) };
  }

  /** The last checkpoint, unless it has been handed out before. */
  private newCheckpoint(): Checkpoint | null {
    return this.current().training.checkpoint === this.handedOut ? null : this.model().checkpoint;
  }

  /** Does the work; if the device is lost on the way, does it again on another backend from the last checkpoint. */
  private async surviving<T>(work: () => Promise<T>): Promise<T> {
    const from = tf.getBackend() as BackendId;
    try {
      return await work();
    } catch (error) {
      const reason = this.session && (await reasonOfLoss(error));
      if (!reason) throw error;
      const to = await refuge();
      this.goOn({ from, to, reason });
      return work();
    }
  }

  private goOn({ from, to, reason }: Omit<Resumption, 'step'>): void {
    const { training } = this.current();
    const { checkpoint } = training;
    training.restore(checkpoint);
    this.resumed = { from, to, step: checkpoint.step, reason };
    if (!this.generation) return;
    const { order, run } = this.generation;
    run.dispose();
    this.generation.run = this.runOf({ ...order, first: run.generated });
  }

  private runOf(order: Order): SampleRun {
    return beginSampling(this.current(), this.families, order, readBack);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }

  private current(): Session {
    if (!this.session) throw new Error('no model started');
    return this.session;
  }

  private endGeneration(): void {
    this.generation?.run.dispose();
    this.generation = null;
  }

  private clear(): void {
    this.endGeneration();
    this.session?.training.dispose();
    this.session = null;
    this.resumed = null;
  }
}

/** Activates a backend that needs no graphics device. */
async function refuge(): Promise<BackendId> {
  for (const id of REFUGES.slice(0, -1)) {
    const works = await activate(id).then(
      () => true,
      () => false,
    );
    if (works) return id;
  }
  const last = REFUGES[REFUGES.length - 1];
  await activate(last);
  return last;
}
