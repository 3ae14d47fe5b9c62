/** Contract of the methods that are compared at equal force evaluations: a member is one file `<id>.coupled.ts` with a default export. */
import { type MessageOf, messages } from '../message.ts';
import type { Lab } from '../sampling/lab.ts';
import type { SamplingFamilies } from '../sampling/method.ts';
import type { CoupledView } from './frame.ts';
import type { ModelSource, PairScale, TrainerMaker } from './model-source.ts';
import type { CouplePlan } from './plan.ts';
import type { Recorder } from './recorder.ts';

export interface CouplingMethodMessages {
  readonly 'unknown-method': { readonly name: string; readonly known: readonly string[] };
}

const message = messages<CouplingMethodMessages>();

export interface ModelContext {
  readonly lab: Lab;
  readonly plan: CouplePlan;
  readonly scale: PairScale;
  readonly makeTrainer: TrainerMaker;
}

/** Where the conditional distribution comes from that proposes. */
export interface ProposalModel {
  /** What pages call it by. */
  readonly id: string;
  /** It has a network, whose training the worker must make room for. */
  readonly trains: boolean;
  /** Of one remaining coordinate. */
  one(context: ModelContext): ModelSource;
  /** Of several at once. */
  several(context: ModelContext): ModelSource;
}

export interface CouplingContext extends Omit<ModelContext, 'scale'> {
  /** Generator moves are wanted, where a method has any. */
  readonly moves: boolean;
}

/** A method at work. */
export interface CoupledMethodRun {
  /** The whole run. Yields where it may rest; ends when the budget is spent. */
  steps(): AsyncGenerator<void, void, void>;
  view(): CoupledView;
  /** What F follows from at present. */
  readonly recorder: Recorder;
  readonly networkEvaluations: number;
  readonly trainingSeconds: number;
  dispose(): void;
}

export interface CoupledMethod {
  /** Where it stands in lists. */
  readonly order: number;
  /** What proposes; null for methods without a model. */
  readonly model: ProposalModel | null;
  /** Walkers of each window. */
  readonly walkers: number;
  /** Walkers are held in windows. */
  readonly windows: boolean;
  /** Generator moves, unless the experiment forbids them. */
  readonly moves: boolean;
  begin(context: CouplingContext): CoupledMethodRun;
}

export interface CouplingFamilies extends SamplingFamilies {
  /** In their order. */
  readonly coupledMethods: Readonly<Record<string, CoupledMethod>>;
}

/** The ids of a comma-separated list, in its order, each once. */
export function coupledMethodsOf(text: string): string[] {
  return [...new Set(text.split(',').map((id) => id.trim()))].filter(Boolean);
}

/** What is wrong with such a list, if anything. */
export function coupledMethodsProblem(
  text: string,
  known: readonly string[],
): MessageOf<CouplingMethodMessages> | undefined {
  const unknown = text
    .split(',')
    .map((id) => id.trim())
    .find((name) => !known.includes(name));
  return unknown === undefined ? undefined : message('unknown-method', { name: unknown, known });
}
