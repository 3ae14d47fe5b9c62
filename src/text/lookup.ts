/** How words are looked up: of messages, of settings by query key, of members by id. */
import { type Message, Problem } from '../core/message.ts';
import type { DatasetWords, FamilyWords, MemberWords, SettingWords } from './language.ts';

/** Settings that choose a member of a family. Keys that begin with them are parameters of that member. */
const FAMILIES = ['system', 'integrator', 'method', 'schedule', 'generator'] as const;

export type FamilyKey = (typeof FAMILIES)[number];

/** Which members an experiment has chosen. */
export type Chosen = Readonly<Record<FamilyKey, string>>;

type Saying = (values: object, say: (message: Message) => string) => string;

/** An option of a choice, with its own name where a system gives it one. */
export interface Option {
  readonly id: string;
  readonly label?: string;
}

/** What of a language is looked up. */
interface Words {
  readonly messages: object;
  readonly settings: Readonly<Record<string, SettingWords>>;
  readonly families: Readonly<Record<FamilyKey, FamilyWords>>;
  readonly datasets: Readonly<Record<string, DatasetWords>>;
}

export function wordsIn(language: Words) {
  /** A message of the core in words; its id where no words are known, so that nothing is lost. */
  function say({ id, values }: Message): string {
    // Which values a message has is known where it is made.
    const words = (language.messages as Readonly<Record<string, Saying | undefined>>)[id];
    return words ? words(values, say) : id;
  }

  /** What an error says to a person. */
  function messageOf(error: unknown): string {
    if (error instanceof Problem) return say(error.told);
    return error instanceof Error ? error.message : String(error);
  }

  function memberWords(family: FamilyKey, id: string): MemberWords {
    const members: FamilyWords = language.families[family];
    return Object.hasOwn(members, id) ? members[id] : { title: fromId(id) };
  }

  /** Words of a setting of an experiment, by query key. */
  function settingWords(key: string, chosen: Chosen): SettingWords {
    const family = FAMILIES.find((name) => key.startsWith(`${name}.`));
    if (!family) return own(language.settings, key) ?? { label: fromId(key), help: '' };
    const name = key.slice(family.length + 1);
    const { parameters, otherParameter } = memberWords(family, chosen[family]);
    return own(parameters, name) ?? otherParameter?.(name) ?? { label: fromId(name), help: '' };
  }

  return {
    say,
    messageOf,
    settingWords,
    labelOf: (key: string, chosen: Chosen): string => settingWords(key, chosen).label,
    titleOf: (family: FamilyKey, id: string): string => memberWords(family, id).title,
    /** What a member teaches, in one line; empty where it has no words. */
    teachesOf: (family: FamilyKey, id: string): string => memberWords(family, id).teaches ?? '',
    /** Words of a source of training data. */
    datasetWords(id: string): DatasetWords {
      const title = fromId(id);
      return own(language.datasets, id) ?? { title, states: title.toLowerCase(), invitation: '' };
    },
    optionLabel(key: string, { id, label }: Option, chosen: Chosen): string {
      const family = FAMILIES.find((name) => name === key);
      if (family) return memberWords(family, id).title;
      return own(settingWords(key, chosen).options, id) ?? label ?? fromId(id);
    },
  };
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Double well, of double-well; Hill height, of hillHeight. */
export function fromId(id: string): string {
  const words = id.replace(/[-.]/g, ' ').replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
