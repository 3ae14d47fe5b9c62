/** The one place of every sentence, label and help text. Typed functions: a second language is one more folder. */
import type { Message } from '../core/message.ts';
import { english } from './en/index.ts';
import type { Language } from './language.ts';

/** The language of the page. */
export const text: Language = english;

type AnyWords = Readonly<Record<string, (values: never) => string>>;

/** A message of the core in words; its id where no words are known, so that nothing is lost. */
export function say({ id, values }: Message): string {
  const words = (text.messages as AnyWords)[id] as ((values: object) => string) | undefined;
  return words ? words(values) : id;
}
