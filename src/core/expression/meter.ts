/** The budget of work on a text that somebody else wrote: counted in operations, so that it ends alike on every machine. */

export class BudgetSpent extends Error {
  override name = 'BudgetSpent';
}

export class Meter {
  #spent = 0;

  /** @param most operations */
  constructor(readonly most: number) {}

  get spent(): number {
    return this.#spent;
  }

  /** @throws BudgetSpent when these are more operations than are left */
  spend(operations: number): void {
    this.#spent += operations;
    if (this.#spent > this.most) throw new BudgetSpent();
  }
}
