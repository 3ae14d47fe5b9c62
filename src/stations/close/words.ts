/** What a run of station Close says, in sentences made of its numbers. */

import type { CloseFrame, Consistency, Part } from '../../core/coarse/frame.ts';
import type { Message } from '../../core/message.ts';
import type { NumberShown } from '../../shell/parts/Numbers.tsx';
import type { Phase } from '../../shell/runs/run.ts';
import { capital, counted, fixed, short, uncertain } from '../../text/format.ts';
import { say } from '../../text/index.ts';

const NAMES: Readonly<Record<Part, string>> = {
  barrier: 'Barrier',
  fastTime: 'Fast time',
  bursts: 'Bursts',
  restriction: 'Restriction',
  healing: 'Healing',
  drift: 'Drift',
  diffusion: 'Diffusion',
  closure: 'Closure',
  freeEnergyFromDynamics: 'F from dynamics',
  firstPassage: 'First passage',
  autocorrelation: 'Autocorrelation',
  projective: 'Leaps',
  diffusionMap: 'Diffusion map',
};

export interface Reason {
  readonly part: string;
  readonly text: string;
}

export function reasonsOf(consistency: Consistency | null): Reason[] {
  return (Object.entries(consistency?.reasons ?? {}) as [Part, Message][]).map(([part, reason]) => ({
    part: NAMES[part],
    text: say(reason),
  }));
}

/** @param cv name of the slow variable */
export function closeStory(
  frame: CloseFrame | null,
  phase: Phase,
  cv: string,
): { readonly title: string; readonly text: string } {
  if (phase === 'failed') return { title: 'The run broke down', text: 'See below what helps.' };
  if (!frame)
    return phase === 'idle'
      ? {
          title: 'Does the coarse picture close?',
          text: `States are lifted from values of ${cv}, healed, and let go in short bursts: drift and diffusion of ${cv} follow, and an equation of ${cv} alone that must agree with the whole. Press Play.`,
        }
      : { title: 'Getting ready', text: 'Time scales are being measured.' };
  if (phase === 'finished') return { title: 'FullSystem and macro compared', text: verdict(frame) };
  return {
    title: capital(say(frame.phase)),
    text: `${counted(frame.forceEvaluations)} of ${counted(frame.budget)} force evaluations are spent.`,
  };
}

function verdict({ consistency, diffusionMap }: CloseFrame): string {
  const F = consistency?.freeEnergyFromDynamics;
  const passage = consistency?.coarse.firstPassage;
  const sentences = [
    F?.rmse != null && `F from bursts alone is off by ${fixed(F.rmse, 2)} kT.`,
    consistency?.lag &&
      !consistency.lag.plateau &&
      'No lag is long for the fast variables and short for the slow one: what is below holds roughly.',
    consistency?.reasons.bursts && 'The budget is small for what is asked.',
    F?.direct && `Its distribution differs from that of a long run by JS ${fixed(F.direct.js, 3)}.`,
    passage?.full.mean != null &&
      passage.coarse.mean !== null &&
      `A passage takes ${passageTime(passage.coarse)} in the coarse equation and ${passageTime(passage.full)} in the full system.`,
    diffusionMap &&
      `The first learned coordinate and the slow variable are correlated by ${fixed(diffusionMap.correlation, 2)}.`,
  ];
  return sentences.filter(Boolean).join(' ') || 'What is missing below says why.';
}

/** Single numbers; the figures show the rest. */
export function closeNumbers(consistency: Consistency): NumberShown[] {
  const { restriction, fastTime, lag, coarse, healing } = consistency;
  const { firstPassage, projective } = coarse;
  return [
    fastTime !== null && { label: 'fast time', value: `${short(fastTime)} τ` },
    restriction && {
      label: 'restriction error',
      value: distance(restriction.full.mean),
      note: `95 %: ${distance(restriction.full.high)}; on the level ${distance(restriction.orthogonal.mean)}`,
    },
    healing?.lift.healed != null && {
      label: 'lift healed',
      value: `${fixed(healing.lift.healed, 1)} fast times`,
    },
    healing?.bad.healed != null && {
      label: 'bad lift healed',
      value: `${fixed(healing.bad.healed, 1)} fast times`,
    },
    lag && {
      label: 'lag',
      value: `${short(lag.from, 2)} to ${short(lag.to, 2)} τ`,
      note: lag.plateau ? 'on a plateau' : 'no plateau was found',
    },
    firstPassage && {
      label: 'passage, coarse',
      value: passageTime(firstPassage.coarse),
      note: `by quadrature ${short(firstPassage.quadrature)} τ`,
    },
    firstPassage && {
      label: 'passage, full',
      value: passageTime(firstPassage.full),
      kind: 'simulation' as const,
      ...(firstPassage.averaged === null
        ? {}
        : { note: `averaged equation ${short(firstPassage.averaged)} τ` }),
    },
    projective && {
      label: 'leaps save',
      value: `${fixed(projective.speedUp, 1)} times`,
      note: `error of the mean ${fixed(projective.error.mean, 2)} of its width`,
    },
  ].filter((entry) => entry !== null && entry !== undefined && entry !== false);
}

function passageTime(time: { readonly mean: number | null; readonly stderr: number | null }): string {
  return time.mean === null ? '–' : `${uncertain(time.mean, time.stderr ?? Number.NaN)} τ`;
}

/** Rounding is no distance. */
function distance(value: number): string {
  return value < 1e-12 ? '0' : short(value, 2);
}
