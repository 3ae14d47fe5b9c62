/** What is to be seen now, in one title and one or two sentences. */
import { families } from '../../catalog.ts';
import type { CoupleFrame } from '../../core/coupling/frame.ts';
import type { MethodRecord } from '../../shell/runs/coupling.ts';
import { text } from '../../text/index.ts';
import { looks } from './looks.ts';

export interface StoryText {
  readonly title: string;
  readonly text: string;
}

export interface StoryOptions {
  /** Name of the collective variable, and of where walkers start. */
  readonly cv: string;
  readonly start: string;
  readonly moves: boolean;
  readonly rmse: number | null;
  /** kT: the error is that of bins with exact F below it. */
  readonly ceiling: number;
  /** Methods that have ended and methods that are still to do, of all that were asked for. */
  readonly ended: number;
  readonly open: number;
}

const words = text.couple.story;

export function storyOf(record: MethodRecord | null, options: StoryOptions): StoryText {
  if (!record)
    return {
      title: words.idleTitle,
      text: words.idle(options.start, Object.keys(families.coupledMethods).length),
    };
  const { frame, phase } = record;
  const name = looks[record.method].title;
  if (phase === 'failed') return { title: words.failedTitle, text: words.failed(name) };
  if (phase === 'finished' && frame) return { title: words.finished, text: outcome(frame, name, options) };
  if (!frame) return { title: words.preparing, text: words.starting(name) };
  if (phase === 'paused')
    return { title: words.paused, text: words.spent(name, frame.forceEvaluations, frame.budget) };
  return doing(frame, name, options);
}

function doing({ view, method }: CoupleFrame, name: string, { cv, start, moves }: StoryOptions): StoryText {
  const covered = view.windows.filter((window) => window.covered).length;
  const coupled = families.coupledMethods[method].model !== null;
  switch (view.phase) {
    case 'start':
      return coupled
        ? { title: words.trappedTitle, text: words.trapped(view.of.length, start) }
        : { title: words.placingTitle, text: words.placing(name) };
    case 'train':
      return { title: words.trainTitle, text: words.train(cv) };
    case 'generate':
      return { title: words.generateTitle, text: words.generate(covered, view.windows.length) };
    case 'run':
      if (!coupled) return { title: words.runTitle, text: words.run(name) };
      return view.round === 0
        ? { title: words.relaxTitle, text: moves ? words.relaxMoves : words.relax }
        : {
            title: words.roundTitle(view.round, view.rounds),
            text: moves ? words.roundMoves(cv) : words.round,
          };
    case 'estimate':
      return { title: words.estimateTitle, text: words.estimate };
    default:
      return view.phase satisfies never;
  }
}

function outcome(frame: CoupleFrame, name: string, { rmse, ceiling, ended, open }: StoryOptions): string {
  const { overall: acceptance } = frame.view.acceptance;
  const { forceEvaluations, networkEvaluations } = frame;
  const next = open > 0 ? words.stillOpen(open) : ended < 2 ? words.compare : '';
  return words.outcome(name, { forceEvaluations, networkEvaluations, rmse, ceiling, acceptance }) + next;
}
