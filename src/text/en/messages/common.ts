import type { CommonMessages } from '../../../core/message.ts';
import type { Words } from '../../language.ts';

export const common: Words<CommonMessages> = {
  'unexpected-error': ({ reason }) => reason,
};
