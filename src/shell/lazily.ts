/** Parts of the page that come when they are needed. */

/** Longest rest between two attempts, ms. */
const LONGEST_REST = 30_000;
const FIRST_REST = 1000;

/** Loads when it is first called. A failure is not kept: the next call loads again. */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

const rested = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/**
 * Tries until it succeeds, with longer and longer rests: a network that was away comes back.
 * @returns null once it is not wanted any more
 */
export async function persistently<T>(
  load: () => Promise<T>,
  wanted: () => boolean,
  rest: (milliseconds: number) => Promise<void> = rested,
): Promise<T | null> {
  for (let pause = FIRST_REST; ; pause = Math.min(2 * pause, LONGEST_REST)) {
    try {
      return await load();
    } catch (error) {
      console.warn('A part of the page could not be loaded; it is tried again.', error);
    }
    await rest(pause);
    if (!wanted()) return null;
  }
}
