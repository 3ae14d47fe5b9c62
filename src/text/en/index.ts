/** English. One file a subject and one a member of a family; nothing here computes anything but text. */
import type { FamilyWords, MemberWords } from '../language.ts';
import { messages } from './messages/index.ts';
import { page } from './page.ts';
import { closeSettings } from './settings/close.ts';
import { coupleSettings } from './settings/couple.ts';
import { experimentSettings } from './settings/experiment.ts';
import { generationSettings } from './settings/generation.ts';
import { learningSettings } from './settings/learning.ts';

type Modules = Readonly<Record<string, { readonly default: MemberWords }>>;

/** The name of a file is the id of the member that it describes. */
function members(modules: Modules): FamilyWords {
  return Object.fromEntries(
    Object.entries(modules).map(([path, module]) => [path.replace(/^.*\/|\.ts$/g, ''), module.default]),
  );
}

export const english = {
  /** Words of the messages of the core, by id. */
  messages,
  ...page,
  /** Words of the settings that every experiment has, by query key. */
  settings: {
    ...experimentSettings,
    ...learningSettings,
    ...generationSettings,
    ...coupleSettings,
    ...closeSettings,
  },
  /** Words of members and of their parameters, by family and id. */
  families: {
    system: members(import.meta.glob('./systems/*.ts', { eager: true })),
    integrator: members(import.meta.glob('./integrators/*.ts', { eager: true })),
    method: members(import.meta.glob('./methods/*.ts', { eager: true })),
    schedule: members(import.meta.glob('./schedules/*.ts', { eager: true })),
    generator: members(import.meta.glob('./generators/*.ts', { eager: true })),
  },
};
