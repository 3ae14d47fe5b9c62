/** The run of station Bias: paced so that the budget lasts about ten seconds. */
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasFrame } from '../../core/sampling/frames.ts';
import { counted } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { changedKeys } from '../parts/derived.ts';
import { type Found, type KeptRuns, keepRun, keptRuns, NOTHING_FOUND, withNews } from './kept-runs.ts';
import { factorOf, type SpeedId } from './pacing.ts';
import { Signal } from './signal.ts';
import { StationRun, type StationRunOptions } from './station-run.ts';
import { biasWorker } from './workers.ts';

const RUN_SECONDS = 10;
/** Weight of the last frame in the measured pace. */
const SMOOTHING = 0.05;

/** Force evaluations per second of wall time, as text. */
export function biasSpeedText(id: SpeedId, { budget }: Experiment): string {
  const factor = factorOf(id);
  return Number.isFinite(factor)
    ? text.runs.forcesPerSecond(counted((factor * budget) / RUN_SECONDS))
    : text.runs.fastest;
}

export class BiasClient extends StationRun<Experiment, BiasFrame> {
  readonly found = new Signal<Found>(NOTHING_FOUND);
  readonly speed = new Signal<SpeedId>('normal');
  /** Force evaluations per second of wall time, lately; null before it is known. */
  readonly pace = new Signal<number | null>(null);
  readonly #kept: KeptRuns;

  constructor(kept: KeptRuns, options: StationRunOptions<Experiment, BiasFrame, never>) {
    super(
      {
        budget: 10,
        rate: ({ budget }) => (factorOf(this.speed.get()) * budget) / RUN_SECONDS,
        stepSeconds: 1 / 30,
        problemOf: ({ divergence }) => divergence,
        orderOf: (experiment) => experiment,
        result: 'bias',
        follows: true,
        showsStart: true,
        settling: 180,
        patience: 120,
      },
      options,
    );
    this.#kept = kept;
  }

  readonly step = (): void => this.driver.step();

  protected override isOther(experiment: Experiment, before: Experiment): boolean {
    return (
      experiment.method !== before.method ||
      changedKeys(experiment, before, ['energy', 'variable']).length > 0
    );
  }

  protected override forget(): void {
    this.found.set(NOTHING_FOUND);
    this.pace.set(null);
  }

  protected override show(frame: BiasFrame, seconds: number): void {
    this.#measure(frame, seconds);
    super.show(frame, seconds);
    this.found.set(withNews(this.found.get(), frame));
    if (frame.done && !frame.divergence) keepRun(this.#kept, this.experiment!, frame, this.found.get());
  }

  #measure({ forceEvaluations }: BiasFrame, seconds: number): void {
    const before = this.frame.get()?.forceEvaluations ?? 0;
    if (seconds <= 0 || forceEvaluations < before) return;
    const now = (forceEvaluations - before) / seconds;
    const pace = this.pace.get();
    this.pace.set(pace === null ? now : pace + SMOOTHING * (now - pace));
  }
}

export const biasing = new BiasClient(keptRuns, { worker: biasWorker() });
