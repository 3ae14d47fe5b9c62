/**
 * What noise alone did along a path: a(t) - a(0) less the time integral of L a, for functions a of the state. Its mean is zero whatever
 * the path, and its variance the integral of the noise's strength (Dynkin's formula; Ito's isometry): control variates for bursts.
 */
import { differentiate } from '../../expression/differentiate.ts';
import type { NodeId } from '../../expression/graph.ts';
import { Interpreter } from '../../expression/interpret.ts';
import type { SystemModel } from '../../systems/model.ts';
import { covarianceNode, generatorNode } from './generator-nodes.ts';

/** The slow variable first, then the state variables on which its mean rate depends, the held one left out. */
export class Martingales {
  readonly size: number;
  /** k <= l, in the order of all tables of pairs. */
  readonly pairs: readonly (readonly [number, number])[];
  private readonly functions: Interpreter;
  private readonly program: Interpreter;

  constructor(model: SystemModel, cv: NodeId, kT: number, held: number) {
    const { graph, state } = model;
    const isZero = (node: NodeId) => {
      const found = graph.nodes[node];
      return found.op === 'constant' && found.value === 0;
    };
    const slopes = differentiate(graph, generatorNode(model, cv, kT), state);
    const others = state.filter((_, d) => d !== held && !isZero(slopes[d]));
    const nodes = [cv, ...others.map((name) => graph.input(name))];
    this.size = nodes.length;
    this.pairs = nodes.flatMap((_, k) => nodes.slice(k).map((_, i) => [k, k + i] as const));
    const rates = nodes.map((node) => generatorNode(model, node, kT));
    const strengths = this.pairs.map(([k, l]) => covarianceNode(model, nodes[k], nodes[l], kT));
    this.functions = new Interpreter(graph, nodes, state, model.parameters);
    this.program = new Interpreter(graph, [...rates, ...strengths], state, model.parameters);
  }

  /** The functions at states, `[function * count + state]`. */
  values(states: Float64Array, count: number): Float64Array {
    const out = new Float64Array(this.size * count);
    this.functions.evaluate(states, count, out);
    return out;
  }

  /** Their mean rates, then the strengths of the noise of all pairs, in the same layout. */
  rates(states: Float64Array, count: number): Float64Array {
    const out = new Float64Array((this.size + this.pairs.length) * count);
    this.program.evaluate(states, count, out);
    return out;
  }
}
