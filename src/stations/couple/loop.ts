/** The loop as a drawing: its stations, which of them is at work, and what each has done. */
import { arms } from '../../core/coupling/arms.ts';
import type { CoupleFrame, CouplePhase } from '../../core/coupling/frame.ts';
import { MARK } from '../../core/coupling/frame.ts';
import { counted, fixed, plural } from '../../text/format.ts';

export type LoopStage = 'trapped' | 'train' | 'generate' | 'run' | 'accept' | 'estimate';

export interface LoopNode {
  readonly stage: LoopStage;
  readonly title: string;
  /** What it has done so far. */
  readonly count: string;
  readonly lit: boolean;
  /** Arms without a model do not come through it. */
  readonly passed: boolean;
}

const TITLES: readonly (readonly [LoopStage, string])[] = [
  ['trapped', 'Trapped data'],
  ['train', 'Train'],
  ['generate', 'Generate beyond'],
  ['run', 'Biased runs'],
  ['accept', 'Accept or reject'],
  ['estimate', 'Estimate F'],
];

/** @param rmse of the last estimate in kT, null if it is not known */
export function loopOf(frame: CoupleFrame | null, { busy, moves, coupled, rmse }: LoopOptions): LoopNode[] {
  const active = busy && frame ? lit(frame.view.phase, moves) : [];
  const counts = frame ? countsOf(frame, moves, rmse) : NOTHING;
  return TITLES.map(([stage, title]) => ({
    stage,
    title: stage === 'trapped' && !coupled ? 'Start' : title,
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
  const { model, walkers } = arms[frame.arm];
  const covered = view.windows.filter((window) => window.covered).length;
  const { overall } = view.acceptance;
  return {
    trapped: plural(walkers, 'walker'),
    train: model === 'network' ? `${counted(networkEvaluations)} evaluations` : (SOURCES[model ?? ''] ?? ''),
    generate: model ? `${covered} of ${plural(view.windows.length, 'window')}` : '',
    run: `${counted(forceEvaluations)} forces`,
    accept: moves && Number.isFinite(overall) ? `${fixed(100 * overall, 0)} % accepted` : '',
    estimate: rmse === null ? '' : `RMSE ${fixed(rmse, 2)} kT`,
  };
}

/** Where the proposals of models that need no training come from. */
const SOURCES: Readonly<Record<string, string>> = {
  neighbours: 'nearest data',
  broad: 'one broad Gaussian',
  bad: 'bad on purpose',
};

/** Rounds as people say them. */
export function roundText(frame: CoupleFrame | null): string {
  if (!frame || frame.view.rounds === 0) return '';
  const { round, rounds } = frame.view;
  return round === 0 ? 'filling windows' : `round ${round} of ${rounds}`;
}

/** Walkers by what became of them last. */
export function marksOf(marks: Uint8Array): Readonly<Record<keyof typeof MARK, number>> {
  const counts = { trapped: 0, generated: 0, healed: 0, accepted: 0 };
  const names = Object.keys(MARK) as (keyof typeof MARK)[];
  for (const mark of marks) counts[names[mark]]++;
  return counts;
}
