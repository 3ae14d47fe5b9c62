/** What the runs on the page teach, in sentences made of their own numbers. */
import type { ArmId } from '../../core/coupling/arms.ts';
import type { ConvergenceNote } from '../../plots/convergence.ts';
import { counted, fixed } from '../../text/format.ts';
import { looks } from './looks.ts';

/** A run that has ended. */
export interface Outcome {
  readonly arm: ArmId;
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

type Outcomes = ReadonlyMap<ArmId, Outcome>;

/** @param rests number of coordinates beside the slow variable */
export function lessonsOf(finished: readonly Outcome[], rests: number): Lesson[] {
  const outcomes: Outcomes = new Map(finished.map((outcome) => [outcome.arm, outcome]));
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
    [...outcomes.keys()].filter((arm) => !['metropolis', 'plain', 'ceiling'].includes(arm)),
  );
  if (!network || !rival) return null;
  const ratio = rival.rmse / network.rmse;
  return {
    id: 'network',
    title:
      ratio > SCATTER
        ? 'Here the network pays'
        : ratio * SCATTER < 1
          ? 'Here the network does not pay'
          : 'The network is no better than the best without it',
    text: `At the same force evaluations the network comes to ${kT(network.rmse)} in ${fixed(network.seconds, 0)} s; the best of the others, ${looks[rival.arm].name}, to ${kT(rival.rmse)} in ${fixed(rival.seconds, 0)} s. Where forces are dear, seconds of the network weigh less.`,
  };
}

function plainLesson(outcomes: Outcomes): Lesson | null {
  const [plain, moved] = both(outcomes, 'plain', 'metropolis');
  if (!plain || !moved) return null;
  const errors = `Without accepting or rejecting the error is ${kT(plain.rmse)}, with it ${kT(moved.rmse)}`;
  if (plain.rmse > SCATTER * moved.rmse)
    return {
      id: 'plain',
      title: 'Plain coupling is not reliable',
      text: `${errors}: ${times(plain.rmse / moved.rmse)} less, with the same network at the same cost. What the model gets wrong beyond its data freezes in the windows unless the energy may reject it.`,
    };
  return {
    id: 'plain',
    title: 'Plain coupling did well this time',
    text: `${errors}. That is luck as long as nothing rejects what the model gets wrong: try another seed.`,
  };
}

function badLesson(outcomes: Outcomes): Lesson | null {
  const bad = outcomes.get('metropolis-bad');
  if (!bad) return null;
  const [first, last] = [onceFilled(bad.notes), bad.notes.at(-1)];
  const accepted =
    bad.acceptance === null ? '' : ` ${percent(bad.acceptance)} of its proposals were accepted.`;
  const good = outcomes.get('metropolis');
  const beside = good ? ` The trained model: ${kT(good.rmse)}.` : '';
  if (first && last && first.rmse > SCATTER * last.rmse)
    return {
      id: 'bad',
      title: 'A bad model converges too, only slower',
      text: `Once all windows were filled its error was ${kT(first.rmse)}, at ${counted(first.forceEvaluations)} force evaluations; it fell to ${kT(last.rmse)} at ${counted(last.forceEvaluations)}.${accepted}${beside}`,
    };
  return {
    id: 'bad',
    title: 'The bad model has not converged yet',
    text: `Its error is ${kT(bad.rmse)}.${accepted}${beside} Rejection keeps the distribution right, so that a larger budget must bring it down: try ten times as much.`,
  };
}

function neighboursLesson(outcomes: Outcomes, rests: number): Lesson | null {
  const [near, network] = both(outcomes, 'metropolis-neighbours', 'metropolis');
  if (!near || !network) return null;
  const errors = `Nearest neighbours ${kT(near.rmse)}, network ${kT(network.rmse)}`;
  const time =
    near.seconds > 0 && network.seconds > SCATTER * near.seconds
      ? ` The network took ${times(network.seconds / near.seconds)} the time.`
      : '';
  if (near.rmse > SCATTER * network.rmse)
    return {
      id: 'neighbours',
      title: 'Here the network beats nearest neighbours',
      text: `${errors}${rests > 1 ? ` with ${rests} coordinates beside the slow variable` : ''}. One run each: see whether another seed says the same.${time}`,
    };
  return {
    id: 'neighbours',
    title:
      network.rmse > SCATTER * near.rmse
        ? 'Nearest neighbours do better than the network'
        : 'Nearest neighbours do as well as the network',
    text: `${errors}. ${
      rests > 1
        ? `${rests} coordinates beside the slow variable are not too many for the data themselves.`
        : 'With one coordinate beside the slow variable the data themselves are model enough.'
    }${time}`,
  };
}

function broadLesson(outcomes: Outcomes): Lesson | null {
  const [broad, network] = both(outcomes, 'metropolis-broad', 'metropolis');
  if (!broad || !network || broad.acceptance === null || network.acceptance === null) return null;
  const shares = `The trained model has ${percent(network.acceptance)} of its proposals accepted, a broad Gaussian ${percent(broad.acceptance)}; their errors are ${kT(network.rmse)} and ${kT(broad.rmse)}.`;
  if (network.acceptance > SCATTER * broad.acceptance)
    return { id: 'broad', title: 'What a good model buys is acceptance', text: shares };
  if (broad.rmse <= SCATTER * network.rmse)
    return { id: 'broad', title: 'A broad Gaussian is model enough here', text: shares };
  return {
    id: 'broad',
    title: 'Not every accepted proposal is worth the same',
    text: `${shares} A Gaussian is accepted within the valley where walkers are already; what counts are proposals of another one.`,
  };
}

function draggingLesson(outcomes: Outcomes): Lesson | null {
  const coupled = outcomes.get('metropolis') ?? outcomes.get('metropolis-neighbours');
  const dragged = best(outcomes, ['dragged-1', 'dragged-16']);
  if (!coupled || !dragged) return null;
  const errors = `Dragging ${kT(dragged.rmse)}, coupling ${kT(coupled.rmse)}`;
  if (dragged.rmse <= SCATTER * coupled.rmse)
    return {
      id: 'dragging',
      title: dragged.rmse * SCATTER < coupled.rmse ? 'Dragging is better here' : 'Dragging suffices here',
      text: `${errors}: beside the slow variable everything is fast, so that walkers forget where they were dragged from. The loop has spent part of its budget on filling windows.`,
    };
  return {
    id: 'dragging',
    title: 'Dragging carries its past along',
    text: `${errors}, ${times(dragged.rmse / coupled.rmse)} less: what hides beside the slow variable is too slow for walkers that come from one side.`,
  };
}

function exchangeLesson(outcomes: Outcomes): Lesson | null {
  const coupled = outcomes.get('metropolis') ?? outcomes.get('metropolis-neighbours');
  const exchanged = best(outcomes, ['exchange-1', 'exchange-16']);
  if (!coupled || !exchanged) return null;
  const ratio = exchanged.rmse / coupled.rmse;
  return {
    id: 'exchange',
    title: 'Replica exchange is the rival without a model',
    text: `It comes to ${kT(exchanged.rmse)}, the coupled run to ${kT(coupled.rmse)}${
      ratio > SCATTER
        ? `, ${times(ratio)} less`
        : ratio * SCATTER < 1
          ? ': no model is needed here'
          : ': no difference that one run could show'
    }.`,
  };
}

function directLesson(outcomes: Outcomes): Lesson | null {
  const direct = outcomes.get('direct');
  const other = best(
    outcomes,
    [...outcomes.keys()].filter((arm) => arm !== 'direct' && arm !== 'ceiling'),
  );
  if (!direct || !other) return null;
  return direct.rmse > SCATTER * other.rmse
    ? {
        id: 'direct',
        title: 'Without windows walkers stay where they were',
        text: `Direct simulation is off by ${kT(direct.rmse)} after as many force evaluations.`,
      }
    : {
        id: 'direct',
        title: 'The barrier is no obstacle here',
        text: `Direct simulation is off by ${kT(direct.rmse)}, as good as the best of the others (${kT(other.rmse)}). Lower the temperature.`,
      };
}

function both(outcomes: Outcomes, a: ArmId, b: ArmId): [Outcome?, Outcome?] {
  return [outcomes.get(a), outcomes.get(b)];
}

function best(outcomes: Outcomes, of: readonly ArmId[]): Outcome | undefined {
  return of
    .flatMap((arm) => outcomes.get(arm) ?? [])
    .reduce<Outcome | undefined>((least, one) => (least && least.rmse <= one.rmse ? least : one), undefined);
}

/** Share of the budget at which a coupled arm has filled its windows; before that there is no F of all of them. */
const FILLED = 0.42;

function onceFilled(notes: readonly ConvergenceNote[]): ConvergenceNote | undefined {
  const end = notes.at(-1)?.forceEvaluations ?? 0;
  return notes.find(({ forceEvaluations }) => forceEvaluations >= FILLED * end);
}

const kT = (value: number) => `${fixed(value, 2)} kT`;
const percent = (share: number) => `${fixed(100 * share, share < 0.1 ? 1 : 0)} %`;
const times = (ratio: number) => `${fixed(ratio, ratio < 10 ? 1 : 0)} times`;
