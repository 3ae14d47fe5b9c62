/** What is wrong with a text in the making, which may have to be examined first. */
import { useEffect, useState } from 'react';
import type { Message } from '../../core/message.ts';
import { type TextSpec, textProblem } from '../../core/params/params.ts';
import { type Question, Unexamined, withKnown } from '../../core/systems/examination.ts';
import { examiner } from '../runs/examiner.ts';

/** A text is examined when the hand has rested so long, ms. */
const REST = 200;

export interface TextState {
  readonly problem: Message | undefined;
  /** It is not known yet. */
  readonly examining: boolean;
}

/** @param draft null: nothing was typed */
export function useTextProblem(spec: TextSpec, draft: string | null): TextState {
  const [, update] = useState(0);
  const { problem, question } = checked(spec, draft);
  const key = question && JSON.stringify(question);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a question of the same key is the same question
  useEffect(() => {
    if (!question) return;
    let wanted = true;
    const timer = setTimeout(() => {
      const again = () => wanted && update((count) => count + 1);
      examiner.ask(question).then(again, again);
    }, REST);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  return { problem, examining: question !== null };
}

function checked(
  spec: TextSpec,
  draft: string | null,
): { problem: Message | undefined; question: Question | null } {
  if (draft === null) return { problem: undefined, question: null };
  try {
    return { problem: withKnown(() => textProblem(spec, draft)), question: null };
  } catch (error) {
    if (!(error instanceof Unexamined)) throw error;
    return { problem: undefined, question: error.question };
  }
}
