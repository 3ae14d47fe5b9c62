/** Words of the messages of the core, a file for each of its rooms. Ids are unique over all rooms. */
import { coarse } from './coarse.ts';
import { common } from './common.ts';
import { coupling } from './coupling.ts';
import { datasets } from './datasets.ts';
import { dynamics } from './dynamics.ts';
import { estimators } from './estimators.ts';
import { exact } from './exact.ts';
import { generative } from './generative.ts';
import { lessonMessages } from './lessons.ts';
import { sampling } from './sampling.ts';
import { typedInput } from './typed-input.ts';
import { engines, learn } from './workers.ts';

export const messages = {
  ...common,
  ...typedInput,
  ...dynamics,
  ...estimators,
  ...exact,
  ...generative,
  ...sampling,
  ...coupling,
  ...coarse,
  ...datasets,
  ...learn,
  ...engines,
  ...lessonMessages,
};
