/** What a run of station Close says, in sentences made of its numbers. */

import type { CloseFrame, Consistency, Part } from '../../core/coarse/frame.ts';
import type { Message } from '../../core/message.ts';
import type { NumberShown } from '../../shell/parts/Numbers.tsx';
import type { Phase } from '../../shell/runs/run.ts';
import { capital, short, uncertain } from '../../text/format.ts';
import { say, text } from '../../text/index.ts';

const { parts, story: words, numbers } = text.close;

export interface Reason {
  readonly part: string;
  readonly text: string;
}

export function reasonsOf(consistency: Consistency | null): Reason[] {
  return (Object.entries(consistency?.reasons ?? {}) as [Part, Message][]).map(([part, reason]) => ({
    part: parts[part],
    text: say(reason),
  }));
}

/** @param cv name of the collective variable */
export function closeStory(
  frame: CloseFrame | null,
  phase: Phase,
  cv: string,
): { readonly title: string; readonly text: string } {
  if (phase === 'failed') return words.failed;
  if (!frame)
    return phase === 'idle' ? { title: words.idleTitle(cv), text: words.idle(cv) } : words.preparing;
  if (phase === 'finished') return { title: words.finished, text: verdict(frame) };
  return {
    title: capital(say(frame.phase)),
    text: words.spent(frame.forceEvaluations, frame.budget),
  };
}

function verdict({ consistency, diffusionMap }: CloseFrame): string {
  const F = consistency?.freeEnergyFromDynamics;
  const passage = consistency?.coarse.firstPassage;
  const sentences = [
    F?.rmse != null && words.rmse(F.rmse),
    consistency?.lag && !consistency.lag.plateau && words.noLag,
    consistency?.reasons.bursts && words.smallBudget,
    F?.direct && words.direct(F.direct.js),
    passage?.full.mean != null &&
      passage.coarse.mean !== null &&
      words.passage(passageTime(passage.coarse), passageTime(passage.full)),
    diffusionMap && words.map(diffusionMap.correlation),
  ];
  return sentences.filter(Boolean).join(' ') || words.reasons;
}

/** Single numbers; the figures show the rest. */
export function closeNumbers(consistency: Consistency): NumberShown[] {
  const { restriction, fastTime, lag, coarse, healing } = consistency;
  const { firstPassage, projective } = coarse;
  return [
    fastTime !== null && { label: numbers.fastTime, value: numbers.time(short(fastTime)) },
    restriction && {
      label: numbers.restriction,
      value: distance(restriction.full.mean),
      note: numbers.restrictionNote(distance(restriction.full.high), distance(restriction.orthogonal.mean)),
    },
    healing?.lift.healed != null && {
      label: numbers.healing,
      value: numbers.fastTimes(healing.lift.healed),
    },
    healing?.bad.healed != null && {
      label: numbers.badHealing,
      value: numbers.fastTimes(healing.bad.healed),
    },
    lag && {
      label: numbers.lag,
      value: numbers.lagRange(lag.from, lag.to),
      note: lag.plateau ? numbers.plateau : numbers.noPlateau,
    },
    firstPassage && {
      label: numbers.coarsePassage,
      value: passageTime(firstPassage.coarse),
      note: numbers.quadrature(firstPassage.quadrature),
    },
    firstPassage && {
      label: numbers.fullPassage,
      value: passageTime(firstPassage.full),
      kind: 'simulation' as const,
      ...(firstPassage.averaged === null ? {} : { note: numbers.averaged(firstPassage.averaged) }),
    },
    projective && {
      label: numbers.speedUp,
      value: numbers.times(projective.speedUp),
      note: numbers.speedUpNote(projective.error.mean),
    },
  ].filter((entry) => entry !== null && entry !== undefined && entry !== false);
}

function passageTime(time: { readonly mean: number | null; readonly stderr: number | null }): string {
  return time.mean === null ? '–' : numbers.time(uncertain(time.mean, time.stderr ?? Number.NaN));
}

/** Rounding is no distance. */
function distance(value: number): string {
  return value < 1e-12 ? '0' : short(value, 2);
}
