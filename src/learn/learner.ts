/** The learning worker's side of the protocol. */
import * as tf from '@tensorflow/tfjs';
import { linspace, type Points } from '../core/channels.ts';
import type { TrainingData } from '../core/dataset.ts';
import { pathOf } from '../core/diffusion.ts';
import { type Experiment, group } from '../core/experiment.ts';
import type { Families } from '../core/families.ts';
import { flowOf } from '../core/likelihood.ts';
import { systemOf } from '../core/model.ts';
import type {
  BackendId,
  GeneratedFrame,
  LearnApi,
  LearnInfo,
  Standardisation,
  TrainingFrame,
  VectorField,
} from '../core/protocol.ts';
import { readBack } from './backends.ts';
import { chooseBackend, trainingTimer } from './choice.ts';
import { networkDenoiser } from './denoiser.ts';
import { inputCount, type TrainingSet } from './examples.ts';
import { Generation } from './generation.ts';
import { type Likelihood, logLikelihood } from './likelihood.ts';
import type { Weighting } from './loss-weight.ts';
import { flatSampler, plainSampler } from './minibatch.ts';
import { standardisationOf, standardise, unstandardise } from './standardise.ts';
import { Training, type TrainingSettings } from './training.ts';

/** States shown in the picture of the data. */
const SHOWN = 5000;

type DataSource = (
  experiment: Experiment,
  families: Families,
  own: Float32Array | null,
) => Promise<TrainingData>;

/** One model in training: data, network and how both are scaled. */
interface Session {
  readonly training: Training;
  readonly settings: TrainingSettings;
  readonly scale: Standardisation;
  readonly cvScale: Standardisation;
  readonly conditional: boolean;
}

/** Trains and generates for one page. Calls that arrive while one is under way wait for it. */
export class Learner implements LearnApi {
  private session: Session | null = null;
  private generation: Generation | null = null;
  /** States that the person brought, for experiments whose data they are. */
  private own: Float32Array | null = null;
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
      this.own = own;
      const data = await this.makeData(experiment, this.families, this.own);
      const settings = trainingSettings(experiment);
      const conditional = experiment.station === 'condition';
      const { dimension } = data.points;
      const { width, depth, batch } = settings;
      const architecture = {
        inputs: inputCount(dimension, conditional),
        outputs: dimension,
        width,
        depth,
      };
      const choice = await chooseBackend(backend, trainingTimer(architecture, batch));
      this.session = newSession(data, settings, conditional, {
        flat: experiment['data.flat'] === true,
        path: pathOf(experiment, this.families),
        weighting: experiment['train.weighting'] as Weighting,
      });
      return {
        ...choice,
        scale: this.session.scale,
        data: thinned(data.points, SHOWN),
        dataCount: data.cv.length,
        forceEvaluations: data.forceEvaluations,
        cvRange: data.cvRange,
      };
    });
  }

  train(budgetMs: number): Promise<TrainingFrame> {
    return this.inTurn(async () => {
      const { training, settings } = this.current();
      const { losses, divergence } = await training.advance(budgetMs);
      return {
        step: training.step,
        steps: settings.steps,
        done: training.done,
        losses,
        networkEvaluations: training.step * settings.batch,
        divergence,
      };
    });
  }

  beginGeneration(experiment: Experiment, count: number, at: number | null): Promise<void> {
    return this.inTurn(async () => {
      const { training, settings } = this.current();
      this.endGeneration();
      const generation = {
        seed: settings.seed,
        count,
        generator: this.families.generators[experiment.generator],
        params: group(experiment, 'generator'),
        path: pathOf(experiment, this.families),
        cv: this.condition(at),
      };
      this.generation = new Generation(training.parameters, training.architecture, generation, readBack);
    });
  }

  generate(budgetMs: number): Promise<GeneratedFrame> {
    return this.inTurn(async () => {
      const { scale } = this.current();
      if (!this.generation) throw new Error('No generation has begun.');
      const values = await this.generation.advance(budgetMs);
      const { generated, done, networkEvaluations } = this.generation;
      const samples = unstandardise({ dimension: scale.mean.length, values }, scale);
      return { samples, generated, done, networkEvaluations };
    });
  }

  denoisingField(experiment: Experiment, sigma: number, n: number): Promise<VectorField> {
    return this.inTurn(async () => {
      const { training, scale, conditional } = this.current();
      const points = gridPoints(systemOf(experiment, this.families).domain, n);
      const { dimension, values } = standardise(points, scale);
      const cv = this.condition(conditional ? experiment.at[0] : null);
      const displacement = tf.tidy(() => {
        const x = tf.tensor2d(values, [n * n, dimension]);
        return tf.sub(networkDenoiser(training.parameters, training.architecture, cv)(x, sigma), x);
      });
      const read = await readBack(displacement).finally(() => tf.dispose(displacement));
      const vectors = { dimension, values: read.map((v, i) => v * scale.deviation[i % dimension]) };
      return { points, vectors };
    });
  }

  logLikelihood(experiment: Experiment, points: Points, at: number | null): Promise<Likelihood> {
    return this.inTurn(async () => {
      const { training, scale } = this.current();
      const denoiser = networkDenoiser(training.parameters, training.architecture, this.condition(at));
      const flow = flowOf(group(experiment, 'generator'), pathOf(experiment, this.families));
      return logLikelihood(points, denoiser, { scale, flow, read: readBack });
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => {});
    return result;
  }

  private current(): Session {
    if (!this.session) throw new Error('No model has been started.');
    return this.session;
  }

  /** Standardised value of the slow variable; there must be one exactly if the model is conditional. */
  private condition(at: number | null): number | null {
    const { conditional, cvScale } = this.current();
    if (conditional !== (at !== null))
      throw new Error(
        conditional
          ? 'This model is conditional: say at which value of the slow variable.'
          : 'This model is not conditional: it was trained without the slow variable.',
      );
    return at === null ? null : (at - cvScale.mean[0]) / cvScale.deviation[0];
  }

  private endGeneration(): void {
    this.generation?.dispose();
    this.generation = null;
  }

  private clear(): void {
    this.endGeneration();
    this.session?.training.dispose();
    this.session = null;
  }
}

function newSession(
  { points, cv }: TrainingData,
  settings: TrainingSettings,
  conditional: boolean,
  { flat, path, weighting }: { flat: boolean } & Pick<TrainingSet, 'path' | 'weighting'>,
): Session {
  const sampler = conditional && flat ? flatSampler(cv) : plainSampler(cv.length);
  const scale = standardisationOf(points, sampler.probabilities);
  const cvPoints = { dimension: 1, values: cv };
  const cvScale = standardisationOf(cvPoints, sampler.probabilities);
  const set = {
    dimension: points.dimension,
    states: standardise(points, scale).values,
    cv: conditional ? standardise(cvPoints, cvScale).values : null,
    sampler,
    path,
    weighting,
  };
  return { training: new Training(set, settings, readBack), settings, scale, cvScale, conditional };
}

function trainingSettings(experiment: Experiment): TrainingSettings {
  const network = group(experiment, 'network') as { width: number; depth: number };
  const train = group(experiment, 'train') as { steps: number; batch: number; learningRate: number };
  return { seed: experiment.seed, ...network, ...train };
}

/** At most `count` states, evenly spaced in the order of the data. */
function thinned({ dimension, values }: Points, count: number): Points {
  const rows = values.length / dimension;
  const kept = Math.min(rows, count);
  const thin = new Float32Array(kept * dimension);
  for (let i = 0; i < kept; i++) {
    const row = Math.floor((i * rows) / kept);
    thin.set(values.subarray(row * dimension, (row + 1) * dimension), i * dimension);
  }
  return { dimension, values: thin };
}

/** Nodes of an n x n grid over the domain, row (second coordinate) after row. */
function gridPoints([rangeX, rangeY]: readonly (readonly [number, number])[], n: number): Points {
  const xs = linspace(rangeX[0], rangeX[1], n);
  const ys = linspace(rangeY[0], rangeY[1], n);
  const values = new Float32Array(2 * n * n);
  for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) values.set([xs[i], ys[j]], 2 * (j * n + i));
  return { dimension: 2, values };
}
