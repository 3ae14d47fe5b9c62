/**
 * Expression graph with shared subexpressions. Nodes are numbered in topological order (arguments before users); equal
 * nodes are one node. Every engine and derivative is made from it.
 */
import { ExpressionError, type FunctionName, type Operator, parse, place, type Syntax } from './parse.ts';

export const UNARY_OPS = ['neg', 'exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'abs'] as const;
export const BINARY_OPS = ['add', 'sub', 'mul', 'div'] as const;
export type UnaryOp = (typeof UNARY_OPS)[number];
export type BinaryOp = (typeof BINARY_OPS)[number];

export type GraphNode =
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'input'; readonly name: string }
  | { readonly op: UnaryOp; readonly a: NodeId }
  | { readonly op: BinaryOp; readonly a: NodeId; readonly b: NodeId };
export type NodeId = number;

const MAX_NODES = 20_000;
const MAX_INTEGER_POWER = 64;

export const evaluateUnary: Readonly<Record<UnaryOp, (a: number) => number>> = {
  neg: (a) => -a,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  abs: Math.abs,
};

export const evaluateBinary: Readonly<Record<BinaryOp, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

export class Graph {
  readonly nodes: GraphNode[] = [];
  private readonly known = new Map<string, NodeId>();

  /** @param inputs names that expressions may use, beside `pi` */
  constructor(private readonly inputs: readonly string[]) {}

  /** Adds an expression. @throws ExpressionError naming the culprit and its place */
  expression(text: string): NodeId {
    return this.fromSyntax(parse(text));
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

  /** a^b; whole-number powers become products, others exp(b log a). */
  power(a: NodeId, b: NodeId): NodeId {
    const exponent = this.nodes[b];
    if (exponent.op === 'constant') {
      const n = exponent.value;
      if (n === 0.5) return this.unary('sqrt', a);
      if (Number.isInteger(n) && Math.abs(n) <= MAX_INTEGER_POWER)
        return n < 0 ? this.div(this.constant(1), this.integerPower(a, -n)) : this.integerPower(a, n);
    }
    return this.unary('exp', this.mul(b, this.unary('log', a)));
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
      throw new ExpressionError(`The expression needs more than ${MAX_NODES} operations`, 0);
    this.nodes.push(node);
    this.known.set(key, this.nodes.length - 1);
    return this.nodes.length - 1;
  }

  private fromSyntax(syntax: Syntax): NodeId {
    switch (syntax.kind) {
      case 'number':
        return this.constant(syntax.value);
      case 'symbol':
        return this.symbol(syntax.name, syntax.start);
      case 'negation':
        return this.unary('neg', this.fromSyntax(syntax.argument));
      case 'call':
        return this.call(syntax.name as FunctionName, this.fromSyntax(syntax.argument));
      case 'binary':
        return this.operation(syntax.operator, this.fromSyntax(syntax.left), this.fromSyntax(syntax.right));
      default:
        return syntax satisfies never;
    }
  }

  private symbol(name: string, start: number): NodeId {
    if (this.inputs.includes(name)) return this.input(name);
    if (name === 'pi') return this.constant(Math.PI);
    throw new ExpressionError(
      `"${name.slice(0, 40)}" ${place(start)} is not known; known are ${this.inputs.join(', ')} and pi`,
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

  private call(name: FunctionName, a: NodeId): NodeId {
    const half = () => this.constant(0.5);
    const grown = () => this.unary('exp', a);
    const decayed = () => this.unary('exp', this.unary('neg', a));
    switch (name) {
      case 'tan':
        return this.div(this.unary('sin', a), this.unary('cos', a));
      case 'sinh':
        return this.mul(half(), this.sub(grown(), decayed()));
      case 'cosh':
        return this.mul(half(), this.add(grown(), decayed()));
      default:
        return this.unary(name, a);
    }
  }
}
