/** The force along a collective variable whose mean is the derivative of the free energy, state by state. */
import { differentiate } from '../../expression/differentiate.ts';
import type { NodeId } from '../../expression/graph.ts';
import { Interpreter } from '../../expression/interpret.ts';
import type { SystemModel } from '../../systems/model.ts';

/**
 * Program over the state whose outputs are the collective variable and
 * grad U . v - kT div v, v = grad cv / |grad cv|^2,
 * the mean of which at fixed cv is F' (den Otter, Briels, J. Chem. Phys. 109, 4139 (1998); Darve, Pohorille, J. Chem. Phys. 115,
 * 9169 (2001)). In hidden coordinates where there are any: what is seen of them keeps volumes, so that F is the same.
 * Mobilities do not enter, they are no part of the equilibrium. Not finite where the cv has no slope.
 * @returns null without a potential
 */
export function meanForceProgram(model: SystemModel, cv: string, kT: number): Interpreter | null {
  const { graph, energyNode, state } = model;
  if (energyNode === null) return null;
  const node = model.ofState(cv);
  const slope = differentiate(graph, node, state);
  const push = differentiate(graph, energyNode, state);
  const total = (terms: readonly NodeId[]) => terms.reduce((a, b) => graph.add(a, b));
  const square = total(slope.map((g) => graph.mul(g, g)));
  const v = slope.map((g) => graph.div(g, square));
  const along = total(push.map((f, d) => graph.mul(f, v[d])));
  const divergence = total(v.map((component, d) => differentiate(graph, component, [state[d]])[0]));
  const force = graph.sub(along, graph.mul(graph.constant(kT), divergence));
  return new Interpreter(graph, [node, force], state, model.parameters);
}
