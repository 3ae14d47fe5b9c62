/** What a language consists of. English is written first; every other language is a folder that satisfies its type. */
import type { english } from './en/index.ts';

export type Language = typeof english;

/** The words of all messages of a room of the core. */
export type Words<Messages> = { readonly [Id in keyof Messages]: (values: Messages[Id]) => string };
