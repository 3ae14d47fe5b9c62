/** The only place that knows which workers there are. */
import type { BiasApi } from '../../core/protocol/bias.ts';
import type { CloseApi } from '../../core/protocol/close.ts';
import type { CoordinateApi } from '../../core/protocol/coordinate.ts';
import type { CoupleApi } from '../../core/protocol/couple.ts';
import type { DataApi } from '../../core/protocol/data.ts';
import type { ExamineApi } from '../../core/protocol/examine.ts';
import type { LearnApi } from '../../core/protocol/learn.ts';
import type { ReferenceApi } from '../../core/protocol/reference.ts';
import type { SimulateApi } from '../../core/protocol/simulate.ts';
import { text } from '../../text/index.ts';
import { Remote, SECOND } from './remote.ts';

/** Patience with workers that may do a whole simulation, a training or a diffusion map in one call. */
const LONG = 600 * SECOND;

/** Threads of the machine; two where it does not say. */
export function cores(): number {
  return (globalThis.navigator as Partial<Navigator> | undefined)?.hardwareConcurrency ?? 2;
}

/** One core is for the page, and for exact references. */
export function coresToSpare(): number {
  return Math.max(1, cores() - 1);
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

export function learnWorker(): Remote<LearnApi> {
  return new Remote<LearnApi>(
    text.runs.workers.training,
    () => new Worker(new URL('../../../workers/learn.worker.ts', import.meta.url), { type: 'module' }),
    LONG,
  );
}

export function biasWorker(): Remote<BiasApi> {
  return new Remote<BiasApi>(
    text.runs.workers.biased,
    () => new Worker(new URL('../../../workers/bias.worker.ts', import.meta.url), { type: 'module' }),
    60 * SECOND,
  );
}

export function coupleWorker(): Remote<CoupleApi> {
  return new Remote<CoupleApi>(
    text.runs.workers.coupled,
    () => new Worker(new URL('../../../workers/couple.worker.ts', import.meta.url), { type: 'module' }),
    LONG,
  );
}

export function closeWorker(): Remote<CloseApi> {
  return new Remote<CloseApi>(
    text.runs.workers.coarse,
    () => new Worker(new URL('../../../workers/close.worker.ts', import.meta.url), { type: 'module' }),
    LONG,
  );
}

export function coordinateWorker(): Remote<CoordinateApi> {
  return new Remote<CoordinateApi>(
    text.runs.workers.coordinate,
    () => new Worker(new URL('../../../workers/coordinate.worker.ts', import.meta.url), { type: 'module' }),
    LONG,
  );
}

export function dataWorker(): Remote<DataApi<Blob>> {
  return new Remote<DataApi<Blob>>(
    text.runs.workers.data,
    () => new Worker(new URL('../../../workers/data.worker.ts', import.meta.url), { type: 'module' }),
    LONG,
  );
}

export function examineWorker(): Remote<ExamineApi> {
  return new Remote<ExamineApi>(
    text.runs.workers.examination,
    () => new Worker(new URL('../../../workers/examine.worker.ts', import.meta.url), { type: 'module' }),
    60 * SECOND,
  );
}
