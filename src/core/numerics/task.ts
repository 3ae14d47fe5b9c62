/** A computation that yields the fraction done, between 0 and 1, and returns its answer: who drives it may pause or stop. */
export type Task<T> = Generator<number, T, void>;

/** Runs a task to its end. */
export function complete<T>(task: Task<T>): T {
  let state = task.next();
  while (!state.done) state = task.next();
  return state.value;
}
