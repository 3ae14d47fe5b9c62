/** Exact answers, remembered by the settings on which they depend. */
import type * as Comlink from 'comlink';
import { useEffect, useState } from 'react';
import type { Grid, Points } from '../../core/channels.ts';
import type { Experiment } from '../../core/experiment.ts';
import type { ParamValue } from '../../core/params.ts';
import type {
  ConditionalLaw,
  FreeEnergy,
  ReferenceApi,
  Standardisation,
  VectorField,
} from '../../core/protocol.ts';
import { messageOf } from '../format.ts';
import { Signal, useSignal } from '../signal.ts';
import { type Remote, referenceWorker } from '../workers.ts';

const MOST_REMEMBERED = 80;

/** Settings by what depends on them. */
const ENERGY = /^system(\.|$)/;
const DENSITY = /^(system(\.|$)|kT$)/;
const ALONG_CV = /^(system(\.|$)|kT$|cv$)/;
const DRAWN = /^(system(\.|$)|kT$|cv$|seed$)/;

type Call<R> = (api: Comlink.Remote<ReferenceApi>) => Promise<R>;

export class ReferenceClient {
  /** What went wrong last, until `restart`. */
  readonly problem = new Signal<string | null>(null);
  readonly restarts = new Signal(0);
  #worker: Remote<ReferenceApi> | null = null;
  readonly #answers = new Map<string, Promise<unknown>>();

  landscape(experiment: Experiment, n: number): Promise<Grid> {
    return this.#ask(['landscape', n], ENERGY, experiment, (api) => api.landscape(experiment, n, n));
  }

  freeEnergy(experiment: Experiment, bins: number): Promise<FreeEnergy> {
    return this.#ask(['F', bins], ALONG_CV, experiment, (api) => api.freeEnergy(experiment, bins));
  }

  cellProbabilities(experiment: Experiment, bins: number): Promise<Grid> {
    return this.#ask(['cells', bins], DENSITY, experiment, (api) => api.cellProbabilities(experiment, bins));
  }

  conditional(experiment: Experiment, at: number): Promise<ConditionalLaw> {
    return this.#ask(['law', at], ALONG_CV, experiment, (api) => api.conditional(experiment, at));
  }

  sample(experiment: Experiment, count: number, at: number | null): Promise<Points> {
    return this.#ask(['sample', count, at], DRAWN, experiment, (api) => api.sample(experiment, count, at));
  }

  denoisingField(experiment: Experiment, sigma: number, scale: Standardisation, n: number) {
    return this.#ask<VectorField & { readonly density: Grid }>(
      ['field', sigma, n, scale],
      DENSITY,
      experiment,
      (api) => api.denoisingField(experiment, sigma, scale, n),
    );
  }

  restart(): void {
    this.#worker?.restart();
    this.#answers.clear();
    this.problem.set(null);
    this.restarts.set(this.restarts.get() + 1);
  }

  #ask<R>(question: unknown[], concerns: RegExp, experiment: Experiment, use: Call<R>): Promise<R> {
    const settings = Object.entries(experiment as unknown as Record<string, ParamValue>).filter(([key]) =>
      concerns.test(key),
    );
    const key = JSON.stringify([question, settings]);
    const known = this.#answers.get(key);
    if (known) return known as Promise<R>;
    this.#worker ??= referenceWorker();
    const answer = this.#worker.call(use);
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys())
      if (this.#answers.size > MOST_REMEMBERED) this.#answers.delete(oldest);
    answer.catch((error) => {
      this.#answers.delete(key);
      this.problem.set(messageOf(error));
    });
    return answer;
  }
}

export const reference = new ReferenceClient();

/** The last answer. While a question is open no other is asked; of those that come meanwhile only the latest is kept. */
class Latest<R> {
  #busy = false;
  #waiting: (() => Promise<R>) | null = null;
  readonly #answered: (answer: R) => void;

  constructor(answered: (answer: R) => void) {
    this.#answered = answered;
  }

  ask(question: () => Promise<R>): void {
    this.#waiting = question;
    if (!this.#busy) this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting) {
      const question = this.#waiting;
      this.#waiting = null;
      try {
        this.#answered(await question());
      } catch {
        // The client has published the problem.
      }
    }
    this.#busy = false;
  }
}

/**
 * The answer to a question, asked anew when `key` changes and after `restart`; the answer before stays until the next
 * is there. Null questions are not asked.
 */
export function useReference<R>(
  question: ((client: ReferenceClient) => Promise<R>) | null,
  key: string,
): R | null {
  const [answer, setAnswer] = useState<R | null>(null);
  const [latest] = useState(() => new Latest<R>(setAnswer));
  const restarts = useSignal(reference.restarts);
  const asked = question !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is a fresh closure at every render; `key` is what it depends on
  useEffect(() => {
    if (question) latest.ask(() => question(reference));
  }, [latest, key, asked, restarts]);
  return answer;
}
