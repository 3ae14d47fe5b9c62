/** System and integrator -> step graph. */
import { ACCEPTED, parameterInput, StepBuilder, stateInput } from './dynamics.ts';
import type { Integrator } from './families.ts';
import type { Model } from './model.ts';
import type { StepGraph } from './step-graph.ts';

/**
 * The step of an integrator in a system, recorded along a collective variable: visits in `bins` bins over its range, and the
 * sums of the cv, its square, the energy and the squares of the coordinates.
 */
export function stepGraphOf(
  model: Model,
  integrator: Integrator,
  cv: { readonly value: string; readonly range: readonly [number, number] },
  bins: number,
): StepGraph {
  const { graph, system, energyNode, mobilityNodes } = model;
  const builder = new StepBuilder(graph, system.coordinates, energyNode, mobilityNodes);
  const result = integrator.step(builder);
  const memory = integrator.memory ?? [];
  const inputsOf = (name: string) => system.coordinates.map((_, d) => stateInput(name, d));
  const tally = integrator.acceptance ? [ACCEPTED] : [];
  const state = [...system.coordinates, ...memory.flatMap(inputsOf), ...tally.map(parameterInput)];
  const next = ['q', ...memory, ...tally].flatMap((name) => result[name]);
  const [low, high] = cv.range;
  const value = graph.expression(cv.value);
  const place = graph.mul(graph.sub(value, graph.constant(low)), graph.constant(bins / (high - low)));
  const sums = [value, graph.mul(value, value), energyNode];
  return {
    graph,
    state,
    next,
    normals: inputsOf('normal'),
    uniforms: integrator.acceptance ? [stateInput('uniform', 0)] : [],
    record: { place, bins, sums },
  };
}
