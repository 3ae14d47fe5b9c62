/** Specs of what is generated from a model, and of what it is conditioned on. */
import { groupReader } from '../params/experiment.ts';
import { choice, count, list, number, prefixed, shaping } from '../params/make.ts';
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
    samples: count(20_000, [500, 50_000], { limits: [1, 100_000], shapes: ['view'] }),
    sigma: number(0.3, [0.05, 5], {
      symbol: '\\sigma',
      limits: [1e-3, 100],
      scale: 'log',
      live: true,
      shapes: ['view'],
    }),
    at: list([(low + high) / 2], [low, high], 32, { symbol: '\\xi', shapes: ['view'] }),
    also: choice('none', ['none', ...others.map(({ id, label }) => ({ id, label }))], {
      shapes: ['condition'],
    }),
    alsoAt: alsoAtSetting(also?.range ?? [-1, 1]),
    ...prefixed('condition', shaping('condition', conditionSpecs)),
  };
}

function alsoAtSetting([low, high]: readonly [number, number]): NumberSpec {
  return number((low + high) / 2, [low, high], { shapes: ['condition'] });
}

const conditionSpecs = {
  by: choice('network', ['network', 'kernel', 'guidance', 'neighbours']),
  weight: number(1, [0, 4], { limits: [0, 20] }),
  bandwidth: number(0.1, [0.01, 1], { limits: [1e-4, 10], scale: 'log' }),
  neighbours: count(1000, [10, 5000], { limits: [1, 200_000] }),
} satisfies ParamSpecs;
