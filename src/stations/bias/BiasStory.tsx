import type { Finding } from '../../core/estimators/finding.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import type { BiasFrame } from '../../core/sampling/frames.ts';
import type { BiasView } from '../../core/sampling/method.ts';
import { Headline } from '../../shell/parts/Headline.tsx';
import { cvOfExperiment, startName } from '../../shell/parts/system.ts';
import { biasing } from '../../shell/runs/biasing.ts';
import { runKind } from '../../shell/runs/kept-runs.ts';
import type { Phase } from '../../shell/runs/run.ts';
import { useSignal } from '../../shell/runs/signal.ts';
import { capital } from '../../text/format.ts';
import { say, teachesOf, text } from '../../text/index.ts';
import type { ComparedRun } from './use-comparison.ts';

/** Share of the budget at which nothing is left but the last estimate. */
const ALL_BUT = 0.999;
const words = text.bias.story;

interface StoryProps {
  readonly experiment: Experiment;
  readonly frame: BiasFrame | null;
  readonly finding: Finding | null;
  readonly runs: readonly ComparedRun[];
}

export function BiasStory({ experiment, frame, finding, runs }: StoryProps) {
  const { phase } = useSignal(biasing.state);
  const view = frame?.view ?? null;
  const present = runs.find((run) => run.present);
  return (
    <Headline title={titleOf(phase, frame, finding)}>
      {phase === 'finished' || isForbidden(finding)
        ? outcome(experiment, finding, present, runs)
        : doing(experiment, view)}
    </Headline>
  );
}

function titleOf(phase: Phase, frame: BiasFrame | null, finding: Finding | null): string {
  if (phase === 'failed') return words.failed;
  if (isForbidden(finding)) return words.noFreeEnergy;
  if (phase === 'finished') return words.finished;
  if (phase === 'idle' || !frame) return words.ready;
  if (frame.forceEvaluations >= ALL_BUT * frame.budget) return words.errorBars;
  return capital(say(frame.view.phase));
}

/** A warning stands in the way, not the want of samples. */
function isForbidden(finding: Finding | null): boolean {
  return finding !== null && !finding.freeEnergy && finding.warnings.length > 0;
}

function doing(experiment: Experiment, view: BiasView | null): string {
  const { label: cv } = cvOfExperiment(experiment);
  const teaches = teachesOf('method', experiment.method);
  if (!view) return teaches;
  if (view.windows.length > 0) return words.windows(view.windows.length, cv);
  if (view.bias && 'x' in view.bias) return words.bias(cv);
  return teaches;
}

function outcome(
  experiment: Experiment,
  finding: Finding | null,
  present: ComparedRun | undefined,
  runs: readonly ComparedRun[],
): string {
  const { budget } = experiment;
  if (!finding?.freeEnergy || !present) return isForbidden(finding) ? words.forbidden : words.tooFew;
  if (present.rmse === null) return words.notCompared(budget);
  const error = words.error(budget, present.rmse);
  if (runKind(experiment.method) === 'simulation') return `${error} ${words.direct(startName(experiment))}`;
  const direct = runs.find(({ kind, rmse }) => kind === 'simulation' && rmse !== null);
  return direct
    ? `${error} ${words.comparison(direct.forceEvaluations, direct.rmse ?? Number.NaN)}`
    : `${error} ${words.compare}`;
}
