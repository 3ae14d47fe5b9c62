/** Functions of the language as arithmetic on the nodes of a graph. */
import type { FunctionName } from './functions.ts';
import type { Graph, NodeId } from './graph.ts';

/**
 * Chebyshev coefficients of log(exp(x^2) erfc(x) / t) in 2 t - 1 with t = 2 / (2 + x), from x = 0 on: the form of Press et al.,
 * Numerical Recipes (Cambridge 2007), section 6.2.2; fitted anew, error of erfc 1e-14 of its value.
 */
const ERFC = [
  -1.302653719781709, 0.64196979235649, 0.01947647320418599, -0.009561514786808667, -0.0009465953444821669,
  0.0003668394978529369, 4.252332480665366e-5, -2.027857811267945e-5, -1.624290004661096e-6,
  1.3036558352682211e-6, 1.5626442258683444e-8, -8.523809566322408e-8, 6.529053520054617e-9,
  5.0593427521524365e-9, -9.913635542109962e-10, -2.2736620734301975e-10, 9.646852205946743e-11,
  2.3940553243543643e-12, -6.886002879014086e-12, 8.943956686380261e-13, 3.135491866146367e-13,
  -1.1322054405127346e-13, 6.883382752675971e-16, 6.824170858029296e-15,
];

type Composite = (graph: Graph, a: NodeId, b: NodeId, c: NodeId) => NodeId;

/** Kinks have the slope of neither side: there `abs` has none and the others have that of the larger argument's side. */
const COMPOSITES: Readonly<Record<FunctionName, Composite>> = {
  exp: (graph, a) => graph.unary('exp', a),
  log: (graph, a) => graph.unary('log', a),
  log10: (graph, a) => graph.mul(graph.unary('log', a), graph.constant(Math.LOG10E)),
  sqrt: (graph, a) => graph.unary('sqrt', a),
  cbrt: (graph, a) => graph.mul(sign(graph, a), graph.power(graph.unary('abs', a), graph.constant(1 / 3))),
  sin: (graph, a) => graph.unary('sin', a),
  cos: (graph, a) => graph.unary('cos', a),
  tan: (graph, a) => graph.div(graph.unary('sin', a), graph.unary('cos', a)),
  asin: (graph, a) => graph.atan2(a, besideOnCircle(graph, a)),
  acos: (graph, a) => graph.atan2(besideOnCircle(graph, a), a),
  atan: (graph, a) => graph.atan2(a, graph.constant(1)),
  sinh: (graph, a) => graph.mul(graph.constant(0.5), graph.sub(grown(graph, a), decayed(graph, a))),
  cosh: (graph, a) => graph.mul(graph.constant(0.5), graph.add(grown(graph, a), decayed(graph, a))),
  tanh: (graph, a) => graph.unary('tanh', a),
  erf,
  abs: (graph, a) => graph.unary('abs', a),
  sign,
  step: (graph, a) => graph.less(graph.constant(0), a),
  floor: (graph, a) => graph.unary('floor', a),
  ceil: (graph, a) => graph.unary('neg', graph.unary('floor', graph.unary('neg', a))),
  round: (graph, a) => graph.unary('floor', graph.add(a, graph.constant(0.5))),
  square: (graph, a) => graph.mul(a, a),
  atan2: (graph, a, b) => graph.atan2(a, b),
  pow: (graph, a, b) => graph.power(a, b),
  mod: (graph, a, b) => graph.sub(a, graph.mul(b, graph.unary('floor', graph.div(a, b)))),
  min: (graph, a, b) => graph.select(graph.less(b, a), b, a),
  max: (graph, a, b) => graph.select(graph.less(a, b), b, a),
  less: (graph, a, b) => graph.less(a, b),
  atMost: (graph, a, b) => graph.sub(graph.constant(1), graph.less(b, a)),
  if: (graph, a, b, c) => graph.select(a, b, c),
};

export function composite(graph: Graph, name: FunctionName, inputs: readonly NodeId[]): NodeId {
  const [a, b = a, c = a] = inputs;
  return COMPOSITES[name](graph, a, b, c);
}

function grown(graph: Graph, a: NodeId): NodeId {
  return graph.unary('exp', a);
}

function decayed(graph: Graph, a: NodeId): NodeId {
  return graph.unary('exp', graph.unary('neg', a));
}

/** -1, 0 or 1. */
export function sign(graph: Graph, a: NodeId): NodeId {
  const zero = graph.constant(0);
  return graph.sub(graph.less(zero, a), graph.less(a, zero));
}

/** sqrt(1 - a^2) */
function besideOnCircle(graph: Graph, a: NodeId): NodeId {
  return graph.unary('sqrt', graph.sub(graph.constant(1), graph.mul(a, a)));
}

/** By Clenshaw's recurrence, for |a|, with the sign of a. */
function erf(graph: Graph, a: NodeId): NodeId {
  const number = (value: number) => graph.constant(value);
  const size = graph.unary('abs', a);
  const t = graph.div(number(2), graph.add(number(2), size));
  const twice = graph.sub(graph.mul(number(4), t), number(2));
  let [next, after] = [number(0), number(0)];
  for (const coefficient of ERFC.slice(1).reverse())
    [next, after] = [graph.add(graph.sub(graph.mul(twice, next), after), number(coefficient)), next];
  const series = graph.add(
    graph.sub(graph.mul(graph.mul(number(0.5), twice), next), after),
    number(0.5 * ERFC[0]),
  );
  const complement = graph.mul(t, graph.unary('exp', graph.sub(series, graph.mul(size, size))));
  return graph.mul(sign(graph, a), graph.sub(number(1), complement));
}
