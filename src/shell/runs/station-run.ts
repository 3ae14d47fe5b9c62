/** The run of a station: it follows the experiment of the page. What is peculiar to a station is added by its subclass. */
import type { Experiment } from '../../core/params/experiment.ts';
import type { RunFrame } from '../../core/protocol/run.ts';
import type { Result } from '../../core/settings/shapes.ts';
import { changedKeys } from '../parts/derived.ts';
import { Driver, type DriverOptions, type Policy } from './driver.ts';
import { isBusy, isOtherSeed, type Run, type RunState } from './run.ts';
import { Signal } from './signal.ts';

export interface StationPolicy<Order, Frame, Change = never> extends Policy<Order, Frame, Change> {
  readonly orderOf: (experiment: Experiment) => Order;
  /** What it results in, which tells the settings on which it depends. */
  readonly result: Result;
  /** Settings come in bursts while a hand moves a slider: a run begins when they have rested so long, ms. */
  readonly settling: number;
  /** Whether it runs only while its station is open, and begins anew with other settings; if not, they end it. */
  readonly follows: boolean;
}

export type StationRunOptions<Order, Frame, Change> = Pick<
  DriverOptions<Order, Frame, Change>,
  'worker' | 'clock'
>;

export class StationRun<Order, Frame extends RunFrame, Change = never> implements Run {
  readonly frame = new Signal<Frame | null>(null);
  readonly state: Signal<RunState>;
  protected readonly driver: Driver<Order, Frame, Change>;
  protected readonly policy: StationPolicy<Order, Frame, Change>;
  protected experiment: Experiment | null = null;

  constructor(policy: StationPolicy<Order, Frame, Change>, options: StationRunOptions<Order, Frame, Change>) {
    this.policy = policy;
    this.driver = new Driver<Order, Frame, Change>({
      ...options,
      policy,
      active: !policy.follows,
      show: (frame, seconds) => this.show(frame, seconds),
    });
    this.state = this.driver.state;
  }

  /** Takes over an experiment. */
  configure(experiment: Experiment): void {
    const before = this.experiment;
    this.experiment = experiment;
    if (!before) {
      this.driver.begin(this.order);
      return;
    }
    const keys = changedKeys(experiment, before, this.policy.result);
    if (keys.length > 0) this.changed(keys, before);
  }

  /** A run that nobody looks at rests; it goes on when its station is opened again. */
  setActive(active: boolean): void {
    this.driver.setActive(active);
  }

  play(): void {
    if (this.driver.isOver) this.restart();
    else this.driver.play();
  }

  pause(): void {
    this.driver.pause();
  }

  restart(): void {
    if (!this.experiment) return;
    if (this.policy.follows) {
      this.forget(null);
      this.driver.begin(this.order);
    } else this.cancel();
    this.driver.play();
  }

  /** Settings have changed on which the run depends. */
  protected changed(keys: readonly string[], before: Experiment): void {
    if (this.policy.follows) {
      if (this.isOther(this.experiment!, before)) this.frame.set(null);
      this.forget(keys);
      this.driver.begin(this.order, this.policy.settling);
      return;
    }
    const again = isOtherSeed(this.experiment!, before) && isBusy(this.state.get());
    this.cancel();
    if (again) this.play();
  }

  /** Ends the run at once and forgets it. */
  cancel(): void {
    this.driver.end();
    this.forget(null);
    this.frame.set(null);
    this.driver.begin(this.order);
  }

  /** Whether frames of the run before would be mistaken for frames of this one. */
  protected isOther(_experiment: Experiment, _before: Experiment): boolean {
    return false;
  }

  /** A new run begins. @param _keys the settings that are the reason */
  protected forget(_keys: readonly string[] | null): void {}

  protected show(frame: Frame, _seconds: number): void {
    this.frame.set(frame);
  }

  protected get order(): Order {
    return this.policy.orderOf(this.experiment!);
  }
}
