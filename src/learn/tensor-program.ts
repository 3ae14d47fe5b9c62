/** Nodes of an expression graph on tensors, so that a collective variable is computed where the network is. */
import * as tf from '@tensorflow/tfjs';
import {
  type BinaryOp,
  type Graph,
  type GraphNode,
  type NodeId,
  reachable,
  type UnaryOp,
} from '../core/expression/graph.ts';

const UNARY: Readonly<Record<UnaryOp, (a: tf.Tensor) => tf.Tensor>> = {
  neg: tf.neg,
  exp: tf.exp,
  log: tf.log,
  sqrt: tf.sqrt,
  sin: tf.sin,
  cos: tf.cos,
  tanh: tf.tanh,
  abs: tf.abs,
  floor: tf.floor,
};

const BINARY: Readonly<Record<BinaryOp, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor>> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  less: (a, b) => tf.cast(tf.less(a, b), 'float32'),
  atan2: tf.atan2,
  pow: tf.pow,
};

/**
 * Values of `outputs` for inputs of one shape; numbers among the inputs are parameters. The caller tidies up.
 * @throws Error for an input that is not given
 */
export function evaluateOnTensors(
  graph: Graph,
  outputs: readonly NodeId[],
  inputs: Readonly<Record<string, tf.Tensor | number>>,
): tf.Tensor[] {
  const values = new Map<NodeId, tf.Tensor>();
  const known = (id: NodeId) => values.get(id) as tf.Tensor;
  for (const id of reachable(graph, outputs)) {
    const node = graph.nodes[id];
    const value =
      node.op === 'lookup'
        ? lookedUp(graph.tables[node.table], known(node.a))
        : nodeValue(node, known, inputs);
    values.set(id, value);
  }
  return outputs.map(known);
}

function lookedUp(table: Float64Array, place: tf.Tensor): tf.Tensor {
  const entry = tf.clipByValue(tf.floor(place), 0, table.length - 1);
  return tf.gather(tf.tensor1d(Float32Array.from(table)), tf.cast(entry, 'int32'));
}

function nodeValue(
  node: Exclude<GraphNode, { op: 'lookup' }>,
  known: (id: NodeId) => tf.Tensor,
  inputs: Readonly<Record<string, tf.Tensor | number>>,
): tf.Tensor {
  switch (node.op) {
    case 'constant':
      return tf.scalar(node.value);
    case 'input': {
      const given = inputs[node.name];
      if (given === undefined) throw new Error(`There is no value of ${node.name}`);
      return typeof given === 'number' ? tf.scalar(given) : given;
    }
    case 'select':
      return tf.where(tf.notEqual(known(node.a), 0), known(node.b), known(node.c));
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'less':
    case 'atan2':
    case 'pow':
      return BINARY[node.op](known(node.a), known(node.b));
    default:
      return UNARY[node.op](known(node.a));
  }
}
