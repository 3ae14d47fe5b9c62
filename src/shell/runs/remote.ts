/**
 * The only place that knows workers exist. A `Remote` starts its worker when first called, and every call settles:
 * with the answer, or with an error when the worker crashes, is restarted, or stays silent for too long.
 */
import * as Comlink from 'comlink';
import '../../../workers/thrown.ts';
import type { LearnedCvService } from '../../../workers/learned-cv-service.ts';
import { learnedCoordinates } from '../../catalog.ts';
import type { BiasApi } from '../../core/protocol/bias.ts';
import type { CloseApi } from '../../core/protocol/close.ts';
import type { CoupleApi } from '../../core/protocol/couple.ts';
import type { DataApi } from '../../core/protocol/data.ts';
import type { LearnApi } from '../../core/protocol/learn.ts';
import type { ReferenceApi } from '../../core/protocol/reference.ts';
import type { SimulateApi } from '../../core/protocol/simulate.ts';
import { text } from '../../text/index.ts';

/** The worker is gone, and the answer with it. */
export class WorkerGone extends Error {
  override name = 'WorkerGone';
}

/** The worker was stopped on purpose while a call was under way. */
export class Cancelled extends WorkerGone {
  override name = 'Cancelled';

  constructor() {
    super(text.runs.stopped);
  }
}

const SECOND = 1000;

/** What every worker answers beside its own methods (`workers/serve.ts`): the name of the lock that it holds for life. */
interface Living {
  life(): Promise<string | null>;
}

/** Resolves when the worker is gone, however that came: nothing else tells of one that ends without an error. */
async function whenGone(worker: Comlink.Remote<Living>): Promise<void> {
  const lock = await worker.life();
  await (lock === null ? new Promise<never>(() => {}) : navigator.locks.request(lock, () => {}));
}

interface Live<Api> {
  readonly worker: Worker;
  /** Kept as long as the worker: Comlink drops the answer of a proxy that is garbage-collected. */
  readonly proxy: Comlink.Remote<Api>;
  readonly pending: Set<(reason: Error) => void>;
  /** Learned coordinates that the worker was told. */
  readonly told: Set<string>;
}

export class Remote<Api> {
  /** Hears of a worker that is lost, also while no call is under way. */
  onLoss: ((reason: WorkerGone) => void) | null = null;
  private live: Live<Api> | undefined;

  /**
   * @param name what messages call the worker  @param make starts it
   * @param patience milliseconds without an answer after which a call fails
   */
  constructor(
    private readonly name: string,
    private readonly make: () => Worker,
    private readonly patience: number,
  ) {}

  /** Calls a method of the worker, starting the worker if there is none. */
  call<R>(use: (api: Comlink.Remote<Api>) => Promise<R>): Promise<R> {
    this.live ??= this.start();
    tell(this.live);
    const { proxy, pending } = this.live;
    return new Promise<R>((resolve, reject) => {
      const fail = (reason: Error) => {
        clearTimeout(timer);
        pending.delete(fail);
        reject(reason);
      };
      const timer = setTimeout(
        () => this.lose(text.runs.noAnswer(this.name, this.patience / SECOND)),
        this.patience,
      );
      pending.add(fail);
      use(proxy).then((answer) => {
        clearTimeout(timer);
        pending.delete(fail);
        resolve(answer);
      }, fail);
    });
  }

  /** Ends the worker at once; calls under way reject with `Cancelled`, the next call starts a new worker. */
  restart(): void {
    this.stop(new Cancelled());
  }

  private start(): Live<Api> {
    const worker = this.make();
    // Events of a worker that was replaced in the meantime must not end its successor.
    const lose = (what: string) => {
      if (this.live?.worker === worker) this.lose(what);
    };
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      lose(text.runs.crashed(this.name, event.message));
    });
    worker.addEventListener('messageerror', () => lose(text.runs.unreadable(this.name)));
    const proxy = Comlink.wrap<Api & Living>(worker);
    whenGone(proxy).then(() => lose(text.runs.ended(this.name)));
    return { worker, proxy, pending: new Set(), told: new Set() };
  }

  private lose(what: string): void {
    const reason = new WorkerGone(what);
    this.stop(reason);
    this.onLoss?.(reason);
  }

  private stop(reason: Error): void {
    const stopped = this.live;
    this.live = undefined;
    stopped?.worker.terminate();
    for (const fail of [...(stopped?.pending ?? [])]) fail(reason);
  }
}

/** Before a worker is asked for anything that follows from a learned coordinate, it knows it. Messages keep their order. */
function tell<Api>({ proxy, told }: Live<Api>): void {
  for (const [key, coordinate] of learnedCoordinates.entries) {
    if (told.has(key)) continue;
    told.add(key);
    // A worker that dies meanwhile is replaced, and its successor told again.
    (proxy as unknown as Comlink.Remote<LearnedCvService>).know(key, coordinate).catch(() => undefined);
  }
}

export function simulateWorker(): Remote<SimulateApi> {
  return new Remote<SimulateApi>(
    text.runs.workers.simulation,
    () => new Worker(new URL('../../../workers/simulate.worker.ts', import.meta.url), { type: 'module' }),
    30 * SECOND,
  );
}

export function referenceWorker(): Remote<ReferenceApi> {
  return new Remote<ReferenceApi>(
    text.runs.workers.reference,
    () => new Worker(new URL('../../../workers/reference.worker.ts', import.meta.url), { type: 'module' }),
    60 * SECOND,
  );
}

/** Patience is long: the data of a large simulation are made in one call. */
export function learnWorker(): Remote<LearnApi> {
  return new Remote<LearnApi>(
    text.runs.workers.training,
    () => new Worker(new URL('../../../workers/learn.worker.ts', import.meta.url), { type: 'module' }),
    600 * SECOND,
  );
}

export function biasWorker(): Remote<BiasApi> {
  return new Remote<BiasApi>(
    text.runs.workers.biased,
    () => new Worker(new URL('../../../workers/bias.worker.ts', import.meta.url), { type: 'module' }),
    60 * SECOND,
  );
}

/** Patience is long: a network may train in one call. */
export function coupleWorker(): Remote<CoupleApi> {
  return new Remote<CoupleApi>(
    text.runs.workers.coupled,
    () => new Worker(new URL('../../../workers/couple.worker.ts', import.meta.url), { type: 'module' }),
    600 * SECOND,
  );
}

/** Patience is long: a diffusion map is made in one call. */
export function closeWorker(): Remote<CloseApi> {
  return new Remote<CloseApi>(
    text.runs.workers.coarse,
    () => new Worker(new URL('../../../workers/close.worker.ts', import.meta.url), { type: 'module' }),
    600 * SECOND,
  );
}

/** Patience is long: a preview may need a whole simulation. */
export function dataWorker(): Remote<DataApi<Blob>> {
  return new Remote<DataApi<Blob>>(
    text.runs.workers.data,
    () => new Worker(new URL('../../../workers/data.worker.ts', import.meta.url), { type: 'module' }),
    600 * SECOND,
  );
}
