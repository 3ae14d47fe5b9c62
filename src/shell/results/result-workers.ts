/** Workers of one headless run. */
import type * as Comlink from 'comlink';
import type { BackendId } from '../../core/generative/backends.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasApi } from '../../core/protocol/bias.ts';
import type { CloseApi } from '../../core/protocol/close.ts';
import type { CoupleApi } from '../../core/protocol/couple.ts';
import type { LearnApi } from '../../core/protocol/learn.ts';
import type { ReferenceApi } from '../../core/protocol/reference.ts';
import type { SimulateApi } from '../../core/protocol/simulate.ts';
import {
  biasWorker,
  closeWorker,
  coupleWorker,
  learnWorker,
  type Remote,
  referenceWorker,
  simulateWorker,
} from '../runs/remote.ts';

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
  private readonly simulator: Remote<SimulateApi> = simulateWorker();
  private readonly biaser: Remote<BiasApi> = biasWorker();
  private readonly reference: Remote<ReferenceApi> = referenceWorker();
  private readonly learner: Remote<LearnApi> = learnWorker();
  private readonly couplers: Remote<CoupleApi>[] = [];
  private readonly closers: Remote<CloseApi>[] = [];

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

  simulate<R>(use: (api: Comlink.Remote<SimulateApi>) => Promise<R>): Promise<R> {
    return this.simulator.call(use);
  }

  ask<R>(use: (api: Comlink.Remote<ReferenceApi>) => Promise<R>): Promise<R> {
    return this.reference.call(use);
  }

  bias<R>(use: (api: Comlink.Remote<BiasApi>) => Promise<R>): Promise<R> {
    return this.biaser.call(use);
  }

  learn<R>(use: (api: Comlink.Remote<LearnApi>) => Promise<R>): Promise<R> {
    return this.learner.call(use);
  }

  /** One more worker for arms of station Couple; a cancelled run starts none. */
  coupler(): Remote<CoupleApi> {
    this.options.signal?.throwIfAborted();
    const worker = coupleWorker();
    this.couplers.push(worker);
    return worker;
  }

  /** A worker for station Close; a cancelled run starts none. */
  closer(): Remote<CloseApi> {
    this.options.signal?.throwIfAborted();
    const worker = closeWorker();
    this.closers.push(worker);
    return worker;
  }

  end(): void {
    const common = [this.simulator, this.biaser, this.reference, this.learner];
    for (const remote of [...common, ...this.couplers, ...this.closers]) remote.restart();
  }
}
