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

/** A number of each of several signals, added up. */
export function sumOf<T>(signals: readonly Signal<T>[], number: (value: T) => number): Signal<number> {
  const total = () => signals.reduce((sum, signal) => sum + number(signal.get()), 0);
  const sum = new Signal(total());
  for (const signal of signals) signal.subscribe(() => sum.set(total()));
  return sum;
}

/** The value of the first of several signals that has one. */
export function firstOf<T>(signals: readonly Signal<T | null>[]): Signal<T | null> {
  const first = () => signals.find((signal) => signal.get() !== null)?.get() ?? null;
  const result = new Signal(first());
  for (const signal of signals) signal.subscribe(() => result.set(first()));
  return result;
}
