/** Preferences of this browser, which are no part of an experiment. Storage may be forbidden: then they last as long as the page. */

export function preference<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
  try {
    const stored = localStorage.getItem(`saddle.${name}`);
    return allowed.find((value) => value === stored) ?? fallback;
  } catch {
    return fallback;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`saddle.${name}`, value);
  } catch {
    // Nothing to do: the choice still holds until the page is closed.
  }
}
