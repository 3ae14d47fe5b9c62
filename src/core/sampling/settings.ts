/** Specs of simulations, direct and biased. */
import { Graph } from '../expression/graph.ts';
import { ExpressionError } from '../expression/parse.ts';
import type { Message } from '../message.ts';
import { choice, count, shaping } from '../params/make.ts';
import type { ParamSpecs } from '../params/params.ts';

const MOST_OBSERVABLE_CHARACTERS = 200;

export const simulationSettings: ParamSpecs = shaping('simulation', {
  walkers: count('Walkers', 256, 1, 4096, 'Independent copies of the system, all started in the same well.', {
    limits: [1, 16384],
  }),
  time: {
    shapes: ['simulation', 'map'],
    kind: 'number',
    label: 'Simulated time',
    symbol: 't',
    unit: 'τ',
    default: 100,
    min: 1,
    max: 1000,
    limits: [1e-3, 1e5],
    scale: 'log',
    help: 'Physical time that each walker is simulated.',
  },
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
    budget: count(
      'Budget',
      2_000_000,
      100_000,
      20_000_000,
      'Force evaluations in all, whatever they are for.',
      {
        limits: [1000, 1e9],
        unit: 'forces',
        shapes: ['budget'],
      },
    ),
    reweight: choice(
      'Reweight to',
      'none',
      [{ id: 'none', label: 'nothing else' }, ...cvs.map(({ id, label }) => ({ id, label }))],
      'A second collective variable, along which the free energy is found from the same samples by their weights.',
      { shapes: ['reweighting'] },
    ),
    observable: {
      kind: 'text',
      shapes: ['observable'],
      label: 'Average of',
      default: '',
      maxLength: MOST_OBSERVABLE_CHARACTERS,
      check: (text) => (text === '' ? undefined : expressionProblem(text, names)),
      help: 'An expression in the coordinates: its equilibrium average is found from the same samples by their weights.',
    },
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
