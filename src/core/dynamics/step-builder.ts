/** What an integrator works with: the quantities of a system as nodes of one graph. */

import { differentiate } from '../expression/differentiate.ts';
import { type Graph, type NodeId, substitute } from '../expression/graph.ts';
import { parameterInput, stateInput } from '../expression/inputs.ts';
import { Problem } from '../message.ts';
import type { SystemModel } from '../systems/model.ts';
import { message } from './messages.ts';

/** A number for each coordinate. */
export type Vector = readonly NodeId[];

/** Name of the count of accepted proposals of a walker. */
export const ACCEPTED = 'accepted';

/** Writes a time step as arithmetic on nodes. */
export class StepBuilder {
  readonly dt: NodeId;
  readonly kT: NodeId;
  /** Mobility of each coordinate. */
  readonly mobility: Vector;
  /** Where the walkers are. */
  readonly q: Vector;
  /** Standard normals of this step, one for each coordinate. */
  readonly normals: Vector;

  private readonly graph: Graph;
  private readonly coordinates: readonly string[];

  /** @param bias energy of the state that is added to that of the model, or null */
  constructor(
    private readonly model: SystemModel,
    private readonly bias: NodeId | null = null,
  ) {
    this.graph = model.graph;
    this.coordinates = model.state;
    this.dt = this.parameter('dt');
    this.kT = this.parameter('kT');
    this.mobility = model.mobilityNodes;
    this.q = this.coordinates.map((name) => this.graph.input(name));
    this.normals = this.coordinates.map((_, d) => this.graph.input(stateInput('normal', d)));
  }

  /** A parameter of the integrator. */
  parameter(name: string): NodeId {
    return this.graph.input(parameterInput(name));
  }

  /** What the step before left under this name. */
  memory(name: string): Vector {
    return this.coordinates.map((_, d) => this.graph.input(stateInput(name, d)));
  }

  private get uniform(): NodeId {
    return this.graph.input(stateInput('uniform', 0));
  }

  /**
   * Takes the proposal with probability min(1, exp(logRatio)), else stays; counts acceptances. A ratio that is not a number
   * rejects.
   */
  acceptOrStay(proposal: Vector, logRatio: NodeId): Readonly<Record<string, Vector>> {
    const accepted = this.less(this.uniform, this.exp(logRatio));
    return {
      q: this.each((d) => this.select(accepted, proposal[d], this.q[d])),
      [ACCEPTED]: [this.sum(this.graph.input(parameterInput(ACCEPTED)), accepted)],
    };
  }

  /** U at `q`, up to a constant. @throws Error without a potential */
  energy(q: Vector): NodeId {
    const { varyingEnergyNode: energyNode, system } = this.model;
    if (energyNode === null) throw new Problem(message('needs-potential', { system: system.id }));
    return substitute(this.graph, this.biased(energyNode), this.replacing(q));
  }

  /** grad U at `q`, with that of the bias, or minus the drift where there is no potential; one force evaluation per call and walker. */
  gradient(q: Vector): Vector {
    const { energyNode, driftNodes } = this.model;
    const slope = (energy: NodeId) => differentiate(this.graph, energy, this.coordinates);
    const push = energyNode === null && this.bias !== null ? slope(this.bias) : null;
    const gradient =
      energyNode === null
        ? driftNodes.map((node, d) => this.graph.sub(push?.[d] ?? this.graph.constant(0), node))
        : slope(this.biased(energyNode));
    return gradient.map((node) => substitute(this.graph, node, this.replacing(q)));
  }

  /** Standard deviation of the noise of a step: sqrt(2 kT M dt), or the stated amplitude times sqrt(dt). */
  noise(d: number): NodeId {
    const { energyNode, noiseNodes } = this.model;
    if (energyNode === null) return this.product(noiseNodes[d], this.sqrt(this.dt));
    return this.sqrt(this.product(this.number(2), this.kT, this.mobility[d], this.dt));
  }

  private biased(energy: NodeId): NodeId {
    return this.bias === null ? energy : this.graph.add(energy, this.bias);
  }

  number(value: number): NodeId {
    return this.graph.constant(value);
  }

  sum(...terms: readonly NodeId[]): NodeId {
    return terms.reduce((a, b) => this.graph.add(a, b));
  }

  difference(a: NodeId, b: NodeId): NodeId {
    return this.graph.sub(a, b);
  }

  product(...factors: readonly NodeId[]): NodeId {
    return factors.reduce((a, b) => this.graph.mul(a, b));
  }

  quotient(a: NodeId, b: NodeId): NodeId {
    return this.graph.div(a, b);
  }

  sqrt(a: NodeId): NodeId {
    return this.graph.unary('sqrt', a);
  }

  exp(a: NodeId): NodeId {
    return this.graph.unary('exp', a);
  }

  less(a: NodeId, b: NodeId): NodeId {
    return this.graph.less(a, b);
  }

  select(condition: NodeId, yes: NodeId, no: NodeId): NodeId {
    return this.graph.select(condition, yes, no);
  }

  /** One number per coordinate. */
  each(make: (d: number) => NodeId): Vector {
    return this.coordinates.map((_, d) => make(d));
  }

  private replacing(q: Vector): ReadonlyMap<string, NodeId> {
    return new Map(this.coordinates.map((name, d) => [name, q[d]]));
  }
}
