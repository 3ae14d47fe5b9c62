import type { NearDataMessages } from '../../../core/generative/conditioning/near-data.ts';
import { short } from '../../format.ts';
import type { Words } from '../../language.ts';

export const generative: Words<NearDataMessages> = {
  'no-data-near': ({ bandwidth, asked }) =>
    `No training state is within ${short(bandwidth)} standard deviations of ${asked
      .map(({ cv, at }) => `${cv} = ${short(at)}`)
      .join(' and ')}. Increase the bandwidth, or choose a value where there are data.`,
};
