/** System, integrator and what is to be watched -> step graph. */

import type { Graph, NodeId } from '../expression/graph.ts';
import { substitute } from '../expression/graph.ts';
import { parameterInput, stateInput } from '../expression/inputs.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import type { SystemModel } from '../systems/model.ts';
import type { Region } from '../systems/regions.ts';
import type { Bias } from './bias-term.ts';
import type { Integrator } from './contract.ts';
import { ACCEPTED, StepBuilder } from './step-builder.ts';
import type { StepGraph } from './step-graph.ts';

/** Steps that a walker lived before it first arrived; those of one that has not are the steps of the run. */
export const STEPS_BEFORE_ARRIVAL = parameterInput('stepsBeforeArrival');

export const ARRIVED = parameterInput('arrived');

/** 1 if the walker was last in the target, 0 if in the start region, and how often that changed. */
export const SIDE = parameterInput('side');

export const TRANSITIONS = parameterInput('transitions');

export const ACCEPTANCES = parameterInput(ACCEPTED);

type Watched = Pick<CollectiveVariable, 'value' | 'range' | 'periodic'>;

/** What makes a biased run of a plain one. */
export interface Biased {
  readonly bias: Bias;
  /** Expressions of the collective variables of the bias. */
  readonly cvs: readonly string[];
  /** Every walker has a temperature of its own: the input `KT`. */
  readonly ownTemperature?: boolean;
}

export const KT = parameterInput('kT');

/**
 * The step of an integrator in a system. Recorded: visits in `bins` bins along a collective variable, and the sums of the
 * cv (of a periodic one within its range), its square and the energy up to `model.energyOffset`. With regions, each walker also counts its steps until it first reaches the target, and
 * its transitions between start and target, at every step.
 */
export function stepGraphOf(
  model: SystemModel,
  integrator: Integrator,
  cv: Watched,
  bins: number,
  regions: { readonly start: Region; readonly target: Region } | null = null,
  biased: Biased | null = null,
): StepGraph {
  const { graph, state: coordinates } = model;
  const result = integrator.step(new StepBuilder(model, biased && biasNode(model, biased)));
  const memory = integrator.memory ?? [];
  const inputsOf = (name: string) => coordinates.map((_, d) => stateInput(name, d));
  const tally = integrator.acceptance ? [ACCEPTED] : [];
  const watch = regions ? arrivals(model, result.q, regions) : [];
  const kept = biased ? [...biased.bias.inputs, ...(biased.ownTemperature ? [KT] : [])] : [];
  return {
    graph,
    state: [
      ...coordinates,
      ...memory.flatMap(inputsOf),
      ...tally.map(parameterInput),
      ...watch.map(({ name }) => name),
      ...kept,
    ],
    next: [
      ...['q', ...memory, ...tally].flatMap((name) => result[name]),
      ...watch.map(({ next }) => next),
      ...kept.map((name) => graph.input(name)),
    ],
    tables: [...ownTables(graph), ...(biased?.bias.tables ?? [])],
    normals: inputsOf('normal'),
    uniforms: integrator.acceptance ? [stateInput('uniform', 0)] : [],
    record: { ...recordOf(model, cv, bins), bins },
  };
}

/** What the system itself looks up. */
function ownTables({ tables }: Graph): StepGraph['tables'] & object {
  return Object.entries(tables).map(([name, values]) => ({ name, length: values.length, values }));
}

function biasNode(model: SystemModel, { bias, cvs }: Biased): NodeId {
  return bias.energy(
    model.graph,
    cvs.map((value) => model.ofState(value)),
  );
}

function recordOf(model: SystemModel, { value: text, range, periodic }: Watched, bins: number) {
  const { graph } = model;
  const [low, high] = range;
  const node = model.ofState(text);
  const turns = graph.mul(graph.sub(node, graph.constant(low)), graph.constant(1 / (high - low)));
  const wrapped = periodic ? graph.sub(turns, graph.unary('floor', turns)) : turns;
  const energy = model.varyingEnergyNode ?? graph.constant(0);
  const value = periodic
    ? graph.add(graph.constant(low), graph.mul(wrapped, graph.constant(high - low)))
    : node;
  return { place: graph.mul(wrapped, graph.constant(bins)), sums: [value, graph.mul(value, value), energy] };
}

/** Tallies of first arrival and of transitions, as functions of where the step ends. */
function arrivals(
  model: SystemModel,
  q: readonly NodeId[],
  { start, target }: { readonly start: Region; readonly target: Region },
): { readonly name: string; readonly next: NodeId }[] {
  const { graph } = model;
  const moved = new Map(model.state.map((name, d) => [name, q[d]]));
  const seen = model.observed.map((node) => substitute(graph, node, moved));
  const [inStart, inTarget] = [inside(graph, seen, start), inside(graph, seen, target)];
  const [one, before, arrived] = [graph.constant(1), graph.input(STEPS_BEFORE_ARRIVAL), graph.input(ARRIVED)];
  const side = graph.select(inTarget, one, graph.select(inStart, graph.constant(0), graph.input(SIDE)));
  const changed = graph.unary('abs', graph.sub(side, graph.input(SIDE)));
  return [
    { name: STEPS_BEFORE_ARRIVAL, next: graph.add(before, graph.sub(one, arrived)) },
    { name: ARRIVED, next: graph.select(inTarget, one, arrived) },
    { name: SIDE, next: side },
    { name: TRANSITIONS, next: graph.add(graph.input(TRANSITIONS), changed) },
  ];
}

function inside(graph: Graph, q: readonly NodeId[], { center, radius, from }: Region): NodeId {
  const away = q.map((node, d) => graph.sub(node, graph.constant(center[d])));
  if (q.length === 1) {
    const direction = Math.sign(center[0] - from[0]);
    return graph.less(graph.constant(-radius), graph.mul(graph.constant(direction), away[0]));
  }
  const squares = away.map((node) => graph.mul(node, node));
  const distance = squares.reduce((a, b) => graph.add(a, b));
  return graph.less(distance, graph.constant(radius * radius));
}
