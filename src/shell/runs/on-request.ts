/** An answer that a person asks for: it is shown as long as it is one to the settings that are set. */
import { messageOf } from '../../text/index.ts';
import { Signal, useSignal } from './signal.ts';

export type Requested<T> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'waiting' }
  | { readonly phase: 'answered'; readonly answer: T }
  | { readonly phase: 'failed'; readonly problem: string };

const IDLE = { phase: 'idle' } as const;

export class OnRequest<T> {
  readonly #state = new Signal<{ readonly key: string; readonly requested: Requested<T> } | null>(null);

  /** @param key changes when the answer would be another one */
  async ask(key: string, answer: () => Promise<T>): Promise<void> {
    const request = { key, requested: { phase: 'waiting' } as const };
    this.#state.set(request);
    const requested = await answer().then(
      (found): Requested<T> => ({ phase: 'answered', answer: found }),
      (error): Requested<T> => ({ phase: 'failed', problem: messageOf(error) }),
    );
    // Something else may have been asked for meanwhile.
    if (this.#state.get() === request) this.#state.set({ key, requested });
  }

  /** What is known under this key. */
  of(key: string): Requested<T> {
    const state = this.#state.get();
    return state?.key === key ? state.requested : IDLE;
  }

  readonly use = (key: string): Requested<T> => {
    useSignal(this.#state);
    return this.of(key);
  };
}
