/** Workers of one headless run. */
import type { BackendId } from '../../core/generative/backends.ts';
import type { Message } from '../../core/message.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { LearnApi } from '../../core/protocol/learn.ts';
import type { ReferenceApi } from '../../core/protocol/reference.ts';
import type { RunApi, RunFrame } from '../../core/protocol/run.ts';
import type { Caller, Remote } from '../runs/remote.ts';
import { runToEnd } from '../runs/run-to-end.ts';
import { learnWorker, referenceWorker } from '../runs/workers.ts';

export interface Progress {
  readonly phase: string;
  /** 0 to 1 within the phase. */
  readonly fraction: number;
}

export interface RunOptions {
  readonly backend: BackendId | 'auto';
  readonly onProgress: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Wall time of a worker between two reports of progress, ms. */
export const BUDGET = 100;

/** Workers of one run, so that it neither disturbs the page nor is disturbed. */
export class Workers {
  readonly #all: Pick<Remote<unknown>, 'restart'>[] = [];
  readonly #reference = this.add(referenceWorker);
  readonly #learner = this.add(learnWorker);

  constructor(
    readonly experiment: Experiment,
    private readonly options: RunOptions,
  ) {
    options.signal?.addEventListener('abort', () => this.end());
  }

  get backend(): BackendId | 'auto' {
    return this.options.backend;
  }

  report(phase: string, fraction: number): void {
    this.options.signal?.throwIfAborted();
    this.options.onProgress({ phase, fraction });
  }

  ask<R>(use: (api: ReferenceApi) => Promise<R>): Promise<R> {
    return this.#reference.call(use);
  }

  learn<R>(use: (api: LearnApi) => Promise<R>): Promise<R> {
    return this.#learner.call(use);
  }

  /** One more worker, which is started when it is asked for something. */
  add<Api>(make: () => Remote<Api>): Remote<Api> {
    const worker = make();
    this.#all.push(worker);
    return worker;
  }

  /** @returns the last frame. @throws Error when the run or its worker fails, or the run is cancelled */
  run<Order, Frame extends RunFrame>(
    worker: Caller<RunApi<Order, Frame, never>>,
    order: Order,
    problemOf: (frame: Frame) => Message | null,
    show: (frame: Frame) => void,
  ): Promise<Frame> {
    this.options.signal?.throwIfAborted();
    return runToEnd({ worker, order, problemOf, show });
  }

  end(): void {
    for (const worker of this.#all) worker.restart();
  }
}
