/** The ways of conditioning in a word and a line, and what each can be told. */
import type { Experiment } from '../../core/params/experiment.ts';

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
    title: 'Network',
    line: (cv) => `A network that was told ${cv} with every example it learned from.`,
    settings: ['condition.weight'],
  },
  {
    id: 'kernel',
    title: 'Kernel',
    line: (cv) =>
      `No training: the denoiser of the data whose ${cv} is within the bandwidth, the nearer the weightier.`,
    settings: ['condition.bandwidth'],
  },
  {
    id: 'guidance',
    title: 'Guidance',
    line: (cv) =>
      `A network that was never told ${cv}: while it denoises, the gradient of ${cv} pulls its guess to the value.`,
    settings: ['condition.weight'],
  },
  {
    id: 'neighbours',
    title: 'Neighbours',
    line: (cv) =>
      `No model at all: the training states nearest in ${cv}, moved onto the value. The baseline to beat.`,
    settings: ['condition.neighbours'],
  },
];

export function wayOf({ 'condition.by': by }: Experiment): Way {
  return WAYS.find(({ id }) => id === by) ?? WAYS[0];
}

/** What there is to say of the guidance weight, or null. */
export function weightText(experiment: Experiment, trainedDropping: boolean): string | null {
  if (!wayOf(experiment).settings.includes('condition.weight')) return null;
  const weight = Number(experiment['condition.weight']);
  const rule =
    'Weight 1 is the conditional distribution. More is not: states crowd where the condition is most typical.';
  if (weight === 1) return rule;
  if (experiment['condition.by'] === 'guidance' || experiment.denoiser === 'exact')
    return weight === 0 ? 'Weight 0 forgets the condition: the whole distribution.' : rule;
  if (!trainedDropping)
    return 'Other weights than 1 compare the network with itself untold: set dropped conditions above 0, 0.1 say, and retrain.';
  return weight === 0 ? 'Weight 0 forgets the condition: the whole distribution.' : rule;
}
