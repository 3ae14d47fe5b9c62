/** The time of the page; tests bring another. */
export interface Clock {
  /** ms */
  now(): number;
  /** Acts later, unless it is called off before. */
  after(ms: number, action: () => void): () => void;
  /** Resolves when the screen is drawn next. */
  frame(): Promise<unknown>;
}

export const pageClock: Clock = {
  now: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
  frame: () => new Promise(requestAnimationFrame),
};
