/** What is wrong with the file of a lesson. */
import { type Message } from '../core/message.ts';

type None = Readonly<Record<string, never>>;
/** What the value of a key must be. */
export type Wanted =
  | 'text'
  | 'number'
  | 'texts'
  | 'range'
  | 'keys'
  | 'list'
  | 'option'
  | 'three-items'
  | 'kind';
export interface LessonMessages {
  readonly 'lesson-too-long': {
    readonly most: number;
  };
  readonly 'lesson-without-front': None;
  readonly 'lesson-without-step': None;
  readonly 'lesson-yaml': {
    readonly reason: string;
  };
  readonly 'lesson-key-unknown': {
    readonly key: string;
  };
  readonly 'lesson-key-missing': {
    readonly key: string;
  };
  readonly 'lesson-key-wrong': {
    readonly key: string;
    readonly wanted: Wanted;
  };
  readonly 'step-without-block': None;
  readonly 'step-with-two-blocks': None;
  readonly 'step-without-wrong-state': None;
  readonly 'expression-unreadable': {
    readonly text: string;
    readonly at: string;
  };
  readonly 'expression-without-function': {
    readonly text: string;
    readonly name: string;
  };
  readonly 'lesson-not-before': {
    readonly id: string;
  };
  readonly 'lesson-setting': {
    readonly key: string;
    readonly value: string;
    readonly problem: Message;
  };
  readonly 'lesson-setting-unknown': {
    readonly key: string;
  };
  readonly 'lesson-result-unknown': {
    readonly name: string;
  };
}
export declare const lessonMessage: <Id extends keyof LessonMessages & string>(
  id: Id,
  values: LessonMessages[Id],
) => {
  readonly id: Id;
  readonly values: LessonMessages[Id];
};
