/** What the runs on the page show, in sentences made of their own numbers. */
import type { ConvergenceNote } from '../../plots/convergence.ts';
import type { TimedError } from '../../text/en/couple.ts';
import { text } from '../../text/index.ts';
import { looks } from './looks.ts';

/** A run that has ended. */
export interface Outcome {
  readonly method: string;
  /** kT. */
  readonly rmse: number;
  readonly notes: readonly ConvergenceNote[];
  /** Share of the model's proposals that were accepted; null without any. */
  readonly acceptance: number | null;
  readonly seconds: number;
}

export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** Errors of single runs scatter: what differs by less is taken as equal. */
export const SCATTER = 1.5;

const words = text.couple.lessons;
const DRAGGED: readonly string[] = ['dragged-1', 'dragged-16'];
const EXCHANGED: readonly string[] = ['exchange-1', 'exchange-16'];

type Outcomes = ReadonlyMap<string, Outcome>;

/** @param rests number of coordinates beside the collective variable */
export function lessonsOf(finished: readonly Outcome[], rests: number): Lesson[] {
  const outcomes: Outcomes = new Map(finished.map((outcome) => [outcome.method, outcome]));
  return [
    rests > 1 ? networkLesson : null,
    plainLesson,
    badLesson,
    (all: Outcomes) => neighboursLesson(all, rests),
    broadLesson,
    draggingLesson,
    exchangeLesson,
    directLesson,
  ].flatMap((lesson) => lesson?.(outcomes) ?? []);
}

/** Whether the network is worth its time: against the best of the others that are not told the exact answer. */
function networkLesson(outcomes: Outcomes): Lesson | null {
  const network = outcomes.get('metropolis');
  const rival = best(
    outcomes,
    [...outcomes.keys()].filter((method) => !['metropolis', 'plain', 'ceiling'].includes(method)),
  );
  if (!network || !rival) return null;
  const { text, ...titles } = words.network;
  return { id: 'network', title: titles[compared(network, rival)], text: text(named(network), named(rival)) };
}

function plainLesson(outcomes: Outcomes): Lesson | null {
  const [plain, moved] = both(outcomes, 'plain', 'metropolis');
  if (!plain || !moved) return null;
  return compared(plain, moved) === 'worse'
    ? { id: 'plain', title: words.plain.worse, text: words.plain.worseText(plain.rmse, moved.rmse) }
    : { id: 'plain', title: words.plain.similar, text: words.plain.similarText(plain.rmse, moved.rmse) };
}

function badLesson(outcomes: Outcomes): Lesson | null {
  const bad = outcomes.get('metropolis-bad');
  if (!bad) return null;
  const { fell, fellText, notYet, notYetText, accepted, good, larger } = words.bad;
  const [first, last] = [onceFilled(bad.notes), bad.notes.at(-1)];
  const trained = outcomes.get('metropolis');
  const beside =
    (bad.acceptance === null ? '' : accepted(bad.acceptance)) + (trained ? good(trained.rmse) : '');
  if (first && last && first.rmse > SCATTER * last.rmse)
    return {
      id: 'bad',
      title: fell,
      text: fellText(first.rmse, first.forceEvaluations, last.rmse, last.forceEvaluations) + beside,
    };
  return { id: 'bad', title: notYet, text: notYetText(bad.rmse) + beside + larger };
}

function neighboursLesson(outcomes: Outcomes, rests: number): Lesson | null {
  const [near, network] = both(outcomes, 'metropolis-neighbours', 'metropolis');
  if (!near || !network) return null;
  const { text, time, ...titles } = words.neighbours;
  const slower = near.seconds > 0 && network.seconds > SCATTER * near.seconds;
  return {
    id: 'neighbours',
    title: titles[compared(near, network)],
    text: text(near.rmse, network.rmse, rests) + (slower ? time(network.seconds / near.seconds) : ''),
  };
}

function broadLesson(outcomes: Outcomes): Lesson | null {
  const [broad, network] = both(outcomes, 'metropolis-broad', 'metropolis');
  if (!broad || !network || broad.acceptance === null || network.acceptance === null) return null;
  const { acceptance, similar, worse, text } = words.broad;
  const title = compared(broad, network) === 'worse' ? worse : similar;
  return {
    id: 'broad',
    title: network.acceptance > SCATTER * broad.acceptance ? acceptance : title,
    text: text(network.acceptance, broad.acceptance, network.rmse, broad.rmse),
  };
}

function draggingLesson(outcomes: Outcomes): Lesson | null {
  const coupled = outcomes.get('metropolis') ?? outcomes.get('metropolis-neighbours');
  const dragged = best(outcomes, DRAGGED);
  if (!coupled || !dragged) return null;
  const { text, ...titles } = words.dragging;
  return {
    id: 'dragging',
    title: titles[compared(dragged, coupled)],
    text: text(all(outcomes, DRAGGED), named(coupled)),
  };
}

function exchangeLesson(outcomes: Outcomes): Lesson | null {
  const coupled = outcomes.get('metropolis') ?? outcomes.get('metropolis-neighbours');
  const exchanged = all(outcomes, EXCHANGED);
  if (!coupled || exchanged.length === 0) return null;
  return {
    id: 'exchange',
    title: words.exchange.title,
    text: words.exchange.text(exchanged, named(coupled)),
  };
}

function directLesson(outcomes: Outcomes): Lesson | null {
  const direct = outcomes.get('direct');
  const other = best(
    outcomes,
    [...outcomes.keys()].filter((method) => method !== 'direct' && method !== 'ceiling'),
  );
  if (!direct || !other) return null;
  const { worse, similar, text, colder } = words.direct;
  const sentence = text(direct.rmse, named(other));
  return compared(direct, other) === 'worse'
    ? { id: 'direct', title: worse, text: sentence }
    : { id: 'direct', title: similar, text: sentence + colder };
}

/** How the error of a run compares with that of another. */
function compared(one: Outcome, other: Outcome): 'better' | 'similar' | 'worse' {
  if (one.rmse > SCATTER * other.rmse) return 'worse';
  return one.rmse * SCATTER < other.rmse ? 'better' : 'similar';
}

const named = ({ method, rmse, seconds }: Outcome): TimedError => ({
  name: looks[method].name,
  rmse,
  seconds,
});

function all(outcomes: Outcomes, of: readonly string[]): TimedError[] {
  return of.flatMap((method) => outcomes.get(method) ?? []).map(named);
}

function both(outcomes: Outcomes, a: string, b: string): [Outcome?, Outcome?] {
  return [outcomes.get(a), outcomes.get(b)];
}

function best(outcomes: Outcomes, of: readonly string[]): Outcome | undefined {
  return of
    .flatMap((method) => outcomes.get(method) ?? [])
    .reduce<Outcome | undefined>((least, one) => (least && least.rmse <= one.rmse ? least : one), undefined);
}

/** Share of the budget at which a coupled method has filled its windows; before that there is no F of all of them. */
const FILLED = 0.42;

function onceFilled(notes: readonly ConvergenceNote[]): ConvergenceNote | undefined {
  const end = notes.at(-1)?.forceEvaluations ?? 0;
  return notes.find(({ forceEvaluations }) => forceEvaluations >= FILLED * end);
}
