import { messages } from '../core/message.ts';
import type { LearnMessages } from '../core/protocol/messages.ts';

export const message = messages<LearnMessages>();
