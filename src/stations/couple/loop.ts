/** The loop as a drawing: its stations, which of them is at work, and what each has done. */
import { families } from '../../catalog.ts';
import type { CoupleFrame, CouplePhase } from '../../core/coupling/frame.ts';
import { MARK } from '../../core/coupling/frame.ts';
import { text } from '../../text/index.ts';

export type LoopStage = 'trapped' | 'train' | 'generate' | 'run' | 'accept' | 'estimate';

export interface LoopNode {
  readonly stage: LoopStage;
  readonly title: string;
  /** What it has done so far. */
  readonly count: string;
  readonly lit: boolean;
  /** Methods without a model do not come through it. */
  readonly passed: boolean;
}

const words = text.couple.loop;
const STAGES: readonly LoopStage[] = ['trapped', 'train', 'generate', 'run', 'accept', 'estimate'];

/** @param rmse of the last estimate in kT, null if it is not known */
export function loopOf(frame: CoupleFrame | null, { busy, moves, coupled, rmse }: LoopOptions): LoopNode[] {
  const active = busy && frame ? lit(frame.view.phase, moves) : [];
  const counts = frame ? countsOf(frame, moves, rmse) : NOTHING;
  return STAGES.map((stage) => ({
    stage,
    title: stage === 'trapped' && !coupled ? words.start : words.stages[stage],
    count: counts[stage],
    lit: active.includes(stage),
    passed: stage === 'accept' ? moves : coupled || !['train', 'generate'].includes(stage),
  }));
}

export interface LoopOptions {
  readonly busy: boolean;
  /** Proposals of the model are accepted or rejected. */
  readonly moves: boolean;
  readonly coupled: boolean;
  readonly rmse: number | null;
}

function lit(phase: CouplePhase, moves: boolean): LoopStage[] {
  if (phase === 'start') return ['trapped'];
  // While walkers run in their windows the model keeps proposing.
  if (phase === 'run') return moves ? ['run', 'accept'] : ['run'];
  return [phase];
}

const NOTHING: Readonly<Record<LoopStage, string>> = {
  trapped: '',
  train: '',
  generate: '',
  run: '',
  accept: '',
  estimate: '',
};

function countsOf(
  frame: CoupleFrame,
  moves: boolean,
  rmse: number | null,
): Readonly<Record<LoopStage, string>> {
  const { view, forceEvaluations, networkEvaluations } = frame;
  const { model, walkers } = families.coupledMethods[frame.method];
  const covered = view.windows.filter((window) => window.covered).length;
  const { overall } = view.acceptance;
  return {
    trapped: words.walkers(walkers),
    train: model?.trains ? words.evaluations(networkEvaluations) : model ? words.sources[model.id] : '',
    generate: model ? words.windows(covered, view.windows.length) : '',
    run: words.forces(forceEvaluations),
    accept: moves && Number.isFinite(overall) ? words.accepted(overall) : '',
    estimate: rmse === null ? '' : words.rmse(rmse),
  };
}

/** Rounds as people say them. */
export function roundText(frame: CoupleFrame | null): string {
  if (!frame || frame.view.rounds === 0) return '';
  const { round, rounds } = frame.view;
  return round === 0 ? words.filling : words.round(round, rounds);
}

/** Walkers by what became of them last. */
export function marksOf(marks: Uint8Array): Readonly<Record<keyof typeof MARK, number>> {
  const counts = { trapped: 0, generated: 0, healed: 0, accepted: 0 };
  const names = Object.keys(MARK) as (keyof typeof MARK)[];
  for (const mark of marks) counts[names[mark]]++;
  return counts;
}
