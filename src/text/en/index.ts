/** English. One file a subject and one a member of a family; nothing here computes anything but text. */
import { datasets, families } from './members.ts';
import { messages } from './messages/index.ts';
import { page } from './page.ts';
import { closeSettings } from './settings/close.ts';
import { coupleSettings } from './settings/couple.ts';
import { experimentSettings } from './settings/experiment.ts';
import { generationSettings } from './settings/generation.ts';
import { learningSettings } from './settings/learning.ts';

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
  families,
  /** Words of the sources of training data, by id. */
  datasets,
};
