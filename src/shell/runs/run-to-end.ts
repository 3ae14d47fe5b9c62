/** A run without an audience: as fast as it can, to its end. */
import type { RunApi, RunFrame } from '../../core/protocol/run.ts';
import { Driver, type Policy } from './driver.ts';
import type { Caller } from './remote.ts';

/** Wall time of a worker between two reports of progress, ms. */
const BUDGET = 100;

interface Unwatched<Order, Frame> {
  readonly worker: Caller<RunApi<Order, Frame, never>>;
  readonly order: Order;
  readonly problemOf: Policy<Order, Frame>['problemOf'];
  /** Sees every frame; what it throws ends the run. */
  readonly show: (frame: Frame) => void;
}

/** @returns the last frame. @throws Error when the run fails, the worker fails or is stopped */
export function runToEnd<Order, Frame extends RunFrame>({
  worker,
  order,
  problemOf,
  show,
}: Unwatched<Order, Frame>): Promise<Frame> {
  return new Promise((resolve, reject) => {
    let last: Frame | null = null;
    const driver = new Driver<Order, Frame>({
      worker,
      policy: { budget: BUDGET, problemOf, patience: 0 },
      show: (frame) => {
        last = frame;
        show(frame);
      },
    });
    driver.state.subscribe(() => {
      const { phase, message } = driver.state.get();
      if (phase === 'failed') reject(new Error(message ?? undefined));
      else if (phase === 'finished' && last) resolve(last);
    });
    driver.begin(order);
    driver.play();
  });
}
