/** The one place of every sentence, label and help text. Typed functions: a second language is one more folder. */
import { type Message, Problem } from '../core/message.ts';
import { english } from './en/index.ts';

/** What a language consists of: English is written first, every other language is a folder of this type. */
export type Language = typeof english;

/** The language of the page. */
export const text: Language = english;

type Saying = (values: object, say: (message: Message) => string) => string;

/** A message of the core in words; its id where no words are known, so that nothing is lost. */
export function say({ id, values }: Message): string {
  // Which values a message has is known where it is made.
  const words = (text.messages as object as Readonly<Record<string, Saying | undefined>>)[id];
  return words ? words(values, say) : id;
}

/** What an error says to a person. */
export function messageOf(error: unknown): string {
  if (error instanceof Problem) return say(error.told);
  return error instanceof Error ? error.message : String(error);
}
