/** What is to be seen now, in one title and one or two sentences. */
import { arms } from '../../core/coupling/arms.ts';
import type { CoupleFrame } from '../../core/coupling/frame.ts';
import type { ArmRecord } from '../../shell/runs/coupling.ts';
import { counted, fixed, plural } from '../../text/format.ts';

export interface StoryText {
  readonly title: string;
  readonly text: string;
}

export interface StoryOptions {
  /** Name of the slow variable, and of where walkers start. */
  readonly cv: string;
  readonly start: string;
  readonly moves: boolean;
  readonly rmse: number | null;
  /** Arms that have ended and arms that are still to do, of all that were asked for. */
  readonly ended: number;
  readonly open: number;
}

export function storyOf(record: ArmRecord | null, options: StoryOptions): StoryText {
  if (!record)
    return {
      title: 'The model proposes, physics disposes',
      text: `Walkers trapped in ${options.start} teach a model, the model starts windows beyond them, and biased runs correct it. Press Run to see one way to the free energy, or Run all arms to compare eleven at the same cost.`,
    };
  const { frame, phase } = record;
  const { title } = arms[record.arm];
  if (phase === 'failed')
    return { title: 'This arm broke down', text: `${capital(title)}: see below what helps.` };
  if (phase === 'finished' && frame)
    return { title: 'The budget is spent', text: outcome(frame, title, options) };
  if (!frame) return { title: 'Getting ready', text: `${capital(title)}: a worker is being started.` };
  if (phase === 'paused')
    return {
      title: 'Paused',
      text: `${capital(title)}: ${counted(frame.forceEvaluations)} of ${counted(frame.budget)} force evaluations are spent.`,
    };
  return doing(frame, title, options);
}

function doing({ view, arm }: CoupleFrame, name: string, { cv, start, moves }: StoryOptions): StoryText {
  const covered = view.windows.filter((window) => window.covered).length;
  const coupled = arms[arm].model !== null;
  switch (view.phase) {
    case 'start':
      return coupled
        ? {
            title: 'Trapped data',
            text: `${plural(view.of.length, 'walker')} without any bias never leave ${start}. Theirs are the only data that the model has.`,
          }
        : { title: 'Walkers are brought to their windows', text: `${capital(name)}: no model takes part.` };
    case 'train':
      return {
        title: 'The model learns what it has seen',
        text: `It learns the distribution of the rest given ${cv}, evenly along ${cv}. A bias of ${cv} alone leaves that distribution as it is, so that no reweighting is needed.`,
      };
    case 'generate':
      return {
        title: 'The model starts windows it has never seen',
        text: `Magenta: states generated one window beyond the data (${covered} of ${view.windows.length} windows filled). The shaded band is where the model extrapolates.`,
      };
    case 'run':
      if (!coupled)
        return {
          title: 'Walkers run',
          text: `${capital(name)}: what they sample gives F, with nothing but forces.`,
        };
      return view.round === 0
        ? {
            title: 'Springs heal what was generated',
            text: moves
              ? 'Orange: walkers that their windows have pulled to where the physics wants them. Ringed ones took a proposal of the model that the energy accepted.'
              : 'Orange: walkers that their windows have pulled to where the physics wants them. Nothing rejects what the model got wrong across a barrier.',
          }
        : {
            title: `All windows together, round ${view.round} of ${view.rounds}`,
            text: moves
              ? `The model proposes, the energy accepts or rejects. Where acceptance along ${cv} is low the model is wrong; F stays right.`
              : 'Every window was generated once more; what the model got wrong stays.',
          };
    case 'estimate':
      return {
        title: 'One free energy from all windows',
        text: `The model is trained anew on what the windows have seen.`,
      };
    default:
      return view.phase satisfies never;
  }
}

function outcome(frame: CoupleFrame, name: string, { rmse, ended, open }: StoryOptions): string {
  const cost = `${counted(frame.forceEvaluations)} force evaluations${
    frame.networkEvaluations > 0 ? ` and ${counted(frame.networkEvaluations)} of the network` : ''
  }`;
  const error = rmse === null ? '' : `, F is off by ${fixed(rmse, 2)} kT`;
  const accepted = Number.isFinite(frame.view.acceptance.overall)
    ? `, ${fixed(100 * frame.view.acceptance.overall, 0)} % of the proposals accepted`
    : '';
  const next =
    open > 0
      ? ` ${plural(open, 'arm')} still to come.`
      : ended < 2
        ? ' Run all arms to see what that is worth.'
        : '';
  return `${capital(name)}: after ${cost}${error}${accepted}.${next}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
