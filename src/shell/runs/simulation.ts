/** The run of station Explore: at a given speed of model time; some of its settings are live. */
import type { Experiment } from '../../core/params/experiment.ts';
import type { SimulateOrder } from '../../core/protocol/simulate.ts';
import type { SimulationChange, SimulationFrame } from '../../core/sampling/frames.ts';
import { short } from '../../text/format.ts';
import { labelOf, text } from '../../text/index.ts';
import { changedKeys, settingsFor } from '../parts/derived.ts';
import { factorOf, type SpeedId } from './pacing.ts';
import { Signal } from './signal.ts';
import { StationRun, type StationRunOptions } from './station-run.ts';
import { cores, simulateWorker } from './workers.ts';

/** At speed 1 a whole run lasts this many seconds. */
const RUN_SECONDS = 24;

/** Model time per second of wall time, as text. */
export function speedText(id: SpeedId, experiment: Experiment): string {
  const factor = factorOf(id);
  return Number.isFinite(factor)
    ? text.runs.timePerSecond(short((factor * experiment.time) / RUN_SECONDS, 2))
    : text.runs.fastest;
}

export function simulateOrder(experiment: Experiment): SimulateOrder {
  return { experiment, cores: cores() };
}

export interface Disturbance {
  readonly cause: string;
  readonly time: number;
}

export class SimulationClient extends StationRun<SimulateOrder, SimulationFrame, SimulationChange> {
  readonly speed = new Signal<SpeedId>('normal');
  /** Set when a change of settings began the run anew. */
  readonly restarted = new Signal<string | null>(null);
  /** What changed in the midst of the run, when averages began anew last; first passages are mixed since. */
  readonly disturbed = new Signal<Disturbance | null>(null);

  constructor(options: StationRunOptions<SimulateOrder, SimulationFrame, SimulationChange>) {
    super(
      {
        budget: 8, // half a frame of the screen
        rate: ({ experiment }) =>
          (factorOf(this.speed.get()) * experiment.time) / RUN_SECONDS / experiment['integrator.dt'],
        problemOf: ({ divergence }) => divergence,
        merged: (before, change) => ({
          experiment: change.experiment ?? before.experiment,
          places: [...(before.places ?? []), ...(change.places ?? [])],
        }),
        orderOf: simulateOrder,
        result: 'simulation',
        follows: true,
        showsStart: true,
        settling: 0,
        patience: 120,
      },
      options,
    );
  }

  readonly step = (): void => this.driver.step();

  /** Puts a walker where a hand dropped it. */
  place(walker: number, at: readonly number[]): void {
    if (this.driver.change({ places: [{ walker, at }] })) this.#disturb(text.runs.walkerMoved(walker + 1));
  }

  protected override changed(keys: readonly string[], before: Experiment): void {
    const settings = settingsFor(this.experiment!);
    const others = keys.filter((key) => !settings[key]?.live);
    if (others.length === 0 && this.driver.change({ experiment: this.experiment! }))
      this.#disturb(text.runs.changed(labelOf(keys[0], this.experiment!)));
    else super.changed(others, before);
  }

  protected override isOther(experiment: Experiment, before: Experiment): boolean {
    const settings = settingsFor(experiment);
    return changedKeys(experiment, before, 'energy').some((key) => !settings[key]?.live);
  }

  protected override forget(keys: readonly string[] | null): void {
    this.disturbed.set(null);
    this.restarted.set(keys && keys.length > 0 ? labelOf(keys[0], this.experiment!) : null);
  }

  #disturb(cause: string): void {
    this.disturbed.set({ cause, time: this.frame.get()?.time ?? 0 });
  }
}

export const simulation = new SimulationClient({ worker: simulateWorker() });
