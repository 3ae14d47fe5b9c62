/** The worker's side of a run: one at a time, advanced until its share of wall time is used up. */
import type { RunApi } from '../src/core/protocol/run.ts';

export interface ServedRun<Frame, Change> {
  advance(amount: number, outOfTime: () => boolean): void | Promise<void>;
  /** What is new; its arrays are handed away. */
  frame(): Frame | Promise<Frame>;
  patch?(change: Change): void | Promise<void>;
  /** Gives back what outlives it: engines, workers, devices, networks. */
  dispose?(): void;
}

export function runService<Order, Frame, Change = never>(
  create: (order: Order) => ServedRun<Frame, Change> | Promise<ServedRun<Frame, Change>>,
): RunApi<Order, Frame, Change> {
  let run: ServedRun<Frame, Change> | undefined;
  const current = () => {
    if (!run) throw new Error('No run has been started');
    return run;
  };
  return {
    async begin(order) {
      run?.dispose?.();
      run = undefined;
      run = await create(order);
      return run.frame();
    },
    async advance(budgetMs, amount) {
      const deadline = performance.now() + budgetMs;
      if (amount > 0) await current().advance(amount, () => performance.now() > deadline);
      return current().frame();
    },
    async patch(change) {
      await current().patch?.(change);
    },
  };
}
