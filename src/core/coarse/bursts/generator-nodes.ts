/** What the generator of the dynamics makes of functions of the state, as nodes of the model's graph. */
import { differentiate } from '../../expression/differentiate.ts';
import type { NodeId } from '../../expression/graph.ts';
import type { SystemModel } from '../../systems/model.ts';

/** L a = sum of M (kT d2a - dU da), or of drift da + noise^2/2 d2a, over the state: the mean rate of change of a. */
export function generatorNode(model: SystemModel, a: NodeId, kT: number): NodeId {
  const { graph, state, energyNode, mobilityNodes, driftNodes, noiseNodes } = model;
  const slopes = differentiate(graph, a, state);
  const push = energyNode === null ? null : differentiate(graph, energyNode, state);
  const terms = slopes.map((slope, d) => {
    const bend = differentiate(graph, slope, [state[d]])[0];
    if (!push) {
      const half = graph.mul(graph.constant(0.5), graph.mul(noiseNodes[d], noiseNodes[d]));
      return graph.add(graph.mul(driftNodes[d], slope), graph.mul(half, bend));
    }
    const diffusive = graph.mul(graph.constant(kT), bend);
    return graph.mul(mobilityNodes[d], graph.sub(diffusive, graph.mul(push[d], slope)));
  });
  return terms.reduce((sum, term) => graph.add(sum, term));
}

/** Rate at which the noise makes a and b vary together: sum of 2 kT M da db, or of noise^2 da db, over the state. */
export function covarianceNode(model: SystemModel, a: NodeId, b: NodeId, kT: number): NodeId {
  const { graph, state, energyNode, mobilityNodes, noiseNodes } = model;
  const [da, db] = [a, b].map((node) => differentiate(graph, node, state));
  const terms = state.map((_, d) => {
    const strength =
      energyNode === null
        ? graph.mul(noiseNodes[d], noiseNodes[d])
        : graph.mul(graph.constant(2 * kT), mobilityNodes[d]);
    return graph.mul(strength, graph.mul(da[d], db[d]));
  });
  return terms.reduce((sum, term) => graph.add(sum, term));
}
