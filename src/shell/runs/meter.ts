import type { Signal } from './signal.ts';

/** Adds to a total what a worker reports as sums since it began. */
export class Meter {
  readonly #total: Signal<number>;
  #counted = 0;

  constructor(total: Signal<number>) {
    this.#total = total;
  }

  /** @param soFar what the first report will hold and is not to be added */
  begin(soFar = 0): void {
    this.#counted = soFar;
  }

  report(sum: number): void {
    this.#total.set(this.#total.get() + sum - this.#counted);
    this.#counted = sum;
  }
}
