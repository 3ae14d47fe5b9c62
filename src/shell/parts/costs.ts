/** Costs as the meter shows them. */

import { counted, seconds } from '../../text/format.ts';
import { text } from '../../text/index.ts';
import { REFRESH } from '../refresh.ts';
import { learners } from '../runs/learning.ts';
import { restrainedEvaluations } from '../runs/restraint.ts';
import { sumOf, useSampled } from '../runs/signal.ts';
import { simulation } from '../runs/simulation.ts';
import type { Cost } from '../station.ts';

const words = text.frame.cost;
const clients = Object.values(learners);
const ofNetworks = sumOf(
  clients.map((client) => client.networkEvaluations),
  (evaluations) => evaluations,
);
const ofData = sumOf(
  clients.map((client) => client.info),
  (info) => info?.forceEvaluations ?? 0,
);

export function evaluations(kind: 'force' | 'network', count: number): Cost {
  return { kind, label: words[kind], value: counted(count) };
}

/** Force evaluations out of a budget. */
export function budgetCost(spent: number, budget: number): Cost {
  return {
    ...evaluations('force', spent),
    value: words.of(counted(spent), counted(budget)),
    brief: counted(spent),
  };
}

export function timeLeft(left: number): Cost {
  return { label: words.timeLeft, value: left > 0 ? seconds(left) : '–' };
}

/** What simulating, training and generating have cost in this page. */
export function useWorkCost(): Cost[] {
  const simulated = useSampled(simulation.frame, REFRESH.costs)?.forceEvaluations ?? 0;
  const data = useSampled(ofData, REFRESH.costs);
  const restrained = useSampled(restrainedEvaluations, REFRESH.costs);
  const network = useSampled(ofNetworks, REFRESH.costs);
  return [evaluations('force', simulated + data + restrained), evaluations('network', network)];
}
