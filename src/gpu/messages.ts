import { messages } from '../core/message.ts';
import type { EngineMessages } from '../core/protocol/messages.ts';

export const message = messages<EngineMessages>();
