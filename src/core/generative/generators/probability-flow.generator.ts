import { choice, count } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { Generator } from '../contract.ts';
import { denoised, largestRatio, levelParams, levelsOf } from '../noise-levels.ts';
import { flowStep } from './flow-step.ts';

const params = {
  ...levelParams(count(18, [6, 64], { limits: [1, 512] })),
  order: choice('heun', ['heun', 'euler']),
} satisfies ParamSpecs;

/**
 * The deterministic sampler of Karras et al. 2022 (arXiv 2206.00364), algorithm 1. In y = x / alpha and the ratio the
 * flow is the same for every schedule.
 */
const generator: Generator<typeof params> = {
  cite: 'Karras, Aittala, Aila, Laine, NeurIPS 35 (2022), arXiv 2206.00364',
  params,

  order: (params) => (params.order === 'euler' ? 1 : 2),

  initialSigma: largestRatio,

  *generate(y, diffusion, params) {
    const { ratios } = levelsOf(params, diffusion.path);
    const heun = params.order !== 'euler';
    let state = y;
    for (let i = 0; i + 1 < ratios.length; i++)
      state = yield* flowStep(state, ratios[i], ratios[i + 1], diffusion, heun);
    return yield* denoised(state, diffusion.denoiser, ratios[ratios.length - 1]);
  },
};

export default generator;
