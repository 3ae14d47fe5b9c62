/** A system with its parameters filled in: everything numerical that is derived from its energy expression. */
import { cvOf, type Experiment, group } from './experiment.ts';
import { differentiate } from './expression/differentiate.ts';
import { Graph, type NodeId } from './expression/graph.ts';
import { Interpreter } from './expression/interpret.ts';
import { tex } from './expression/tex.ts';
import type { CollectiveVariable, Families, System } from './families.ts';
import type { ParamValues } from './params.ts';

export class Model {
  readonly dimension: number;
  /** Mobility of each coordinate. */
  readonly mobility: Float64Array;
  readonly graph: Graph;
  /** Node of the energy in `graph`, and of the mobility of each coordinate. */
  readonly energyNode: NodeId;
  readonly mobilityNodes: readonly NodeId[];
  readonly parameters: Readonly<Record<string, number>>;
  private readonly energyProgram: Interpreter;
  private readonly gradientProgram: Interpreter;

  /** @throws ExpressionError when an expression of the system cannot be read */
  constructor(
    readonly system: System,
    params: ParamValues,
  ) {
    const { coordinates } = system;
    this.dimension = coordinates.length;
    this.parameters = params as Record<string, number>;
    this.graph = new Graph([...coordinates, ...Object.keys(params)]);
    this.energyNode = this.graph.expression(energyText(system, params));
    this.mobilityNodes = coordinates.map((_, d) => this.graph.expression(system.mobility?.[d] ?? '1'));
    this.energyProgram = this.program([this.energyNode]);
    this.gradientProgram = this.program(differentiate(this.graph, this.energyNode, coordinates));
    this.mobility = Float64Array.from(this.program(this.mobilityNodes).at([]));
  }

  /** U of each walker. `q[coordinate * walkers + walker]`, `out[walker]` */
  energy(q: Float64Array, walkers: number, out: Float64Array): void {
    this.energyProgram.evaluate(q, walkers, out);
  }

  /** grad U of each walker, in the layout of `q`. */
  gradient(q: Float64Array, walkers: number, out: Float64Array): void {
    this.gradientProgram.evaluate(q, walkers, out);
  }

  energyAt(state: readonly number[]): number {
    return this.energyProgram.at(state)[0];
  }

  gradientAt(state: readonly number[]): number[] {
    return this.gradientProgram.at(state);
  }

  private program(outputs: readonly number[]): Interpreter {
    return new Interpreter(this.graph, outputs, this.system.coordinates, this.parameters);
  }
}

/** TeX of the energy, with the symbols of the parameters. */
export function energyTex(system: System, params: ParamValues): string {
  const symbols = Object.fromEntries(
    Object.entries(system.params).flatMap(([name, { symbol }]) => (symbol ? [[name, symbol]] : [])),
  );
  return tex(energyText(system, params), symbols);
}

function energyText(system: System, params: ParamValues): string {
  return typeof system.energy === 'string' ? system.energy : system.energy(params);
}

/** What an experiment is about, looked up once. */
export interface Setting {
  readonly model: Model;
  readonly kT: number;
  readonly cv: CollectiveVariable;
  /** Index of the coordinate that is the collective variable. */
  readonly cvCoordinate: number;
}

/** @throws Error if the collective variable is not a coordinate */
export function settingOf(experiment: Experiment, families: Families): Setting {
  const system = families.systems[experiment.system];
  const cv = cvOf(system, experiment.cv);
  const cvCoordinate = system.coordinates.indexOf(cv.value);
  if (cvCoordinate < 0)
    throw new Error(`The slow variable "${cv.label}" is not a coordinate of ${system.title}`);
  return { model: new Model(system, group(experiment, 'system')), kT: experiment.kT, cv, cvCoordinate };
}
