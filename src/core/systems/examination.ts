/**
 * What has to be found out numerically about a text that somebody typed: whether it can be used, where its minima and passes
 * are. It is found within a budget of operations and remembered. The page has it found by a worker: there a question without an
 * answer is thrown (`Unexamined`), and whatever raised it is tried again once the answer is known.
 */

import { BudgetSpent, Meter } from '../expression/meter.ts';
import { ExpressionError } from '../expression/parse.ts';
import { type Message, messages } from '../message.ts';
import type { Domain, Facts } from './contract.ts';
import { surveyed } from './survey.ts';

/** An energy with the values of its parameters. */
export interface EnergyQuestion {
  readonly about: 'energy';
  readonly energy: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly coordinates: readonly string[];
  readonly domain: Domain;
}

/** A collective variable, whatever the energy. */
export interface VariableQuestion {
  readonly about: 'variable';
  readonly value: string;
  readonly domain: Domain;
}

/** The values of a collective variable where an energy is so far above its highest pass at most. */
export interface RangeQuestion {
  readonly about: 'range';
  readonly value: string;
  readonly above: number;
  readonly of: EnergyQuestion;
}

export type Question = EnergyQuestion | VariableQuestion | RangeQuestion;

/** All that can be answered; each kind of question has its own part of it. */
export interface Examination {
  /** What makes the text useless. */
  readonly problem: Message | null;
  readonly facts: Facts;
  readonly range: readonly [number, number];
}

export interface ExaminationMessages {
  readonly 'too-costly-to-examine': { readonly most: number };
  readonly 'cv-constant': object;
  readonly 'cv-out-of-scale': { readonly spread: number; readonly least: number; readonly most: number };
}

const message = messages<ExaminationMessages>();

/** Operations for one question: some seconds. The largest energies that people write take a tenth. */
export const MOST_OPERATIONS = 4e9;
const MOST_REMEMBERED = 256;
/** How far the values of a collective variable may lie apart: histograms and springs are made for what is of the order of one. */
const LEAST_SPREAD = 1e-6;
const MOST_SPREAD = 1e6;

const NOTHING: Examination = { problem: null, facts: { minima: [], saddles: [] }, range: [-1, 1] };

/** A question that this thread must not answer itself. */
export class Unexamined extends Error {
  override name = 'Unexamined';

  constructor(readonly question: Question) {
    super(`not examined: ${question.about}`);
  }
}

const known = new Map<string, Examination>();
let elsewhere = false;

/** What `use` answers, where every examination that it needs is known. @throws Unexamined with the first that is not */
export function withKnown<R>(use: () => R): R {
  const before = elsewhere;
  elsewhere = true;
  try {
    return use();
  } finally {
    elsewhere = before;
  }
}

/** What `use` answers after the examinations that it needs, each of which `ask` has made. */
export async function whenKnown<R>(
  use: () => R,
  ask: (question: Question) => Promise<Examination>,
): Promise<R> {
  for (;;) {
    try {
      return withKnown(use);
    } catch (error) {
      if (!(error instanceof Unexamined)) throw error;
      learn(error.question, await ask(error.question));
    }
  }
}

export function examinationOf(question: Question): Examination {
  const key = JSON.stringify(question);
  const before = known.get(key);
  if (before) return before;
  if (elsewhere) throw new Unexamined(question);
  return learn(question, examined(question));
}

/** Remembers an answer that was found elsewhere. */
export function learn(question: Question, answer: Examination): Examination {
  known.set(JSON.stringify(question), answer);
  for (const oldest of known.keys()) if (known.size > MOST_REMEMBERED) known.delete(oldest);
  return answer;
}

/** The answer, found now. It never throws: a text that cannot be examined has a problem. */
export function examined(question: Question, meter = new Meter(MOST_OPERATIONS)): Examination {
  try {
    return { ...NOTHING, ...answer(question, meter) };
  } catch (error) {
    if (error instanceof ExpressionError) return { ...NOTHING, problem: error.told };
    if (!(error instanceof BudgetSpent)) throw error;
    return { ...NOTHING, problem: message('too-costly-to-examine', { most: meter.most }) };
  }
}

function answer(question: Question, meter: Meter): Partial<Examination> {
  switch (question.about) {
    case 'energy': {
      const { energy, parameters, domain, coordinates } = question;
      const survey = surveyed(energy, parameters, domain, coordinates, meter);
      return { problem: survey.problem() ?? null, facts: survey.facts() };
    }
    case 'variable':
      return { problem: problemOfVariable(question, meter) };
    case 'range':
      return { range: rangeOf(question, meter) };
    default:
      return question satisfies never;
  }
}

function problemOfVariable({ value, domain }: VariableQuestion, meter: Meter): Message | null {
  const survey = surveyed(value, {}, domain, undefined, meter);
  const uneven = survey.unevenness('cv');
  if (uneven) return uneven;
  const [low, high] = survey.extent();
  const spread = high - low;
  // Differences that single precision cannot tell are none.
  if (spread <= LEAST_SPREAD * Math.max(Math.abs(low), Math.abs(high))) return message('cv-constant', {});
  const scale = { spread, least: LEAST_SPREAD, most: MOST_SPREAD };
  return spread >= LEAST_SPREAD && spread <= MOST_SPREAD ? null : message('cv-out-of-scale', scale);
}

function rangeOf({ value, above, of }: RangeQuestion, meter: Meter): readonly [number, number] {
  const { minima, saddles } = examinationOf(of).facts;
  const energies = [...minima, ...saddles].map(({ energy }) => energy);
  const { energy, parameters, domain, coordinates } = of;
  return surveyed(energy, parameters, domain, coordinates, meter).rangeWhere(
    value,
    Math.max(...energies) + above,
  );
}
