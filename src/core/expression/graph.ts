/**
 * Expression graph with shared subexpressions. Nodes are numbered in topological order (arguments before users); equal
 * nodes are one node. Every engine and derivative is made from it.
 */
import { composite } from './composites.ts';
import { FUNCTION_NAMES } from './functions.ts';
import { ExpressionError, expressionMessage, parse, place, shown } from './parse.ts';
import type { Operator, Syntax } from './parser.ts';

export const UNARY_OPS = ['neg', 'exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'abs', 'floor'] as const;
/**
 * `less(a, b)` is 1 where a < b and 0 elsewhere; `atan2(a, b)` is the angle of the point (b, a);
 * `pow(a, b)` of a negative a is a number for whole b only. */
export const BINARY_OPS = ['add', 'sub', 'mul', 'div', 'less', 'atan2', 'pow'] as const;
export type UnaryOp = (typeof UNARY_OPS)[number];
export type BinaryOp = (typeof BINARY_OPS)[number];

export type GraphNode =
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'input'; readonly name: string }
  | { readonly op: UnaryOp; readonly a: NodeId }
  | { readonly op: BinaryOp; readonly a: NodeId; readonly b: NodeId }
  /** b where a is not 0, c elsewhere */
  | { readonly op: 'select'; readonly a: NodeId; readonly b: NodeId; readonly c: NodeId }
  /** entry floor(a) of a table that the host may rewrite; the first where a < 0 or is not a number, the last beyond it */
  | { readonly op: 'lookup'; readonly table: string; readonly a: NodeId };
export type NodeId = number;

/** Names with a meaning, unless an input has the same. */
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, E: Math.E };
const MAX_NODES = 20_000;
/** Larger whole powers are no longer products: their rounding would be no better than that of `pow`. */
const MAX_INTEGER_POWER = 1024;

export const evaluateUnary: Readonly<Record<UnaryOp, (a: number) => number>> = {
  neg: (a) => -a,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  abs: Math.abs,
  floor: Math.floor,
};

export const evaluateBinary: Readonly<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  less: (a, b) => (a < b ? 1 : 0),
  atan2: Math.atan2,
  pow: (a, b) => a ** b,
};

export class Graph {
  readonly nodes: GraphNode[] = [];
  private readonly known = new Map<string, NodeId>();
  private readonly definitions = new Map<string, NodeId>();
  /** Tables whose entries belong to the graph and never change, by name. */
  readonly tables: Record<string, Float64Array> = {};

  /** @param inputs names that expressions may use, beside `pi` */
  constructor(private readonly inputs: readonly string[]) {}

  /** Adds an expression. @throws ExpressionError naming the culprit and its place */
  expression(text: string): NodeId {
    return this.fromSyntax(parse(text));
  }

  /** Lets expressions use a name for a node. */
  define(name: string, node: NodeId): void {
    this.definitions.set(name, node);
  }

  constant(value: number): NodeId {
    return this.intern(`constant:${Object.is(value, -0) ? 0 : value}`, { op: 'constant', value });
  }

  input(name: string): NodeId {
    return this.intern(`input:${name}`, { op: 'input', name });
  }

  unary(op: UnaryOp, a: NodeId): NodeId {
    const node = this.nodes[a];
    if (node.op === 'constant') return this.constant(evaluateUnary[op](node.value));
    if (op === 'neg' && node.op === 'neg') return node.a;
    return this.intern(`${op}:${a}`, { op, a });
  }

  add(a: NodeId, b: NodeId): NodeId {
    if (this.isConstant(a, 0)) return b;
    if (this.isConstant(b, 0)) return a;
    return this.binary('add', Math.min(a, b), Math.max(a, b));
  }

  sub(a: NodeId, b: NodeId): NodeId {
    if (this.isConstant(b, 0)) return a;
    if (this.isConstant(a, 0)) return this.unary('neg', b);
    return this.binary('sub', a, b);
  }

  mul(a: NodeId, b: NodeId): NodeId {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ]) {
      if (this.isConstant(one, 0)) return one;
      if (this.isConstant(one, 1)) return other;
      if (this.isConstant(one, -1)) return this.unary('neg', other);
    }
    return this.binary('mul', Math.min(a, b), Math.max(a, b));
  }

  div(a: NodeId, b: NodeId): NodeId {
    return this.isConstant(b, 1) ? a : this.binary('div', a, b);
  }

  /** 1 where a < b, 0 elsewhere. */
  less(a: NodeId, b: NodeId): NodeId {
    return this.binary('less', a, b);
  }

  /** Angle of the point (x, y), from -pi to pi. */
  atan2(y: NodeId, x: NodeId): NodeId {
    return this.binary('atan2', y, x);
  }

  /** `yes` where `condition` is not 0, `no` elsewhere. */
  select(condition: NodeId, yes: NodeId, no: NodeId): NodeId {
    const node = this.nodes[condition];
    if (node.op === 'constant') return node.value === 0 ? no : yes;
    return this.intern(`select:${condition}:${yes}:${no}`, { op: 'select', a: condition, b: yes, c: no });
  }

  /** Entry floor(a) of a table, or the one nearest to it; never constant, since the table may change. */
  lookup(table: string, a: NodeId): NodeId {
    return this.intern(`lookup:${a}:${table}`, { op: 'lookup', table, a });
  }

  /** a^b; whole powers that are known become products. */
  power(a: NodeId, b: NodeId): NodeId {
    const exponent = this.nodes[b];
    if (exponent.op === 'constant') {
      const n = exponent.value;
      if (n === 0.5) return this.unary('sqrt', a);
      if (Number.isInteger(n) && Math.abs(n) <= MAX_INTEGER_POWER)
        return n < 0 ? this.div(this.constant(1), this.integerPower(a, -n)) : this.integerPower(a, n);
    }
    return this.binary('pow', a, b);
  }

  private integerPower(a: NodeId, n: number): NodeId {
    if (n === 0) return this.constant(1);
    const half = this.integerPower(a, Math.floor(n / 2));
    const square = this.mul(half, half);
    return n % 2 === 0 ? square : this.mul(square, a);
  }

  private binary(op: BinaryOp, a: NodeId, b: NodeId): NodeId {
    const [left, right] = [this.nodes[a], this.nodes[b]];
    if (left.op === 'constant' && right.op === 'constant')
      return this.constant(evaluateBinary[op](left.value, right.value));
    return this.intern(`${op}:${a}:${b}`, { op, a, b });
  }

  private isConstant(id: NodeId, value: number): boolean {
    const node = this.nodes[id];
    return node.op === 'constant' && node.value === value;
  }

  private intern(key: string, node: GraphNode): NodeId {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    if (this.nodes.length >= MAX_NODES)
      throw new ExpressionError(expressionMessage('expression-too-large', { most: MAX_NODES }), 0);
    this.nodes.push(node);
    this.known.set(key, this.nodes.length - 1);
    return this.nodes.length - 1;
  }

  private fromSyntax(syntax: Syntax): NodeId {
    switch (syntax.kind) {
      case 'number':
        return this.constant(syntax.value);
      case 'symbol':
        return this.symbol(syntax.name, syntax.start, syntax.called === true);
      case 'negation':
        return this.unary('neg', this.fromSyntax(syntax.argument));
      case 'call':
        return composite(
          this,
          syntax.name,
          syntax.inputs.map((input) => this.fromSyntax(input)),
        );
      case 'binary':
        return this.operation(syntax.operator, this.fromSyntax(syntax.left), this.fromSyntax(syntax.right));
      default:
        return syntax satisfies never;
    }
  }

  /** @param called it stands before a bracket, as a function does */
  private symbol(name: string, start: number, called: boolean): NodeId {
    const defined = this.definitions.get(name);
    if (defined !== undefined) return defined;
    if (this.inputs.includes(name)) return this.input(name);
    const constant = Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
    if (constant !== undefined) return this.constant(constant);
    const where = { name: shown(name), at: place(start) };
    throw new ExpressionError(
      called
        ? expressionMessage('expression-unknown-function', { ...where, functions: FUNCTION_NAMES })
        : expressionMessage('expression-unknown-name', { ...where, known: [...this.inputs, 'pi', 'e'] }),
      start,
    );
  }

  private operation(operator: Operator, a: NodeId, b: NodeId): NodeId {
    switch (operator) {
      case '+':
        return this.add(a, b);
      case '-':
        return this.sub(a, b);
      case '*':
        return this.mul(a, b);
      case '/':
        return this.div(a, b);
      case '^':
        return this.power(a, b);
      default:
        return operator satisfies never;
    }
  }
}

/** Arguments of a node. */
export function argumentsOf(node: GraphNode): NodeId[] {
  if (!('a' in node)) return [];
  if (!('b' in node)) return [node.a];
  return 'c' in node ? [node.a, node.b, node.c] : [node.a, node.b];
}

/** Nodes that the outputs depend on, arguments first. */
export function reachable(graph: Graph, outputs: readonly NodeId[]): NodeId[] {
  const marked = new Set<NodeId>(outputs);
  for (let id = Math.max(-1, ...outputs); id >= 0; id--)
    if (marked.has(id)) for (const argument of argumentsOf(graph.nodes[id])) marked.add(argument);
  return [...marked].sort((i, j) => i - j);
}

/** A copy of `output` in which inputs are replaced by other nodes. */
export function substitute(graph: Graph, output: NodeId, replaced: ReadonlyMap<string, NodeId>): NodeId {
  const copies = new Map<NodeId, NodeId>();
  for (const id of reachable(graph, [output])) {
    const node = graph.nodes[id];
    const copy = (argument: NodeId) => copies.get(argument) as NodeId;
    copies.set(id, copied(graph, id, node, copy, replaced));
  }
  return copies.get(output) as NodeId;
}

function copied(
  graph: Graph,
  id: NodeId,
  node: GraphNode,
  copy: (argument: NodeId) => NodeId,
  replaced: ReadonlyMap<string, NodeId>,
): NodeId {
  switch (node.op) {
    case 'constant':
      return id;
    case 'input':
      return replaced.get(node.name) ?? id;
    case 'select':
      return graph.select(copy(node.a), copy(node.b), copy(node.c));
    case 'lookup':
      return graph.lookup(node.table, copy(node.a));
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'less':
    case 'atan2':
      return graph[node.op](copy(node.a), copy(node.b));
    case 'pow':
      return graph.power(copy(node.a), copy(node.b));
    default:
      return graph.unary(node.op, copy(node.a));
  }
}
