/** What is to be seen now, in one title and one or two sentences. */
import { families } from '../../catalog.ts';
import type { CoupleFrame } from '../../core/coupling/frame.ts';
import type { ArmRecord } from '../../shell/runs/coupling.ts';
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
  /** Methods that have ended and methods that are still to do, of all that were asked for. */
  readonly ended: number;
  readonly open: number;
}

const words = text.couple.story;

export function storyOf(record: ArmRecord | null, options: StoryOptions): StoryText {
  if (!record)
    return {
      title: words.idleTitle,
      text: words.idle(options.start, Object.keys(families.coupledMethods).length),
    };
  const { frame, phase } = record;
  const method = looks[record.arm].title;
  if (phase === 'failed') return { title: words.failedTitle, text: words.failed(method) };
  if (phase === 'finished' && frame) return { title: words.finished, text: outcome(frame, method, options) };
  if (!frame) return { title: words.preparing, text: words.starting(method) };
  if (phase === 'paused')
    return { title: words.paused, text: words.spent(method, frame.forceEvaluations, frame.budget) };
  return doing(frame, method, options);
}

function doing({ view, arm }: CoupleFrame, method: string, { cv, start, moves }: StoryOptions): StoryText {
  const covered = view.windows.filter((window) => window.covered).length;
  const coupled = families.coupledMethods[arm].model !== null;
  switch (view.phase) {
    case 'start':
      return coupled
        ? { title: words.trappedTitle, text: words.trapped(view.of.length, start) }
        : { title: words.placingTitle, text: words.placing(method) };
    case 'train':
      return { title: words.trainTitle, text: words.train(cv) };
    case 'generate':
      return { title: words.generateTitle, text: words.generate(covered, view.windows.length) };
    case 'run':
      if (!coupled) return { title: words.runTitle, text: words.run(method) };
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

function outcome(frame: CoupleFrame, method: string, { rmse, ended, open }: StoryOptions): string {
  const { overall: acceptance } = frame.view.acceptance;
  const { forceEvaluations, networkEvaluations } = frame;
  const next = open > 0 ? words.stillOpen(open) : ended < 2 ? words.compare : '';
  return words.outcome(method, { forceEvaluations, networkEvaluations, rmse, acceptance }) + next;
}
