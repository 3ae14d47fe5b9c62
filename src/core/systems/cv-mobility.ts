import { differentiate } from '../expression/differentiate.ts';
import type { NodeId } from '../expression/graph.ts';
import type { Interpreter } from '../expression/interpret.ts';
import type { SystemModel } from './model.ts';

/** M |grad cv|^2, the mobility of a collective variable, as a node of the model's graph. @param cv a node of it */
export function cvMobilityNode({ graph, state, mobilityNodes }: SystemModel, cv: NodeId): NodeId {
  const slopes = differentiate(graph, cv, state);
  const terms = slopes.map((slope, d) => graph.mul(mobilityNodes[d], graph.mul(slope, slope)));
  return terms.reduce((a, b) => graph.add(a, b));
}

/** The same of an expression in the coordinates, as a program over states. */
export function cvMobility(model: SystemModel, value: string): Interpreter {
  return model.ofStates(cvMobilityNode(model, model.ofState(value)));
}
