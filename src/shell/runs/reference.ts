/** Exact answers, remembered by the settings on which they depend. */
import { useEffect, useState } from 'react';
import type { ConditionalMoments, ExactMotion, Rates } from '../../core/exact/answers.ts';
import type { NoiseLevel } from '../../core/generative/noising.ts';
import type { SamplePath } from '../../core/generative/sample-path.ts';
import type { GeneratedMetrics } from '../../core/metrics/generated.ts';
import type {
  ConditionalDistribution,
  ExactFreeEnergy,
  Grid,
  Points,
  Standardisation,
  VectorField,
} from '../../core/numerics/results.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { ReferenceApi } from '../../core/protocol/reference.ts';
import type { Dependence } from '../../core/settings/shapes.ts';
import type { Domain } from '../../core/systems/contract.ts';
import { messageOf } from '../../text/index.ts';
import { keyOf } from '../parts/derived.ts';
import { Cancelled, type Remote } from './remote.ts';
import { Signal, useSignal } from './signal.ts';
import { referenceWorker } from './workers.ts';

const MOST_REMEMBERED = 80;

type Call<R> = (api: ReferenceApi) => Promise<R>;

/** A question about an experiment, and the text of all that its answer depends on. */
export interface Question<R> {
  readonly key: string;
  readonly system: string;
  ask(): Promise<R>;
}

/** Several questions of one system as one. */
export function allOf<R>(questions: readonly Question<R>[]): Question<R[]> {
  return {
    key: JSON.stringify(questions.map(({ key }) => key)),
    system: questions[0].system,
    ask: () => Promise.all(questions.map((question) => question.ask())),
  };
}

/** A question whose answer is changed. */
export function answered<R, S>({ key, system, ask }: Question<R>, change: (answer: R) => S): Question<S> {
  return { key, system, ask: async () => change(await ask()) };
}

interface Asking {
  readonly depends: Dependence;
  /** What takes a second or more, rates and samples: solved in a worker of their own, where nobody waits behind them. */
  readonly slow?: boolean;
  /** The answer may not exist, and that is no problem to be told. */
  readonly quiet?: boolean;
}

export class ReferenceClient {
  /** What went wrong last, until `restart`. */
  readonly problem = new Signal<string | null>(null);
  readonly restarts = new Signal(0);
  #worker: Remote<ReferenceApi> | null = null;
  #solver: Remote<ReferenceApi> | null = null;
  /** Settings of the question that went wrong. */
  #troubled = '';
  readonly #answers = new Map<string, Promise<unknown>>();

  landscape(experiment: Experiment, n: number): Question<Grid> {
    return this.#question(['landscape', n], { depends: 'energy' }, experiment, (api) =>
      api.landscape(experiment, n, n),
    );
  }

  /** @param quiet the answer may not exist, and that is no problem to be told */
  freeEnergy(experiment: Experiment, bins: number, quiet: boolean): Question<ExactFreeEnergy> {
    return this.#question(['F', bins], { depends: 'freeEnergy', quiet }, experiment, (api) =>
      api.freeEnergy(experiment, bins),
    );
  }

  rates(experiment: Experiment): Question<Rates | null> {
    return this.#question(['rates'], { depends: 'rates', slow: true }, experiment, (api) =>
      api.rates(experiment),
    );
  }

  motion(experiment: Experiment): Question<ExactMotion> {
    const asking = { depends: 'rates', slow: true, quiet: true } as const;
    return this.#question(['motion', experiment.cv], asking, experiment, (api) => api.motion(experiment));
  }

  /** Of an expression that may be mistyped: that is no problem of the reference. */
  mean(experiment: Experiment, expression: string): Question<number> {
    return this.#question(['mean', expression], { depends: 'density', quiet: true }, experiment, (api) =>
      api.mean(experiment, expression),
    );
  }

  wellShares(experiment: Experiment): Question<Float64Array> {
    return this.#question(['wells'], { depends: 'density' }, experiment, (api) => api.wellShares(experiment));
  }

  cellProbabilities(experiment: Experiment, bins: number): Question<Grid> {
    return this.#question(['cells', bins], { depends: 'density' }, experiment, (api) =>
      api.cellProbabilities(experiment, bins),
    );
  }

  conditional(experiment: Experiment, at: number): Question<ConditionalDistribution> {
    return this.#question(['distribution', at], { depends: 'freeEnergy' }, experiment, (api) =>
      api.conditional(experiment, at),
    );
  }

  conditionalMoments(experiment: Experiment, at: readonly number[]): Question<ConditionalMoments> {
    return this.#question(['moments', at], { depends: 'freeEnergy', quiet: true }, experiment, (api) =>
      api.conditionalMoments(experiment, Float64Array.from(at)),
    );
  }

  sample(experiment: Experiment, count: number, at: number | null): Question<Points> {
    const depends = at === null ? 'samples' : 'conditionalSamples';
    return this.#question(['sample', count, at], { depends }, experiment, (api) =>
      api.sample(experiment, count, at),
    );
  }

  denoisingField(
    experiment: Experiment,
    sigma: number,
    scale: Standardisation,
    n: number,
  ): Question<VectorField & { readonly density: Grid }> {
    return this.#question(['field', sigma, n, scale], { depends: 'density' }, experiment, (api) =>
      api.denoisingField(experiment, sigma, scale, n),
    );
  }

  noisedDensity(
    experiment: Experiment,
    noise: NoiseLevel,
    scale: Standardisation,
    window: Domain,
    n: number,
  ): Question<Grid> {
    return this.#question(['noised', noise, scale, window, n], { depends: 'density' }, experiment, (api) =>
      api.noisedDensity(experiment, noise, scale, window, n),
    );
  }

  /** Of states that their `name` tells. */
  displacements(
    experiment: Experiment,
    { name, points }: { readonly name: string; readonly points: Points },
    sigma: number,
    scale: Standardisation,
  ): Question<Points> {
    return this.#question(['displacements', name, sigma, scale], { depends: 'samples' }, experiment, (api) =>
      api.displacements(experiment, points, sigma, scale),
    );
  }

  samplePath(
    experiment: Experiment,
    scale: Standardisation,
    count: number,
    most: number,
  ): Question<SamplePath> {
    const asking = { depends: 'generated', slow: true } as const;
    return this.#question(['path', scale, count, most], asking, experiment, (api) =>
      api.samplePath(experiment, scale, count, most),
    );
  }

  generate(experiment: Experiment, scale: Standardisation, count: number): Question<Points> {
    const asking = { depends: 'generated', slow: true } as const;
    return this.#question(['generate', scale, count], asking, experiment, (api) =>
      api.generate(experiment, scale, count),
    );
  }

  /** Of the first so many exact states of the experiment's seed. */
  logDensity(experiment: Experiment, points: Points): Question<Float64Array> {
    return this.#question(['log density', points.values.length], { depends: 'samples' }, experiment, (api) =>
      api.logDensity(experiment, points),
    );
  }

  /** @param name tells the generated states apart  @param training the states that the model learned from */
  generatedMetrics(
    experiment: Experiment,
    name: string,
    generated: Points,
    training: () => Promise<Points>,
  ): Question<GeneratedMetrics> {
    const asking = { depends: 'samples', slow: true } as const;
    const comparedWith = (states: Points) =>
      this.#question(['metrics', name], asking, experiment, (api) =>
        api.generatedMetrics(experiment, generated, states),
      );
    return { ...comparedWith(generated), ask: async () => comparedWith(await training()).ask() };
  }

  restart(): void {
    this.#worker?.restart();
    this.#solver?.restart();
    this.#answers.clear();
    this.problem.set(null);
    this.restarts.set(this.restarts.get() + 1);
  }

  #question<R>(question: unknown[], asking: Asking, experiment: Experiment, use: Call<R>): Question<R> {
    const key = `${JSON.stringify(question)} ${keyOf(experiment, asking.depends)}`;
    return { key, system: experiment.system, ask: () => this.#ask(key, asking, experiment, use) };
  }

  #workerOf(slow = false): Remote<ReferenceApi> {
    if (slow) {
      this.#solver ??= referenceWorker();
      return this.#solver;
    }
    this.#worker ??= referenceWorker();
    return this.#worker;
  }

  #ask<R>(key: string, { slow, quiet }: Asking, experiment: Experiment, use: Call<R>): Promise<R> {
    const density = keyOf(experiment, 'density');
    // A problem of other settings is no longer one.
    if (this.problem.get() && this.#troubled !== density) this.problem.set(null);
    const known = this.#answers.get(key);
    if (known) return known as Promise<R>;
    const answer = this.#workerOf(slow).call(use);
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys())
      if (this.#answers.size > MOST_REMEMBERED) this.#answers.delete(oldest);
    answer.catch((error) => {
      this.#answers.delete(key);
      if (quiet || error instanceof Cancelled) return;
      this.#troubled = density;
      this.problem.set(messageOf(error));
    });
    return answer;
  }
}

export const reference = new ReferenceClient();

/** An answer to a question; null after a failure. */
interface Answered<R> {
  readonly question: Question<R>;
  readonly answer: R | null;
}

/** The last answer. While a question is open no other is asked; of those that come meanwhile only the latest is kept. */
class Latest<R> {
  #busy = false;
  #waiting: Question<R> | null = null;
  readonly #answered: (answer: Answered<R>) => void;

  constructor(answered: (answer: Answered<R>) => void) {
    this.#answered = answered;
  }

  ask(question: Question<R>): void {
    this.#waiting = question;
    if (!this.#busy) this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting) {
      const question = this.#waiting;
      this.#waiting = null;
      // Of a failure the client has published the problem.
      const answer = await question.ask().catch(() => null);
      this.#answered({ question, answer });
    }
    this.#busy = false;
  }
}

/**
 * The answer to a question, asked anew when its key changes and after `restart`; the answer before stays until the next is
 * there, unless it is of another system. Null questions are not asked.
 */
export function useReference<R>(question: Question<R> | null): R | null {
  const latest = useAnswered(question);
  return question && latest?.question.system === question.system ? latest.answer : null;
}

/** The answer together with whether another is under way. */
export function usePending<R>(question: Question<R> | null): { answer: R | null; pending: boolean } {
  const latest = useAnswered(question);
  const pending = question !== null && latest?.question.key !== question.key;
  return { answer: pending || !question ? null : (latest?.answer ?? null), pending };
}

function useAnswered<R>(question: Question<R> | null): Answered<R> | null {
  const [answer, setAnswer] = useState<Answered<R> | null>(null);
  const [latest] = useState(() => new Latest<R>(setAnswer));
  const restarts = useSignal(reference.restarts);
  const key = question?.key ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a question of the same key is the same question
  useEffect(() => {
    if (question) latest.ask(question);
  }, [latest, key, restarts]);
  return answer;
}
