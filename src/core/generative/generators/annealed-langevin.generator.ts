import type { ParamSpecs } from '../../params/params.ts';
import type { Generator } from '../contract.ts';
import { denoised, largestRatio, levelParams, levelsOf } from '../noise-levels.ts';
import { langevinStep } from './langevin-step.ts';

const params = {
  ...levelParams({
    default: 100,
    min: 32,
    max: 1000,
    limits: [16, 4096],
  }),
  perLevel: {
    kind: 'number',
    default: 6,
    min: 1,
    max: 20,
    limits: [1, 1000],
    integer: true,
    scale: 'log',
  },
  stepSize: {
    kind: 'number',
    default: 1,
    min: 0.1,
    max: 2,
    limits: [1e-3, 2],
    scale: 'log',
  },
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
