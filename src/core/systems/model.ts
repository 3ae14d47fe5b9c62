/** A system with its parameters filled in: everything numerical that is derived from its expressions. */

import { withoutConstant } from '../expression/constant-part.ts';
import { differentiate } from '../expression/differentiate.ts';
import { Graph, type NodeId, substitute } from '../expression/graph.ts';
import { Interpreter } from '../expression/interpret.ts';
import type { Meter } from '../expression/meter.ts';
import { tex } from '../expression/tex.ts';
import { type Experiment, group } from '../params/experiment.ts';
import { type ParamValues, sameValue } from '../params/params.ts';
import type { CollectiveVariable, System, SystemFamilies } from './contract.ts';
import { defineLearned, LEARNED_CV } from './learned-cv.ts';
import { cvOf, type ResolvedSystem, resolveSystem } from './resolved.ts';

export class SystemModel {
  readonly system: ResolvedSystem;
  readonly dimension: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly graph: Graph;
  /** Inputs of the graph that hold the state of a walker: the coordinates, or the hidden ones. */
  readonly state: readonly string[];
  /** Node of the energy as a function of the state; null without a potential. */
  readonly energyNode: NodeId | null;
  /** The same without terms that no coordinate changes: what steps of walkers work with, in single precision. */
  readonly varyingEnergyNode: NodeId | null;
  /** What `varyingEnergyNode` leaves out. */
  readonly energyOffset: number;
  readonly driftNodes: readonly NodeId[];
  readonly noiseNodes: readonly NodeId[];
  readonly mobilityNodes: readonly NodeId[];
  /** Nodes of the coordinates as functions of the state. */
  readonly observed: readonly NodeId[];
  /** Mobility of each state variable. */
  readonly mobility: Float64Array;
  private readonly energyProgram: Interpreter | null;
  private readonly gradientProgram: Interpreter | null;

  /**
   * @param meter what its operations are counted on
   * @throws ExpressionError when an expression of the system cannot be read
   */
  constructor(
    private readonly source: System,
    private readonly params: ParamValues,
    private readonly meter?: Meter,
  ) {
    const system = source;
    this.system = resolveSystem(system, params);
    const { coordinates, hidden, energy, drift, noise, mobility } = this.system;
    this.dimension = coordinates.length;
    this.parameters = numbersOf(params);
    this.state = hidden?.coordinates ?? coordinates;
    const names = new Set([...coordinates, ...this.state, ...Object.keys(this.parameters)]);
    this.graph = new Graph([...names]);
    if (system.learned) defineLearned(this.graph, system.learned, coordinates);
    const read = (text: string) => this.graph.expression(text);
    this.energyNode = energy === null ? null : read(energy);
    const parts = this.energyNode === null ? null : withoutConstant(this.graph, this.energyNode, this.state);
    this.varyingEnergyNode = parts?.varying ?? null;
    this.energyOffset = parts === null ? 0 : this.program([parts.constant]).at([])[0];
    this.driftNodes = drift.map(read);
    this.noiseNodes = noise.map(read);
    this.mobilityNodes = mobility.map(read);
    this.observed = (hidden?.observe ?? coordinates).map(read);
    this.mobility = Float64Array.from(this.program(this.mobilityNodes).at([]));
    const recovered = hidden?.recover.map(read) ?? coordinates.map(read);
    const visible = this.energyNode === null ? null : this.replaced(this.energyNode, this.state, recovered);
    this.energyProgram = visible === null ? null : this.program([visible]);
    this.gradientProgram =
      visible === null ? null : this.program(differentiate(this.graph, visible, coordinates));
  }

  /** Whether it is what a system becomes with these parameters. */
  isOf(system: System, params: ParamValues): boolean {
    const fields = Object.keys({ ...system, ...this.source }) as (keyof System)[];
    const names = Object.keys({ ...params, ...this.params });
    return (
      fields.every((field) => system[field] === this.source[field]) &&
      names.every(
        (name) => name in params && name in this.params && sameValue(params[name], this.params[name]),
      )
    );
  }

  /** U of each walker. `q[coordinate * walkers + walker]`, `out[walker]` @throws Error without a potential */
  energy(q: Float64Array, walkers: number, out: Float64Array): void {
    this.potential(this.energyProgram).evaluate(q, walkers, out);
  }

  /** grad U of each walker, in the layout of `q`. @throws Error without a potential */
  gradient(q: Float64Array, walkers: number, out: Float64Array): void {
    this.potential(this.gradientProgram).evaluate(q, walkers, out);
  }

  energyAt(state: readonly number[]): number {
    return this.potential(this.energyProgram).at(state)[0];
  }

  gradientAt(state: readonly number[]): number[] {
    return this.potential(this.gradientProgram).at(state);
  }

  /** Values of an expression in the coordinates, as a program over them. */
  observable(text: string): Interpreter {
    return this.program([this.graph.expression(text)]);
  }

  /** An expression in the coordinates and its derivative by each of them, as a program over the coordinates. */
  withGradient(text: string): Interpreter {
    const node = this.graph.expression(text);
    return this.program([node, ...differentiate(this.graph, node, this.system.coordinates)]);
  }

  /** A node as a program over the state. */
  ofStates(node: NodeId): Interpreter {
    return new Interpreter(this.graph, [node], this.state, this.parameters, this.graph.tables, this.meter);
  }

  /** Node of an expression in the coordinates, as a function of the state. */
  ofState(text: string): NodeId {
    return this.replaced(this.graph.expression(text), this.system.coordinates, this.observed);
  }

  /** The state of a walker that is seen at `at`. */
  stateAt(at: readonly number[]): number[] {
    const { hidden } = this.system;
    if (!hidden) return [...at];
    return this.program(hidden.recover.map((text) => this.graph.expression(text))).at(at);
  }

  private replaced(node: NodeId, names: readonly string[], by: readonly NodeId[]): NodeId {
    return substitute(this.graph, node, new Map(names.map((name, d) => [name, by[d]])));
  }

  private program(outputs: readonly number[]): Interpreter {
    const { coordinates } = this.system;
    return new Interpreter(this.graph, outputs, coordinates, this.parameters, this.graph.tables, this.meter);
  }

  private potential(program: Interpreter | null): Interpreter {
    if (!program) throw new TypeError(`no potential: ${this.system.id}`);
    return program;
  }
}

/**
 * TeX of the energy, with the symbols of the parameters; of drift and noise where there is no potential; and of what is
 * seen of hidden coordinates.
 */
export function energyTex(system: System, params: ParamValues): string {
  const { energy, coordinates, drift, noise, hidden, chain } = resolveSystem(system, params);
  const specs = typeof system.params === 'function' ? system.params(params) : system.params;
  const symbols = Object.fromEntries(
    Object.entries(specs).flatMap(([name, { symbol }]) => (symbol ? [[name, symbol]] : [])),
  );
  const seen = coordinates.flatMap((name, d) =>
    hidden ? [`${tex(name)} &= ${tex(hidden.observe[d], symbols)}`] : [],
  );
  if (chain) {
    const sites = { ...symbols, u: '\\phi_i', v: '\\phi_{i+1}' };
    const term = `${tex(chain.site, sites)} + ${tex(chain.bond, sites)}`;
    return `U = \\sum_{i=1}^{${symbols[chain.sites] ?? params[chain.sites]}} \\left[${term}\\right]`;
  }
  if (energy !== null && seen.length === 0) return `U = ${tex(energy, symbols)}`;
  const moved = hidden?.coordinates ?? coordinates;
  const distribution =
    energy !== null ? [`U &= ${tex(energy, symbols)}`] : moved.map(driftTex(drift, noise, symbols));
  return `\\begin{aligned}${[...distribution, ...seen].join('\\\\')}\\end{aligned}`;
}

function driftTex(
  drift: readonly string[],
  noise: readonly string[],
  symbols: Readonly<Record<string, string>>,
): (name: string, d: number) => string {
  return (name, d) => {
    const amplitude = tex(noise[d], symbols);
    const stirred = amplitude === '0' ? '' : ` + ${amplitude === '1' ? '' : amplitude}\\,dW_{${tex(name)}}`;
    return `d${tex(name)} &= \\left(${tex(drift[d], symbols)}\\right) dt${stirred}`;
  };
}

function numbersOf(params: ParamValues): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** The system of an experiment with its parameters filled in. */
export function systemOf(experiment: Experiment, families: SystemFamilies): ResolvedSystem {
  return resolveSystem(families.systems[experiment.system], group(experiment, 'system'));
}

/** What an experiment is about, looked up once. */
export interface Setting {
  readonly model: SystemModel;
  readonly kT: number;
  readonly cv: CollectiveVariable;
  /** Index of the coordinate that is the collective variable; -1 if it is none of them. */
  readonly cvCoordinate: number;
}

/** @param known a model that is kept if the experiment is about it */
export function settingOf(experiment: Experiment, families: SystemFamilies, known?: SystemModel): Setting {
  const member = families.systems[experiment.system];
  const learned = experiment.cv === LEARNED_CV.id ? families.learned(experiment) : undefined;
  const [system, params] = [learned ? { ...member, learned } : member, group(experiment, 'system')];
  const model = known?.isOf(system, params) ? known : new SystemModel(system, params);
  const cv = cvOf(model.system, experiment.cv);
  return { model, kT: experiment.kT, cv, cvCoordinate: model.system.coordinates.indexOf(cv.value) };
}
