/** Specs of simulations, direct and biased. */
import { Graph } from '../expression/graph.ts';
import { ExpressionError } from '../expression/parse.ts';
import type { Message } from '../message.ts';
import { choice, count, number, shaping, text } from '../params/make.ts';
import type { ParamSpecs } from '../params/params.ts';

const MOST_OBSERVABLE_CHARACTERS = 200;

export const simulationSettings: ParamSpecs = shaping('simulation', {
  walkers: count(256, [1, 4096], { limits: [1, 16384] }),
  time: number(100, [1, 1000], {
    symbol: 't',
    unit: 'τ',
    limits: [1e-3, 1e5],
    scale: 'log',
    shapes: ['simulation', 'map'],
  }),
});

/**
 * @param cvs collective variables beside the one along which walkers are biased
 * @param names coordinates and parameters that an observable may name
 */
export function biasSettings(
  cvs: readonly { readonly id: string; readonly label: string }[],
  names: readonly string[],
): ParamSpecs {
  return {
    budget: count(2_000_000, [100_000, 20_000_000], {
      limits: [1000, 1e9],
      unit: 'forces',
      shapes: ['budget'],
    }),
    reweight: choice('none', ['none', ...cvs.map(({ id, label }) => ({ id, label }))], {
      shapes: ['reweighting'],
    }),
    observable: text('', MOST_OBSERVABLE_CHARACTERS, {
      check: (text) => (text === '' ? undefined : expressionProblem(text, names)),
      shapes: ['observable'],
    }),
  };
}

function expressionProblem(text: string, names: readonly string[]): Message | undefined {
  try {
    new Graph(names).expression(text);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error.told;
    throw error;
  }
}
