/** The shape of words, whatever the language. */
import type { Message } from '../core/message.ts';

/** The words of all messages of a room of the core; a message that holds another one is given how to say it. */
export type Words<Messages> = {
  readonly [Id in keyof Messages]: (values: Messages[Id], say: (message: Message) => string) => string;
};

/** Words of one setting. */
export interface SettingWords {
  readonly label: string;
  /** What it does, and which equation it enters. */
  readonly help: string;
  /** Labels of its options, by id. */
  readonly options?: Readonly<Record<string, string>>;
  /** What a list without numbers means. */
  readonly empty?: string;
}

/** Words of a member of a family; a member without a file of them is shown by its ids. */
export interface MemberWords {
  readonly title: string;
  /** One line: what it teaches. */
  readonly teaches?: string;
  readonly parameters?: Readonly<Record<string, SettingWords>>;
  /** Words of parameters whose names only an experiment knows. */
  readonly otherParameter?: (name: string) => SettingWords;
}

/** Words of a source of training data. */
export interface DatasetWords {
  /** In the menu. */
  readonly title: string;
  /** Its states: `from 20,000 ...`. */
  readonly states: string;
  /** What to do to train on them. */
  readonly invitation: string;
  /** Title of the settings of the run that makes them. */
  readonly run?: string;
}

/** Words of the members of a family, by id. */
export type FamilyWords = Readonly<Record<string, MemberWords>>;
