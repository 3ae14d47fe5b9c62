/** The full system as the coarse description uses it: lifted, held at values of the slow variable, let go, watched. */

import { CENTER, SPRING_CONSTANT } from '../../dynamics/bias-term.ts';
import { isOverdamped, STEP_SHARES } from '../../dynamics/stability.ts';
import { ontoLevel } from '../../exact/onto-level.ts';
import { differentiate } from '../../expression/differentiate.ts';
import type { NodeId } from '../../expression/graph.ts';
import { Interpreter } from '../../expression/interpret.ts';
import type { Message } from '../../message.ts';
import { NUMBERS_PER_BLOCK, RandomStream } from '../../numerics/random.ts';
import { linspace } from '../../numerics/results.ts';
import type { Experiment } from '../../params/experiment.ts';
import { type BiasedEnsemble, Lab } from '../../sampling/lab.ts';
import type { SamplingFamilies } from '../../sampling/method.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import { cvMobilityNode } from '../../systems/cv-mobility.ts';
import { generatorNode } from '../bursts/generator-nodes.ts';
import { Martingales } from '../bursts/martingales.ts';
import { message } from '../messages.ts';

/** Share of the fastest relaxation time that a step lasts at most. */
const STEP_SHARE = 0.05;
const PROBES = 64;
/** Energy above that of the start, in kT, up to which a state counts as within reach. */
const WITHIN_REACH = 20;

/** Why bursts of a system say nothing about a coarse equation, or null. */
export function closeProblem(families: SamplingFamilies, experiment: Experiment): Message | null {
  const integrator = families.integrators[experiment.integrator];
  if (isOverdamped(integrator)) return null;
  const values = { integrator: experiment.integrator };
  return message(integrator.order === null ? 'no-physical-time' : 'dynamics-has-inertia', values);
}

export class FullSystem {
  /** With the time step that is really taken. */
  readonly lab: Lab;
  readonly dt: number;
  private readonly generator: Interpreter;
  private readonly mobility: Interpreter;
  private readonly recover: Interpreter | null;
  private readonly observe: Interpreter;
  /** State variable of which the slow variable is a function, alone; -1 if there is none. */
  readonly held: number;
  /** That variable is the slow variable itself. */
  readonly heldIsSlow: boolean;
  readonly martingales: Martingales;

  constructor(families: SamplingFamilies, experiment: Experiment) {
    const asked = new Lab(families, experiment);
    const step = Math.min(asked.dt, Number((STEP_SHARE * fastestTime(asked)).toPrecision(2)));
    this.lab = new Lab(families, { ...experiment, 'integrator.dt': step });
    this.dt = step;
    const { model, cv } = this.lab;
    const node = model.ofState(cv.value);
    this.generator = model.ofStates(generatorNode(model, node, this.lab.kT));
    this.mobility = model.ofStates(cvMobilityNode(model, node));
    const { hidden, coordinates } = model.system;
    const read = hidden?.recover.map((text) => model.graph.expression(text));
    this.recover = read ? new Interpreter(model.graph, read, coordinates, model.parameters) : null;
    this.observe = new Interpreter(model.graph, model.observed, model.state, model.parameters);
    this.held = soleVariable(this, node);
    this.heldIsSlow = this.held >= 0 && node === model.graph.input(model.state[this.held]);
    this.martingales = new Martingales(model, node, this.lab.kT, this.held);
  }

  /** What the generator of the dynamics makes of the slow variable: its mean rate of change at each state. */
  rates(states: Float64Array, count: number, out: Float64Array): void {
    this.generator.evaluate(states, count, out);
  }

  /** M |grad cv|^2 at each state: how fast a spring along the slow variable acts. */
  mobilities(states: Float64Array, count: number): Float64Array {
    const out = new Float64Array(count);
    this.mobility.evaluate(states, count, out);
    return out;
  }

  /** States of walkers seen at `q[coordinate * count + walker]`. */
  statesOf(q: Float64Array, count: number): Float64Array {
    if (!this.recover) return q;
    const out = new Float64Array(q.length);
    this.recover.evaluate(q, count, out);
    return out;
  }

  /** The other way round. */
  coordinatesOf(states: Float64Array, count: number): Float64Array {
    const out = new Float64Array(this.lab.model.dimension * count);
    this.observe.evaluate(states, count, out);
    return out;
  }

  walkers(count: number): Walkers {
    return new Walkers(this, count);
  }

  /** Steps in a time, at least one. */
  steps(time: number): number {
    return Math.max(1, Math.round(time / this.dt));
  }
}

/** Walkers that are held at values of the slow variable, or free. */
export class Walkers {
  private readonly ensemble: BiasedEnsemble;
  private readonly name: string | null;
  constructor(
    private readonly micro: FullSystem,
    readonly count: number,
  ) {
    const { lab, held } = micro;
    this.name = held < 0 ? null : lab.model.state[held];
    this.ensemble = this.name ? lab.ensemble(count) : lab.restrained(count);
  }

  /** Walkers are put at `q[coordinate * count + walker]`, free. */
  place(q: Float64Array): void {
    this.ensemble.place(this.micro.statesOf(q, this.count));
    if (this.name) return;
    this.ensemble.set(CENTER, this.ensemble.cv());
    this.ensemble.set(SPRING_CONSTANT, new Float64Array(this.count));
  }

  /** Takes steps with the slow variable held where it was placed; returns how many the budget held. */
  hold(steps: number): number {
    if (!this.name) return this.spring(steps);
    const values = this.ensemble.get(this.name);
    for (let step = 0; step < steps; step++) {
      if (this.ensemble.advance(1) < 1) return step;
      this.ensemble.set(this.name, values);
    }
    return steps;
  }

  advance(steps: number): number {
    return this.ensemble.advance(steps);
  }

  get cvSpec(): CollectiveVariable {
    return this.micro.lab.cv;
  }

  cv(): Float64Array {
    return this.ensemble.cv();
  }

  coordinates(): Float64Array {
    return this.ensemble.coordinates();
  }

  values(expression: string): Float64Array {
    return this.ensemble.values(expression);
  }

  states(): Float64Array {
    return this.ensemble.states();
  }

  /** Where a slow variable is no coordinate of the state, a spring as stiff as the step carries holds it. */
  private spring(steps: number): number {
    const { ensemble, micro, count } = this;
    const stiff = micro.mobilities(ensemble.states(), count).map((m) => STEP_SHARES.chosen / (m * micro.dt));
    ensemble.set(SPRING_CONSTANT, stiff);
    const taken = ensemble.advance(steps);
    ensemble.set(SPRING_CONSTANT, new Float64Array(count));
    return taken;
  }
}

/** Places evenly at random over the domain, `[coordinate * PROBES + probe]`. */
function places({ model }: Lab): Float64Array {
  const stream = new RandomStream(0, 'probes');
  const q = new Float64Array(model.dimension * PROBES);
  const blocks = Math.ceil(model.dimension / NUMBERS_PER_BLOCK);
  const u = new Float64Array(blocks * NUMBERS_PER_BLOCK);
  for (let n = 0; n < PROBES; n++) {
    for (let block = 0; block < blocks; block++) stream.uniforms(n, block, u, block * NUMBERS_PER_BLOCK);
    model.system.domain.forEach(([low, high], d) => {
      q[d * PROBES + n] = low + u[d] * (high - low);
    });
  }
  return q;
}

/** State variable of which a function of the state depends alone, or -1. */
function soleVariable(micro: FullSystem, cv: NodeId): number {
  const { model } = micro.lab;
  const states = micro.statesOf(places(micro.lab), PROBES);
  const slopes = differentiate(model.graph, cv, model.state).map((slope) => {
    const out = new Float64Array(PROBES);
    model.ofStates(slope).evaluate(states, PROBES, out);
    return Math.max(...out.map(Math.abs));
  });
  const most = Math.max(...slopes);
  const moving = [...slopes.keys()].filter((d) => slopes[d] > 1e-9 * most);
  return moving.length === 1 ? moving[0] : -1;
}

/**
 * Time of the fastest relaxation: one over the largest norm of the derivative of the drift (for a potential the root of the
 * trace of its square, where it is like a symmetric matrix) at the start and at values of the slow variable beside it.
 */
function fastestTime(lab: Lab): number {
  const { model } = lab;
  const { graph, state, energyNode, mobilityNodes, driftNodes } = model;
  const drift =
    energyNode === null
      ? driftNodes
      : differentiate(graph, energyNode, state).map((slope, d) => graph.mul(mobilityNodes[d], slope));
  const rows = drift.map((node) => differentiate(graph, node, state));
  const terms = rows.flatMap((row, a) =>
    row.map((node, b) => graph.mul(node, energyNode === null ? node : rows[b][a])),
  );
  const square = model.ofStates(terms.reduce((a, b) => graph.add(a, b)));
  const largest = Math.max(
    ...withinReach(lab)
      .map((at) => square.at(at)[0])
      .filter(Number.isFinite),
    0,
  );
  return largest > 0 ? 1 / Math.sqrt(largest) : Number.POSITIVE_INFINITY;
}

/** States over the range of the slow variable, the other coordinates as at the start, unless their energy is out of reach. */
function withinReach({ model, cv, start, kT }: Lab): number[][] {
  const levels = linspace(...cv.range, PROBES);
  const q = Float64Array.from({ length: model.dimension * PROBES }, (_, i) => start[Math.floor(i / PROBES)]);
  ontoLevel(model, cv, q, (n) => levels[n]);
  const seen = Array.from(levels, (_, n) => Array.from(start, (_, d) => q[d * PROBES + n]));
  const low = model.energyNode === null ? 0 : model.energyAt(start) + WITHIN_REACH * kT;
  const reached = seen.filter((at) => model.energyNode === null || model.energyAt(at) < low);
  return [start, ...reached].map((at) => model.stateAt(at));
}
