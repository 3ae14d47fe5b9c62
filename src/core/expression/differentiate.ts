/** Reverse-mode differentiation: the gradient of one node is added to the same graph, sharing its subexpressions. */
import { sign } from './composites.ts';
import type { Graph, GraphNode, NodeId } from './graph.ts';

/** Nodes of d(output)/d(input), one for each name in `inputs`. */
export function differentiate(graph: Graph, output: NodeId, inputs: readonly string[]): NodeId[] {
  const adjoints = new Map<NodeId, NodeId>([[output, graph.constant(1)]]);
  const accumulate = (id: NodeId, contribution: NodeId) => {
    const before = adjoints.get(id);
    adjoints.set(id, before === undefined ? contribution : graph.add(before, contribution));
  };
  // Arguments have smaller numbers than their users, so every adjoint is complete when its node is reached.
  for (let id = output; id >= 0; id--) {
    const adjoint = adjoints.get(id);
    if (adjoint !== undefined) propagate(graph, id, graph.nodes[id], adjoint, accumulate);
  }
  return inputs.map((name) => adjoints.get(graph.input(name)) ?? graph.constant(0));
}

function propagate(
  graph: Graph,
  id: NodeId,
  node: GraphNode,
  adjoint: NodeId,
  accumulate: (id: NodeId, contribution: NodeId) => void,
): void {
  const { mul, div, unary } = bound(graph);
  switch (node.op) {
    case 'constant':
    case 'input':
    case 'floor':
    case 'less':
    case 'lookup':
      return;
    case 'add':
      accumulate(node.a, adjoint);
      accumulate(node.b, adjoint);
      return;
    case 'sub':
      accumulate(node.a, adjoint);
      accumulate(node.b, unary('neg', adjoint));
      return;
    case 'mul':
      accumulate(node.a, mul(adjoint, node.b));
      accumulate(node.b, mul(adjoint, node.a));
      return;
    case 'div':
      accumulate(node.a, div(adjoint, node.b));
      accumulate(node.b, unary('neg', mul(adjoint, div(id, node.b))));
      return;
    case 'atan2': {
      const square = graph.add(mul(node.a, node.a), mul(node.b, node.b));
      accumulate(node.a, mul(adjoint, div(node.b, square)));
      accumulate(node.b, unary('neg', mul(adjoint, div(node.a, square))));
      return;
    }
    case 'pow': {
      // Written so that the slope at a = 0 is its limit.
      const lower = graph.power(node.a, graph.sub(node.b, graph.constant(1)));
      accumulate(node.a, mul(adjoint, mul(node.b, lower)));
      accumulate(node.b, mul(adjoint, mul(id, unary('log', unary('abs', node.a)))));
      return;
    }
    case 'select': {
      const zero = graph.constant(0);
      accumulate(node.b, graph.select(node.a, adjoint, zero));
      accumulate(node.c, graph.select(node.a, zero, adjoint));
      return;
    }
    case 'neg':
      accumulate(node.a, unary('neg', adjoint));
      return;
    case 'exp':
      accumulate(node.a, mul(adjoint, id));
      return;
    case 'log':
      accumulate(node.a, div(adjoint, node.a));
      return;
    case 'sqrt':
      accumulate(node.a, div(mul(adjoint, graph.constant(0.5)), id));
      return;
    case 'sin':
      accumulate(node.a, mul(adjoint, unary('cos', node.a)));
      return;
    case 'cos':
      accumulate(node.a, unary('neg', mul(adjoint, unary('sin', node.a))));
      return;
    case 'tanh':
      accumulate(node.a, mul(adjoint, graph.sub(graph.constant(1), mul(id, id))));
      return;
    case 'abs':
      // A kink has no slope, and a walker that stands on it should not be lost.
      accumulate(node.a, mul(adjoint, sign(graph, node.a)));
      return;
    default:
      node satisfies never;
  }
}

function bound(graph: Graph) {
  return {
    mul: graph.mul.bind(graph),
    div: graph.div.bind(graph),
    unary: graph.unary.bind(graph),
  };
}
