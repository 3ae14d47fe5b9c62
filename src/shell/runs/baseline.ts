import { families } from '../../catalog.ts';
import { Problem } from '../../core/message.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasApi } from '../../core/protocol/bias.ts';
import { withValue } from '../../core/settings/settings.ts';
import { messageOf } from '../../text/index.ts';
import { type Found, type KeptRuns, keepRun, keptRuns } from './kept-runs.ts';
import { biasWorker, type Remote } from './remote.ts';
import { Signal } from './signal.ts';

/** Wall time of the worker between two reports of progress, ms. */
const BUDGET = 50;

/** Direct simulation at the cost of another run, in a worker of its own and as fast as it can. */
export class BaselineClient {
  /** Share of the budget that is spent; null when nothing runs. */
  readonly share = new Signal<number | null>(null);
  readonly problem = new Signal<string | null>(null);
  readonly #kept: KeptRuns;
  #worker: Remote<BiasApi> | null = null;
  #session = 0;

  constructor(kept: KeptRuns) {
    this.#kept = kept;
  }

  async run(experiment: Experiment): Promise<void> {
    this.cancel();
    const session = this.#session;
    this.share.set(0);
    try {
      await this.#simulate(withValue(families, experiment, 'method', 'direct'), session);
    } catch (error) {
      if (session === this.#session) this.problem.set(messageOf(error));
    }
    if (session === this.#session) this.share.set(null);
  }

  cancel(): void {
    this.#session++;
    this.problem.set(null);
    if (this.share.get() !== null) this.#worker?.restart();
    this.share.set(null);
  }

  async #simulate(experiment: Experiment, session: number): Promise<void> {
    this.#worker ??= biasWorker();
    const worker = this.#worker;
    await worker.call((api) => api.start(experiment));
    let found: Found = { finding: null, history: [] };
    for (;;) {
      const frame = await worker.call((api) => api.advance(BUDGET, experiment.budget));
      if (session !== this.#session) return;
      if (frame.divergence) throw new Problem(frame.divergence);
      found = {
        finding: frame.finding ?? found.finding,
        history: [...found.history, ...frame.history],
      };
      this.share.set(frame.forceEvaluations / frame.budget);
      if (!frame.done) continue;
      keepRun(this.#kept, experiment, frame, found);
      return;
    }
  }
}

export const baseline = new BaselineClient(keptRuns);
