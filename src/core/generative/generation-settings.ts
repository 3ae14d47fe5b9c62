/** Specs of what is generated from a model, and of what it is conditioned on. */
import { groupReader } from '../params/experiment.ts';
import { choice, count, prefixed, shaping } from '../params/make.ts';
import type { NumberSpec, ParamSpecs } from '../params/params.ts';

interface Variable {
  readonly id: string;
  readonly label: string;
  readonly range: readonly [number, number];
}

/** How samples come to have the asked value of the slow variable. */
export const conditionSettingsOf = groupReader<typeof conditionSpecs>('condition');

/**
 * @param cv the slow variable  @param others the other collective variables  @param also the one of them that is chosen too
 */
export function generationSettings(
  { range: [low, high] }: Variable,
  others: readonly Variable[],
  also: Variable | undefined,
): ParamSpecs {
  return {
    denoiser: choice('network', ['network', 'exact'], { shapes: ['denoiser'] }),
    samples: count(20_000, 500, 50_000, {
      limits: [1, 100_000],
      shapes: ['view'],
    }),
    sigma: {
      shapes: ['view'],
      kind: 'number',
      symbol: '\\sigma',
      default: 0.3,
      min: 0.05,
      max: 5,
      limits: [1e-3, 100],
      scale: 'log',
      live: true,
    },
    at: {
      shapes: ['view'],
      kind: 'list',
      symbol: '\\xi',
      default: [(low + high) / 2],
      limits: [low, high],
      maxLength: 32,
    },
    also: choice('none', ['none', ...others.map(({ id, label }) => ({ id, label }))], {
      shapes: ['condition'],
    }),
    alsoAt: alsoAtSetting(also?.range ?? [-1, 1]),
    ...prefixed('condition', shaping('condition', conditionSpecs)),
  };
}

function alsoAtSetting([low, high]: readonly [number, number]): NumberSpec {
  return {
    shapes: ['condition'],
    kind: 'number',
    default: (low + high) / 2,
    min: low,
    max: high,
  };
}

const conditionSpecs = {
  by: choice('network', ['network', 'kernel', 'guidance', 'neighbours']),
  weight: {
    kind: 'number',
    default: 1,
    min: 0,
    max: 4,
    limits: [0, 20],
  },
  bandwidth: {
    kind: 'number',
    default: 0.1,
    min: 0.01,
    max: 1,
    limits: [1e-4, 10],
    scale: 'log',
  },
  neighbours: count(1000, 10, 5000, { limits: [1, 200_000] }),
} satisfies ParamSpecs;
