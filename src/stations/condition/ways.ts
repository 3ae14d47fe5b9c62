/** The ways of conditioning in a word and a line, and what each can be told. */
import { conditionSettingsOf } from '../../core/generative/generation-settings.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { text } from '../../text/index.ts';

const { titles, lines, weightGuidance, weightNetwork, weightUntrained, weightZero } = text.condition.methods;

export interface Way {
  readonly id: string;
  readonly title: string;
  /** One line: what it is. */
  readonly line: (cv: string) => string;
  /** Settings of its own. */
  readonly settings: readonly string[];
}

export const WAYS: readonly Way[] = [
  {
    id: 'network',
    title: titles.network,
    line: lines.network,
    settings: ['condition.weight'],
  },
  {
    id: 'kernel',
    title: titles.kernel,
    line: lines.kernel,
    settings: ['condition.bandwidth'],
  },
  {
    id: 'guidance',
    title: titles.guidance,
    line: lines.guidance,
    settings: ['condition.weight'],
  },
  {
    id: 'neighbours',
    title: titles.neighbours,
    line: lines.neighbours,
    settings: ['condition.neighbours'],
  },
];

export function wayOf({ 'condition.by': by }: Experiment): Way {
  return WAYS.find(({ id }) => id === by) ?? WAYS[0];
}

/** What there is to say of the guidance weight, or null. */
export function weightText(experiment: Experiment, trainedDropping: boolean): string | null {
  if (!wayOf(experiment).settings.includes('condition.weight')) return null;
  const weight = conditionSettingsOf(experiment).weight;
  const guided = conditionSettingsOf(experiment).by === 'guidance';
  const rule = guided ? weightGuidance : weightNetwork;
  if (weight === 1) return rule;
  if (!guided && experiment.denoiser !== 'exact' && !trainedDropping) return weightUntrained;
  return weight === 0 ? weightZero : rule;
}
