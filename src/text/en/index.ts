/** English. One file a subject; nothing here computes anything but text. */
import { bias } from './bias.ts';
import { controls } from './controls.ts';
import { explore } from './explore.ts';
import { frame } from './frame.ts';
import { parts } from './parts.ts';
import { plots } from './plots.ts';
import { typedInput } from './typed-input.ts';

export const english = {
  /** Words of the messages of the core, by id. */
  messages: { ...typedInput },
  bias,
  controls,
  explore,
  frame,
  parts,
  plots,
};
