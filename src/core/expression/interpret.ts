/**
 * The reference engine: evaluates nodes of a graph in double precision for many walkers, one operation at a time over
 * blocks of lanes. What depends on parameters only is computed once.
 */
import {
  argumentsOf,
  evaluateBinary,
  evaluateUnary,
  type Graph,
  type GraphNode,
  type NodeId,
  reachable,
} from './graph.ts';
import type { Meter } from './meter.ts';

const LANES = 128;
/** What it costs to begin an operation on a block of lanes, and what an elementary function costs, in operations. */
const BEGINNING = 16;
const FUNCTION = 8;
const FUNCTIONS: ReadonlySet<GraphNode['op']> = new Set(['exp', 'log', 'sin', 'cos', 'tanh', 'atan2', 'pow']);

interface Instruction {
  readonly node: Exclude<GraphNode, { op: 'constant' | 'input' }>;
  readonly target: Float64Array;
  readonly a: Float64Array;
  /** Second argument, or the table of a lookup. */
  readonly b: Float64Array;
  readonly c: Float64Array;
}

export class Interpreter {
  private readonly registers = new Map<NodeId, Float64Array>();
  private readonly instructions: Instruction[] = [];
  private readonly coordinateRegisters: (Float64Array | undefined)[];
  /** Operations for one lane. */
  private readonly cost: number;

  /**
   * @param outputs nodes to evaluate  @param coordinates names of the inputs that differ from walker to walker
   * @param parameters values of all other inputs  @param tables entries of what is looked up, by default those of the graph; they may change between calls
   * @param meter what its operations are counted on
   * @throws RangeError if a table is missing
   */
  constructor(
    graph: Graph,
    private readonly outputs: readonly NodeId[],
    private readonly coordinates: readonly string[],
    parameters: Readonly<Record<string, number>>,
    tables: Readonly<Partial<Record<string, Float64Array>>> = graph.tables,
    private readonly meter?: Meter,
  ) {
    const needed = reachable(graph, outputs);
    const uniform = new Map<NodeId, number>();
    for (const id of needed) {
      const node = graph.nodes[id];
      const register = new Float64Array(LANES);
      this.registers.set(id, register);
      const value = uniformValue(node, uniform, coordinates, parameters);
      if (value !== undefined) {
        uniform.set(id, value);
        register.fill(value);
      } else if (node.op !== 'input' && node.op !== 'constant') {
        const given = argumentsOf(node).map((argument) => this.register(argument));
        if (node.op === 'lookup') given.push(tableOf(tables, node.table));
        const [a, b = a, c = a] = given;
        this.instructions.push({ node, target: register, a, b, c });
      }
    }
    this.cost = this.instructions.reduce(
      (sum, { node }) => sum + (FUNCTIONS.has(node.op) ? FUNCTION : 1),
      this.outputs.length,
    );
    this.coordinateRegisters = coordinates.map((name) =>
      this.registers.get(needed.find((id) => isInput(graph.nodes[id], name)) ?? -1),
    );
  }

  /**
   * @param q coordinates, one after the other: `q[coordinate * walkers + walker]`
   * @param out outputs in the same layout: `out[output * walkers + walker]`
   */
  evaluate(q: Float64Array, walkers: number, out: Float64Array): void {
    for (let start = 0; start < walkers; start += LANES) {
      const lanes = Math.min(LANES, walkers - start);
      this.meter?.spend(lanes * this.cost + BEGINNING * this.instructions.length);
      this.coordinateRegisters.forEach((register, d) => {
        if (register) for (let i = 0; i < lanes; i++) register[i] = q[d * walkers + start + i];
      });
      for (const instruction of this.instructions) run(instruction, lanes);
      for (let k = 0; k < this.outputs.length; k++) {
        const register = this.register(this.outputs[k]);
        for (let i = 0; i < lanes; i++) out[k * walkers + start + i] = register[i];
      }
    }
  }

  /** Values of all outputs at one state. */
  at(state: readonly number[]): number[] {
    const out = new Float64Array(this.outputs.length);
    this.evaluate(
      Float64Array.from(this.coordinates, (_, d) => state[d]),
      1,
      out,
    );
    return [...out];
  }

  private register(id: NodeId): Float64Array {
    return this.registers.get(id) as Float64Array;
  }
}

function tableOf(tables: Readonly<Partial<Record<string, Float64Array>>>, name: string): Float64Array {
  const table = tables[name];
  if (!table) throw new RangeError(`There is no table "${name}"`);
  return table;
}

function isInput(node: GraphNode, name: string): boolean {
  return node.op === 'input' && node.name === name;
}

function uniformValue(
  node: GraphNode,
  known: ReadonlyMap<NodeId, number>,
  coordinates: readonly string[],
  parameters: Readonly<Record<string, number>>,
): number | undefined {
  if (node.op === 'constant') return node.value;
  if (node.op === 'input') return coordinates.includes(node.name) ? undefined : parameters[node.name];
  // A table may change when the parameters do not.
  if (node.op === 'lookup') return undefined;
  const [a, b, c] = argumentsOf(node).map((argument) => known.get(argument));
  if (a === undefined) return undefined;
  if (!('b' in node)) return evaluateUnary[node.op](a);
  if (b === undefined) return undefined;
  if (node.op !== 'select') return evaluateBinary[node.op](a, b);
  return c === undefined ? undefined : a !== 0 ? b : c;
}

/** One loop per operation, written out: a call through a function value would cost several times the operation. */
function run({ node, target, a, b, c }: Instruction, lanes: number): void {
  switch (node.op) {
    case 'add':
      for (let i = 0; i < lanes; i++) target[i] = a[i] + b[i];
      return;
    case 'sub':
      for (let i = 0; i < lanes; i++) target[i] = a[i] - b[i];
      return;
    case 'mul':
      for (let i = 0; i < lanes; i++) target[i] = a[i] * b[i];
      return;
    case 'div':
      for (let i = 0; i < lanes; i++) target[i] = a[i] / b[i];
      return;
    case 'less':
      for (let i = 0; i < lanes; i++) target[i] = a[i] < b[i] ? 1 : 0;
      return;
    case 'atan2':
      for (let i = 0; i < lanes; i++) target[i] = Math.atan2(a[i], b[i]);
      return;
    case 'pow':
      for (let i = 0; i < lanes; i++) target[i] = a[i] ** b[i];
      return;
    case 'select':
      for (let i = 0; i < lanes; i++) target[i] = a[i] !== 0 ? b[i] : c[i];
      return;
    case 'lookup':
      look(b, a, target, lanes);
      return;
    case 'floor':
      for (let i = 0; i < lanes; i++) target[i] = Math.floor(a[i]);
      return;
    case 'neg':
      for (let i = 0; i < lanes; i++) target[i] = -a[i];
      return;
    case 'exp':
      for (let i = 0; i < lanes; i++) target[i] = Math.exp(a[i]);
      return;
    case 'log':
      for (let i = 0; i < lanes; i++) target[i] = Math.log(a[i]);
      return;
    case 'sqrt':
      for (let i = 0; i < lanes; i++) target[i] = Math.sqrt(a[i]);
      return;
    case 'sin':
      for (let i = 0; i < lanes; i++) target[i] = Math.sin(a[i]);
      return;
    case 'cos':
      for (let i = 0; i < lanes; i++) target[i] = Math.cos(a[i]);
      return;
    case 'tanh':
      for (let i = 0; i < lanes; i++) target[i] = Math.tanh(a[i]);
      return;
    case 'abs':
      for (let i = 0; i < lanes; i++) target[i] = Math.abs(a[i]);
      return;
    default:
      node satisfies never;
  }
}

function look(table: Float64Array, a: Float64Array, target: Float64Array, lanes: number): void {
  const last = table.length - 1;
  for (let i = 0; i < lanes; i++) {
    const place = a[i];
    target[i] = table[place >= 1 ? Math.min(Math.floor(place), last) : 0];
  }
}
