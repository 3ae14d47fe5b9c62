/** The one place of every sentence, label and help text. Typed functions: a second language is one more folder. */
import { english } from './en/index.ts';
import { wordsIn } from './lookup.ts';

export { fromId } from './lookup.ts';

/** What a language consists of: English is written first, every other language is a folder of this type. */
export type Language = typeof english;

/** The language of the page. */
export const text: Language = english;

export const { say, messageOf, settingWords, labelOf, titleOf, teachesOf, datasetWords, optionLabel } =
  wordsIn(text);
