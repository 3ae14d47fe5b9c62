/** Exact answers, remembered by the settings on which they depend. */
import type * as Comlink from 'comlink';
import { useEffect, useState } from 'react';
import type { ConditionalMoments, Rates } from '../../core/exact/answers.ts';
import type { NoiseLevel } from '../../core/generative/noising.ts';
import type { SamplePath } from '../../core/generative/sample-path.ts';
import type { GeneratedMetrics } from '../../core/metrics/generated.ts';
import type {
  ConditionalDistribution,
  FreeEnergy,
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
import { Cancelled, type Remote, referenceWorker } from './remote.ts';
import { Signal, useSignal } from './signal.ts';

const MOST_REMEMBERED = 80;

type Call<R> = (api: Comlink.Remote<ReferenceApi>) => Promise<R>;

export class ReferenceClient {
  /** What went wrong last, until `restart`. */
  readonly problem = new Signal<string | null>(null);
  readonly restarts = new Signal(0);
  #worker: Remote<ReferenceApi> | null = null;
  /** What takes a second or more, rates and samples: solved in a worker of their own, where nobody waits behind them. */
  #solver: Remote<ReferenceApi> | null = null;
  /** Settings of the question that went wrong. */
  #troubled = '';
  readonly #answers = new Map<string, Promise<unknown>>();

  landscape(experiment: Experiment, n: number): Promise<Grid> {
    return this.#ask(['landscape', n], 'energy', experiment, (api) => api.landscape(experiment, n, n));
  }

  /** @param quiet the answer may not exist, and that is no problem to be told */
  freeEnergy(experiment: Experiment, bins: number, quiet: boolean): Promise<FreeEnergy> {
    return this.#ask(['F', bins], 'freeEnergy', experiment, (api) => api.freeEnergy(experiment, bins), {
      quiet,
    });
  }

  rates(experiment: Experiment): Promise<Rates | null> {
    return this.#askSolver(['rates'], 'rates', experiment, (api) => api.rates(experiment));
  }

  /** Of an expression that may be mistyped: that is no problem of the reference. */
  mean(experiment: Experiment, expression: string): Promise<number> {
    const use: Call<number> = (api) => api.mean(experiment, expression);
    return this.#ask(['mean', expression], 'density', experiment, use, { quiet: true });
  }

  wellShares(experiment: Experiment): Promise<Float64Array> {
    return this.#ask(['wells'], 'density', experiment, (api) => api.wellShares(experiment));
  }

  cellProbabilities(experiment: Experiment, bins: number): Promise<Grid> {
    return this.#ask(['cells', bins], 'density', experiment, (api) =>
      api.cellProbabilities(experiment, bins),
    );
  }

  conditional(experiment: Experiment, at: number): Promise<ConditionalDistribution> {
    return this.#ask(['distribution', at], 'freeEnergy', experiment, (api) =>
      api.conditional(experiment, at),
    );
  }

  conditionalMoments(experiment: Experiment, at: readonly number[]): Promise<ConditionalMoments> {
    const use: Call<ConditionalMoments> = (api) => api.conditionalMoments(experiment, Float64Array.from(at));
    return this.#ask(['moments', at], 'freeEnergy', experiment, use, { quiet: true });
  }

  sample(experiment: Experiment, count: number, at: number | null): Promise<Points> {
    return this.#ask(['sample', count, at], 'samples', experiment, (api) =>
      api.sample(experiment, count, at),
    );
  }

  denoisingField(experiment: Experiment, sigma: number, scale: Standardisation, n: number) {
    return this.#ask<VectorField & { readonly density: Grid }>(
      ['field', sigma, n, scale],
      'density',
      experiment,
      (api) => api.denoisingField(experiment, sigma, scale, n),
    );
  }

  noisedDensity(
    experiment: Experiment,
    noise: NoiseLevel,
    scale: Standardisation,
    window: Domain,
    n: number,
  ): Promise<Grid> {
    return this.#ask(['noised', noise, scale, window, n], 'density', experiment, (api) =>
      api.noisedDensity(experiment, noise, scale, window, n),
    );
  }

  /** Of states that their `name` tells. */
  displacements(
    experiment: Experiment,
    { name, points }: { readonly name: string; readonly points: Points },
    sigma: number,
    scale: Standardisation,
  ): Promise<Points> {
    return this.#ask(['displacements', name, sigma, scale], 'samples', experiment, (api) =>
      api.displacements(experiment, points, sigma, scale),
    );
  }

  samplePath(
    experiment: Experiment,
    scale: Standardisation,
    count: number,
    most: number,
  ): Promise<SamplePath> {
    return this.#askSolver(['path', scale, count, most], 'generated', experiment, (api) =>
      api.samplePath(experiment, scale, count, most),
    );
  }

  generate(experiment: Experiment, scale: Standardisation, count: number): Promise<Points> {
    return this.#askSolver(['generate', scale, count], 'generated', experiment, (api) =>
      api.generate(experiment, scale, count),
    );
  }

  /** Of the first so many exact states of the experiment's seed. */
  logDensity(experiment: Experiment, points: Points): Promise<Float64Array> {
    return this.#ask(['log density', points.values.length], 'samples', experiment, (api) =>
      api.logDensity(experiment, points),
    );
  }

  /** @param name tells the generated states apart */
  generatedMetrics(
    experiment: Experiment,
    name: string,
    generated: Points,
    training: Points,
  ): Promise<GeneratedMetrics> {
    return this.#askSolver(['metrics', name], 'samples', experiment, (api) =>
      api.generatedMetrics(experiment, generated, training),
    );
  }

  restart(): void {
    this.#worker?.restart();
    this.#solver?.restart();
    this.#answers.clear();
    this.problem.set(null);
    this.restarts.set(this.restarts.get() + 1);
  }

  #askSolver<R>(question: unknown[], concerns: Dependence, experiment: Experiment, use: Call<R>): Promise<R> {
    this.#solver ??= referenceWorker();
    return this.#ask(question, concerns, experiment, use, { worker: this.#solver });
  }

  #ask<R>(
    question: unknown[],
    concerns: Dependence,
    experiment: Experiment,
    use: Call<R>,
    { worker, quiet = false }: { worker?: Remote<ReferenceApi>; quiet?: boolean } = {},
  ): Promise<R> {
    const key = `${JSON.stringify(question)} ${keyOf(experiment, concerns)}`;
    // A problem of other settings is no longer one.
    if (this.problem.get() && this.#troubled !== keyOf(experiment, 'density')) this.problem.set(null);
    const known = this.#answers.get(key);
    if (known) return known as Promise<R>;
    this.#worker ??= referenceWorker();
    const answer = (worker ?? this.#worker).call(use);
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys())
      if (this.#answers.size > MOST_REMEMBERED) this.#answers.delete(oldest);
    answer.catch((error) => {
      this.#answers.delete(key);
      if (quiet || error instanceof Cancelled) return;
      this.#troubled = keyOf(experiment, 'density');
      this.problem.set(messageOf(error));
    });
    return answer;
  }
}

export const reference = new ReferenceClient();

/** An answer and the key under which it was asked; null after a failure. */
interface Answered<R> {
  readonly key: string;
  readonly answer: R | null;
}

/** The last answer. While a question is open no other is asked; of those that come meanwhile only the latest is kept. */
class Latest<R> {
  #busy = false;
  #waiting: { key: string; question: () => Promise<R> } | null = null;
  readonly #answered: (answer: Answered<R>) => void;

  constructor(answered: (answer: Answered<R>) => void) {
    this.#answered = answered;
  }

  ask(key: string, question: () => Promise<R>): void {
    this.#waiting = { key, question };
    if (!this.#busy) this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting) {
      const { key, question } = this.#waiting;
      this.#waiting = null;
      try {
        this.#answered({ key, answer: await question() });
      } catch {
        // The client has published the problem.
        this.#answered({ key, answer: null });
      }
    }
    this.#busy = false;
  }
}

type Question<R> = ((client: ReferenceClient) => Promise<R>) | null;

/**
 * The answer to a question, asked anew when `key` changes and after `restart`; the answer before stays until the next
 * is there, unless it is of another system. Null questions are not asked. Keys begin with `energyKey`.
 */
export function useReference<R>(question: Question<R>, key: string): R | null {
  const latest = useAnswered(question, key);
  return question && latest && systemIn(latest.key) === systemIn(key) ? latest.answer : null;
}

/** The answer together with whether another is under way. */
export function usePending<R>(question: Question<R>, key: string): { answer: R | null; pending: boolean } {
  const latest = useAnswered(question, key);
  const pending = question !== null && latest?.key !== key;
  return { answer: pending || !question ? null : (latest?.answer ?? null), pending };
}

function useAnswered<R>(question: Question<R>, key: string): Answered<R> | null {
  const [answer, setAnswer] = useState<Answered<R> | null>(null);
  const [latest] = useState(() => new Latest<R>(setAnswer));
  const restarts = useSignal(reference.restarts);
  const asked = question !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is a fresh closure at every render; `key` is what it depends on
  useEffect(() => {
    if (question) latest.ask(key, () => question(reference));
  }, [latest, key, asked, restarts]);
  return answer;
}

function systemIn(key: string): string {
  return key.slice(0, key.indexOf(']'));
}
