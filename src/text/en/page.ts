/** The sentences of the page itself. Apart from those of members, which a bundler collects, so that browser tests can read them. */
import { bias } from './bias.ts';
import { close } from './close.ts';
import { condition } from './condition.ts';
import { controls } from './controls.ts';
import { couple } from './couple.ts';
import { data } from './data.ts';
import { explore } from './explore.ts';
import { frame } from './frame.ts';
import { learn } from './learn.ts';
import { lessons } from './lessons.ts';
import { parts } from './parts.ts';
import { plots } from './plots.ts';
import { runs } from './runs.ts';

export const page = {
  bias,
  close,
  condition,
  controls,
  couple,
  data,
  explore,
  frame,
  learn,
  lessons,
  parts,
  plots,
  runs,
};
