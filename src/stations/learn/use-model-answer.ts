/** Answers of the model at hand, renewed as it learns. */
import { useEffect, useState } from 'react';
import type { Experiment } from '../../core/params/experiment.ts';
import type { LearnApi } from '../../core/protocol/learn.ts';
import { learners } from '../../shell/runs/learning.ts';
import { useSampled, useSignal } from '../../shell/runs/signal.ts';

const client = learners.learn;

type Question<R> = (api: LearnApi) => Promise<R>;

interface Answered<R> {
  readonly key: string;
  readonly answer: R;
}

/**
 * The answer of the model to a question; null while there is no trained model of this system, or none for this key yet. One
 * question is under way at a time; while training goes on it is asked again every `milliseconds`.
 * @param key what the question depends on, beside the model
 */
export function useModelAnswer<R>(
  experiment: Experiment,
  question: Question<R> | null,
  key: string,
  milliseconds: number,
): R | null {
  useSignal(client.trainedOn);
  const { step } = useSampled(client.progress, milliseconds);
  const { phase } = useSignal(client.state);
  const able = question !== null && step > 0 && client.fits(experiment) && phase !== 'preparing';
  const [answered, setAnswered] = useState<Answered<R> | null>(null);
  const [latest] = useState(() => new LatestQuestion<R>(setAnswered));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is a fresh closure at every render; the key and the step are what it depends on
  useEffect(() => {
    if (able && question) latest.ask(key, question);
  }, [latest, key, able, step, phase]);
  return able && answered?.key === key ? answered.answer : null;
}

/** Of questions that come while one is under way only the last is asked. */
class LatestQuestion<R> {
  #busy = false;
  #waiting: { readonly key: string; readonly question: Question<R> } | null = null;
  readonly #answered: (answer: Answered<R>) => void;

  constructor(answered: (answer: Answered<R>) => void) {
    this.#answered = answered;
  }

  ask(key: string, question: Question<R>): void {
    this.#waiting = { key, question };
    if (!this.#busy) this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    while (this.#waiting) {
      const { key, question } = this.#waiting;
      this.#waiting = null;
      // A model that goes takes its questions with it; the next model is asked anew.
      const answer = await client.ask(question).catch(() => null);
      if (answer !== null) this.#answered({ key, answer });
    }
    this.#busy = false;
  }
}
