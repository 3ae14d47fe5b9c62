/** `globalThis.saddle`: runs an experiment without touching the page, for headless runs and for scripts. */

import { families } from '../../catalog.ts';
import { BACKENDS, type BackendId } from '../../core/generative/backends.ts';
import { Problem } from '../../core/message.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { messageOf, say } from '../../text/index.ts';
import { examiner } from '../runs/examiner.ts';
import type { Progress } from './result-workers.ts';
import { type Results, runExperiment } from './results.ts';

export interface Automation {
  /** How far the run is that was started last. */
  readonly progress: Progress;
  /** @throws Error that lists everything wrong with the query, or says why the run failed */
  run(query: string, options?: { readonly backend?: string }): Promise<Results>;
}

export function automation(): Automation {
  let progress: Progress = { phase: 'idle', fraction: 0 };
  return {
    get progress() {
      return progress;
    },
    async run(query, { backend = 'auto' } = {}) {
      if (!isBackend(backend))
        throw new Error(`backend=${backend} is not one of auto, ${BACKENDS.join(', ')}`);
      const { experiment, notices } = await examiner.after(() => parseQuery(query, families));
      if (notices.length > 0)
        throw new QueryError(
          notices.map(({ key, value, message }) => `${key}=${value} ${say(message)}`).join('\n'),
        );
      const run = runExperiment(experiment, {
        backend,
        onProgress: (next) => {
          progress = next;
        },
      });
      // Scripts see the message of an error and nothing else.
      return run.catch((error: unknown) => {
        throw error instanceof Problem ? new Error(messageOf(error)) : error;
      });
    },
  };
}

/** Headless runs tell a bad query from a failed run by this name. */
class QueryError extends Error {
  override name = 'QueryError';
}

function isBackend(text: string): text is BackendId | 'auto' {
  return text === 'auto' || BACKENDS.some((id) => id === text);
}
