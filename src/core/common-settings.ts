/** Specs of the settings that every experiment has, whatever its system, integrator and generator. */
import { Graph } from './expression/graph.ts';
import { ExpressionError } from './expression/parse.ts';
import type { CollectiveVariable } from './families.ts';
import type { NumberSpec, ParamSpec, ParamSpecs } from './params.ts';
import { placeProblem } from './place.ts';
import type { ResolvedSystem } from './system.ts';

const MOST_PLACE_CHARACTERS = 1000;
const MOST_OBSERVABLE_CHARACTERS = 200;

export function choice(
  label: string,
  initial: string,
  options: readonly { id: string; label: string }[],
  help: string,
  symbol?: string,
): ParamSpec {
  return { kind: 'choice', label, default: initial, options, help, ...(symbol ? { symbol } : {}) };
}

export function family(
  label: string,
  initial: string,
  members: Readonly<Record<string, { title: string }>>,
  help: string,
): ParamSpec {
  return choice(
    label,
    initial,
    Object.entries(members).map(([id, { title }]) => ({ id, label: title })),
    help,
  );
}

export function startSetting(system: ResolvedSystem): ParamSpec {
  return {
    kind: 'text',
    label: 'Start',
    default: typeof system.start === 'string' ? system.start : system.start.join(','),
    maxLength: MOST_PLACE_CHARACTERS,
    check: (text) => placeProblem(text, system),
    help: 'Where all walkers start: the name of a minimum, or coordinates separated by commas.',
  };
}

export function targetSetting(system: ResolvedSystem): ParamSpec {
  return {
    kind: 'text',
    label: 'Target',
    default: system.arrival?.minimum ?? '',
    maxLength: MOST_PLACE_CHARACTERS,
    check: (text) => (text === '' ? undefined : placeProblem(text, system)),
    help: 'What counts as arrival for first passages: the name of a minimum, or coordinates separated by commas.',
  };
}

export const count = (
  label: string,
  initial: number,
  min: number,
  max: number,
  help: string,
  more: Partial<NumberSpec> = {},
): NumberSpec => ({
  kind: 'number',
  label,
  default: initial,
  min,
  max,
  integer: true,
  scale: 'log',
  help,
  ...more,
});

/** An end of a stretch of the slow variable; links may ask for more than its range. */
export function stretchEnd(
  { range: [low, high] }: Pick<CollectiveVariable, 'range'>,
  label: string,
  initial: number,
  help: string,
): NumberSpec {
  const limits = [low - (high - low), high + (high - low)] as const;
  return { kind: 'number', label, default: initial, min: low, max: high, limits, help };
}

export const simulationSettings: ParamSpecs = {
  walkers: count('Walkers', 256, 1, 4096, 'Independent copies of the system, all started in the same well.', {
    limits: [1, 16384],
  }),
  time: {
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
};

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
      },
    ),
    reweight: choice(
      'Reweight to',
      'none',
      [{ id: 'none', label: 'nothing else' }, ...cvs.map(({ id, label }) => ({ id, label }))],
      'A second collective variable, along which the free energy is found from the same samples by their weights.',
    ),
    observable: {
      kind: 'text',
      label: 'Average of',
      default: '',
      maxLength: MOST_OBSERVABLE_CHARACTERS,
      check: (text) => (text === '' ? undefined : expressionProblem(text, names)),
      help: 'An expression in the coordinates: its equilibrium average is found from the same samples by their weights.',
    },
  };
}

function expressionProblem(text: string, names: readonly string[]): string | undefined {
  try {
    new Graph(names).expression(text);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}
