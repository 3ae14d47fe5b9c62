/** Direct simulation at the cost of another run, in a worker of its own and as fast as it can. */
import { families } from '../../catalog.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasFrame } from '../../core/sampling/frames.ts';
import { withValue } from '../../core/settings/settings.ts';
import { Driver, type DriverOptions } from './driver.ts';
import { type Found, type KeptRuns, keepRun, keptRuns, NOTHING_FOUND, withNews } from './kept-runs.ts';
import { isBusy } from './run.ts';
import { Signal } from './signal.ts';
import { biasWorker } from './workers.ts';

export class BaselineClient {
  /** Share of the budget that is spent; null when nothing runs. */
  readonly share = new Signal<number | null>(null);
  readonly problem = new Signal<string | null>(null);
  readonly #driver: Driver<Experiment, BiasFrame>;
  #found: Found = NOTHING_FOUND;

  constructor(
    kept: KeptRuns,
    options: Pick<DriverOptions<Experiment, BiasFrame, never>, 'worker' | 'clock'>,
  ) {
    this.#driver = new Driver<Experiment, BiasFrame>({
      ...options,
      policy: { budget: 50, problemOf: ({ divergence }) => divergence, patience: 0 },
      show: (frame, _seconds, experiment) => {
        this.#found = withNews(this.#found, frame);
        this.share.set(frame.forceEvaluations / frame.budget);
        if (frame.done && !frame.divergence) keepRun(kept, experiment, frame, this.#found);
      },
    });
    this.#driver.state.subscribe(() => this.#heed());
  }

  run(experiment: Experiment): void {
    this.cancel();
    this.#found = NOTHING_FOUND;
    this.share.set(0);
    this.#driver.begin(withValue(families, experiment, 'method', 'direct'));
    this.#driver.play();
  }

  cancel(): void {
    this.#driver.end();
  }

  #heed(): void {
    const state = this.#driver.state.get();
    this.problem.set(state.phase === 'failed' ? state.message : null);
    if (!isBusy(state)) this.share.set(null);
  }
}

export const baseline = new BaselineClient(keptRuns, { worker: biasWorker() });
