/**
 * What the core has to tell a person: which message and with what values. `core` holds no sentences; `src/text` has the words
 * of every message, in each language. A room states its messages as an interface, from id to values:
 *
 *     interface PlaceMessages { 'unknown-place': { readonly text: string; readonly coordinates: number } }
 */
export type MessageOf<Messages> = {
  [Id in keyof Messages]: { readonly id: Id; readonly values: Messages[Id] };
}[keyof Messages];

/** A message whose kind is known only to whoever puts it into words. Plain data: it crosses between workers. */
export interface Message {
  readonly id: string;
  readonly values: object;
}

/** An error that is told to a person. Workers hand it on with its message (`workers/serve.ts`). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(readonly told: Message) {
    super(`${told.id} ${JSON.stringify(told.values)}`);
  }
}

/** What may have to be told in any room. */
export interface CommonMessages {
  /** An error for programmers, which nobody expected. */
  readonly 'unexpected-error': { readonly reason: string };
}

/** What an error tells: the message of a `Problem`, any other by its own text. */
export function toldBy(error: unknown): Message {
  if (error instanceof Problem) return error.told;
  const reason = error instanceof Error ? error.message : String(error);
  return messages<CommonMessages>()('unexpected-error', { reason });
}

/** The typed way to make a message of a room: `const problem = messages<PlaceMessages>()`, then `problem('unknown-place', { ... })`. */
export function messages<Messages>(): <Id extends keyof Messages & string>(
  id: Id,
  values: Messages[Id],
) => { readonly id: Id; readonly values: Messages[Id] } {
  return (id, values) => ({ id, values });
}
