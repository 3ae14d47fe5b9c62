/** The ways to a free energy that are compared at equal force evaluations. */
import { type MessageOf, messages } from '../message.ts';

export const ARMS = [
  'direct',
  'dragged-1',
  'dragged-16',
  'exchange-1',
  'exchange-16',
  'plain',
  'metropolis',
  'metropolis-neighbours',
  'metropolis-broad',
  'metropolis-bad',
  'ceiling',
] as const;
export type ArmId = (typeof ARMS)[number];

/**
 * Where the conditional distribution comes from that proposes: a trained network, the nearest data, one Gaussian (for all; of several
 * coordinates that of the nearest data), or a bad one.
 */
export type ModelKind = 'network' | 'neighbours' | 'broad' | 'bad';

export interface Arm {
  /** Of a coupled arm; null for those without a model. */
  readonly model: ModelKind | null;
  /** Walkers of each window. */
  readonly walkers: number;
  /** Of arms without a model: how walkers come to their windows; null for walkers without windows. */
  readonly start: 'dragged' | 'exact' | null;
  /** Neighbouring windows exchange their walkers. */
  readonly exchanges: boolean;
  /** Generator moves, unless the experiment forbids them. */
  readonly moves: boolean;
}

const coupled = (model: ModelKind, moves = true): Arm => ({
  model,
  walkers: 16,
  start: null,
  exchanges: false,
  moves,
});
const windowed = (walkers: number, start: Arm['start'], exchanges = false): Arm => ({
  model: null,
  walkers,
  start,
  exchanges,
  moves: false,
});

export const arms: Readonly<Record<ArmId, Arm>> = {
  direct: windowed(16, null),
  'dragged-1': windowed(1, 'dragged'),
  'dragged-16': windowed(16, 'dragged'),
  'exchange-1': windowed(1, 'dragged', true),
  'exchange-16': windowed(16, 'dragged', true),
  plain: coupled('network', false),
  metropolis: coupled('network'),
  'metropolis-neighbours': coupled('neighbours'),
  'metropolis-broad': coupled('broad'),
  'metropolis-bad': coupled('bad'),
  ceiling: windowed(16, 'exact'),
};

function isArm(text: string): text is ArmId {
  return Object.hasOwn(arms, text);
}

/** The arms of a comma-separated list, in its order, each once. */
export function armsOf(text: string): ArmId[] {
  return [...new Set(text.split(',').map((id) => id.trim()))].filter(isArm);
}

export interface ArmsMessages {
  readonly 'unknown-method': { readonly name: string; readonly known: readonly string[] };
}

const message = messages<ArmsMessages>();

/** What is wrong with a list of arms, if anything. */
export function armsProblem(text: string): MessageOf<ArmsMessages> | undefined {
  const names = text.split(',').map((id) => id.trim());
  const unknown = names.find((name) => !isArm(name));
  if (unknown === undefined) return undefined;
  return message('unknown-method', { name: unknown, known: ARMS });
}
