/** In one or two sentences: what is to be seen now. */
import { families } from '../../catalog.ts';
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
import { counted, fixed, plural } from '../../text/format.ts';
import type { ComparedRun } from './use-comparison.ts';

/** Share of the budget at which nothing is left but the last estimate. */
const ALL_BUT = 0.999;

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
  if (phase === 'failed') return 'The run broke down';
  if (isForbidden(finding)) return 'No free energy';
  if (phase === 'finished') return 'The budget is spent';
  if (phase === 'idle' || !frame) return 'Ready to run';
  if (frame.forceEvaluations >= ALL_BUT * frame.budget) return 'Working out the error bars';
  return frame.view.phase.charAt(0).toUpperCase() + frame.view.phase.slice(1);
}

/** A warning stands in the way, not the want of samples. */
function isForbidden(finding: Finding | null): boolean {
  return finding !== null && !finding.freeEnergy && finding.warnings.length > 0;
}

function doing(experiment: Experiment, view: BiasView | null): string {
  const { label: cv } = cvOfExperiment(experiment);
  const { teaches } = families.methods[experiment.method];
  if (!view) return teaches;
  if (view.windows.length > 0)
    return `Springs hold the walkers in ${plural(view.windows.length, 'window')} along ${cv}, on the barrier too. Where neighbours overlap, their samples join to one free energy.`;
  if (view.bias && 'x' in view.bias)
    return `The orange area is the bias: it fills the wells along ${cv} until nothing holds the walkers back. What was filled in is the free energy, upside down.`;
  return teaches;
}

function outcome(
  experiment: Experiment,
  finding: Finding | null,
  present: ComparedRun | undefined,
  runs: readonly ComparedRun[],
): string {
  const cost = `${counted(experiment.budget)} force evaluations`;
  if (!finding?.freeEnergy || !present)
    return isForbidden(finding)
      ? 'No free energy follows from these samples. The warning says why, and what mends it.'
      : 'There are too few samples for a free energy: give the run a larger budget.';
  if (present.rmse === null) return `${cost} gave this estimate; no exact curve is known to compare it with.`;
  const error = `After ${cost} the estimate is off by ${fixed(present.rmse, 2)} kT on average over F < 8 kT.`;
  if (runKind(experiment.method) === 'simulation')
    return `${error} What lies beyond the barrier is known only as far as chance has carried walkers out of ${startName(experiment)}.`;
  const direct = runs.find(({ kind, rmse }) => kind === 'simulation' && rmse !== null);
  return direct
    ? `${error} Direct simulation, ${counted(direct.forceEvaluations)} evaluations: ${fixed(direct.rmse ?? Number.NaN, 2)} kT.`
    : `${error} Run a direct simulation at the same cost to see what the bias is worth.`;
}
