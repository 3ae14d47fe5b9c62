/** A sum without the terms that depend on nothing that varies: single precision has no digits to spare for them. */
import { argumentsOf, type Graph, type NodeId } from './graph.ts';

export interface Parted {
  /** What depends on the names; the node itself where there is nothing to take away. */
  readonly varying: NodeId;
  /** The rest, to be added to it. */
  readonly constant: NodeId;
}

/** @param names inputs that vary */
export function withoutConstant(graph: Graph, output: NodeId, names: readonly string[]): Parted {
  const known = new Map<NodeId, boolean>();
  const varies = (id: NodeId): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const node = graph.nodes[id];
    const answer =
      node.op === 'lookup' ||
      (node.op === 'input' ? names.includes(node.name) : argumentsOf(node).some(varies));
    known.set(id, answer);
    return answer;
  };
  const zero = graph.constant(0);
  const parted = (id: NodeId): Parted => {
    const node = graph.nodes[id];
    if (!varies(id)) return { varying: zero, constant: id };
    if (node.op === 'neg') {
      const inner = parted(node.a);
      return inner.varying === node.a ? whole(id) : negative(inner);
    }
    if (node.op !== 'add' && node.op !== 'sub') return whole(id);
    const [a, b] = [parted(node.a), parted(node.b)];
    if (a.varying === node.a && b.varying === node.b) return whole(id);
    return {
      varying: graph[node.op](a.varying, b.varying),
      constant: graph[node.op](a.constant, b.constant),
    };
  };
  const whole = (id: NodeId): Parted => ({ varying: id, constant: zero });
  const negative = ({ varying, constant }: Parted): Parted => ({
    varying: graph.unary('neg', varying),
    constant: graph.unary('neg', constant),
  });
  return parted(output);
}
