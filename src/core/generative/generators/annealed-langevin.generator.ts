import { count, number } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { Generator } from '../contract.ts';
import { denoised, largestRatio, levelParams, levelsOf } from '../noise-levels.ts';
import { langevinStep } from './langevin-step.ts';

const params = {
  ...levelParams(count(100, [32, 1000], { limits: [16, 4096] })),
  perLevel: count(6, [1, 20], { limits: [1, 1000] }),
  stepSize: number(1, [0.1, 2], { limits: [1e-3, 2], scale: 'log' }),
} satisfies ParamSpecs;

/**
 * Langevin dynamics at one noise level after the other, the step a fixed share of sigma^2 (Song and Ermon 2019, arXiv 1907.05600,
 * algorithm 1). Where the noise becomes narrow the state freezes before it has relaxed, and the earlier the fewer steps
 * there are: first order in 1 / steps.
 */
const generator: Generator<typeof params> = {
  cite: 'Song, Ermon, NeurIPS 32 (2019), arXiv 1907.05600',
  params,

  order: () => 1,

  initialSigma: largestRatio,

  *generate(y, diffusion, params) {
    const { perLevel, stepSize } = params;
    const { ratios } = levelsOf(params, diffusion.path);
    let state = y;
    for (const ratio of ratios)
      for (let k = 0; k < perLevel; k++) state = yield* langevinStep(state, ratio, stepSize, diffusion);
    return yield* denoised(state, diffusion.denoiser, ratios[ratios.length - 1]);
  },
};

export default generator;
