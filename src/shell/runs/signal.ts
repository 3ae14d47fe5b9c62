/** An observable value for what changes too fast for the store: frames, progress, losses. */
import { useEffect, useState, useSyncExternalStore } from 'react';

export class Signal<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  readonly get = (): T => this.#value;

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function useSignal<T>(signal: Signal<T>): T {
  return useSyncExternalStore(signal.subscribe, signal.get);
}

/** The value, looked at every `milliseconds` at most: for figures and numbers beside a running simulation. */
export function useSampled<T>(signal: Signal<T>, milliseconds: number): T {
  const [value, setValue] = useState(signal.get);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      timer = undefined;
      setValue(signal.get());
    };
    take();
    const unsubscribe = signal.subscribe(() => {
      timer ??= setTimeout(take, milliseconds);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [signal, milliseconds]);
  return value;
}
