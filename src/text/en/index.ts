/** English. One file a subject; nothing here computes anything but text. */
import { plots } from './plots.ts';
import { typedInput } from './typed-input.ts';

export const english = {
  /** Words of the messages of the core, by id. */
  messages: { ...typedInput },
  plots,
};
