/** What a lesson is made of. One file `NN-slug.md` is one lesson: front matter, then steps under headings of the second level. */
import type { Message } from '../core/message.ts';
import type { Expression } from './expression.ts';

export interface Misconception {
  readonly claim: string;
  /** Where students are seen to believe it, or the run that shows it to be wrong. */
  readonly evidence: string;
}

export interface Lesson {
  /** Name of its file without the ending. */
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
  readonly goals: readonly string[];
  /** Ids of lessons. */
  readonly prerequisites: readonly string[];
  /** Markdown: what to ask, expected answers, time. */
  readonly teacher: string;
  readonly misconceptions: readonly Misconception[];
  /** Markdown: what to hand in. */
  readonly exercise: string;
  /** Markdown before the first step. */
  readonly introduction: string;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly title: string;
  /** Of its heading in the file. */
  readonly line: number;
  /** Markdown with TeX between dollar signs. */
  readonly prose: string;
  /** The experiment that it opens: a query. */
  readonly experiment: string;
  /** Settings that are shown, by query key; all where absent. */
  readonly show: readonly string[] | null;
  readonly predict: Prediction | null;
  /** Holds once the step is done; without one the reader goes on at will. */
  readonly check: Expression | null;
  /** Changes of the experiment, a query, with which the check fails at the end of the run. */
  readonly wrong: string | null;
  /** Changes of the experiment, a query, that the reader has to find for the check to hold. */
  readonly right: string | null;
  readonly hint: string | null;
  /** Markdown that may quote figures of the run: `{{firstPassage.mean}}`. */
  readonly explain: string | null;
}

/** Asked before the run. What is right is either stated or an expression over the results, so that a run decides. */
export type Prediction = ChoicePrediction | NumberPrediction | OrderPrediction | CurvePrediction;

interface Asked {
  readonly question: string;
}

export interface ChoicePrediction extends Asked {
  readonly kind: 'choice';
  readonly options: readonly string[];
  /** Place of the right one, from 0. */
  readonly answer: number;
}

export interface NumberPrediction extends Asked {
  readonly kind: 'number';
  readonly unit: string;
  readonly answer: Expression;
  /** A prediction is right between `answer / factor` and `answer * factor`. */
  readonly factor: number;
}

export interface OrderPrediction extends Asked {
  readonly kind: 'order';
  /** In the right order; they are shown sorted by letters. */
  readonly items: readonly string[];
}

export interface CurvePrediction extends Asked {
  readonly kind: 'curve';
  /** Keys of the results that hold the curve: its places and its values. */
  readonly x: Expression;
  readonly y: Expression;
  /** Axes on which it is drawn. */
  readonly axes: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  /** Largest root mean square distance after the best vertical shift at which it counts as right. */
  readonly within: number;
}

/** The query of a step with changes: a key that is said twice counts the last time. Values stay as they are written. */
export function queryOf({ experiment }: Pick<Step, 'experiment'>, changes = ''): string {
  const pairs = `${experiment}&${changes}`.split('&').filter((pair) => pair !== '');
  return [...new Map(pairs.map((pair) => [pair.split('=')[0], pair])).values()].join('&');
}

/** What is wrong with the file of a lesson, and where. */
export class LessonError extends Error {
  override name = 'LessonError';

  constructor(
    readonly id: string,
    readonly line: number,
    readonly step: string | null,
    readonly problem: Message,
  ) {
    super(
      `${id}.md:${line}${step === null ? '' : ` (step "${step}")`}: ${problem.id} ${JSON.stringify(problem.values)}`,
    );
  }
}
