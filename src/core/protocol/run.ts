/**
 * What every worker that does a run answers. A worker computes when it is asked and answers with one frame; it does one thing
 * after the other, in the order in which it was asked (`workers/serve.ts`).
 */
export interface RunApi<Order, Frame, Change = never> {
  /** Begins a run, whatever became of the one before; answers with what there is to see at its start. */
  begin(order: Order): Promise<Frame>;
  /**
   * Goes on by `amount` (steps, force evaluations: what the run is paced by) or so, or until `budgetMs` of wall time is used up.
   * An amount of 0 shows the run as it is.
   */
  advance(budgetMs: number, amount: number): Promise<Frame>;
  /** Takes over what may change in the midst of a run; the next frame shows it. */
  patch(change: Change): Promise<void>;
}

/** What the driver of a run reads of a frame. */
export interface RunFrame {
  /** Nothing comes after it. */
  readonly done: boolean;
}
