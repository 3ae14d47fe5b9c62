/** The shape of words, whatever the language. */
import type { Message } from '../core/message.ts';

/** The words of all messages of a room of the core; a message that holds another one is given how to say it. */
export type Words<Messages> = {
  readonly [Id in keyof Messages]: (values: Messages[Id], say: (message: Message) => string) => string;
};
