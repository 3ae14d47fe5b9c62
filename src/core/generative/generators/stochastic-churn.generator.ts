import { count, number } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { Generator } from '../contract.ts';
import { denoised, largestRatio, levelParams, levelsOf } from '../noise-levels.ts';
import { flowStep } from './flow-step.ts';

/** Largest share by which a step may raise the noise (Karras et al. 2022): the variance doubles at most. */
const MOST_CHURN = Math.SQRT2 - 1;

const params = {
  ...levelParams(count(64, [8, 128], { limits: [8, 1024] })),
  churn: number(10, [0, 80], { symbol: 'S_{\\mathrm{churn}}', limits: [0, 1000] }),
  churnMin: number(0.05, [0.01, 1], { symbol: 'S_{\\min}', limits: [0, 1000] }),
  churnMax: number(50, [1, 100], { symbol: 'S_{\\max}', limits: [0, 1e6], scale: 'log' }),
  churnNoise: number(1, [0.99, 1.02], { symbol: 'S_{\\mathrm{noise}}', limits: [0.5, 2] }),
} satisfies ParamSpecs;

/**
 * The stochastic sampler of Karras et al. 2022 (arXiv 2206.00364), algorithm 2: before each step of the flow some noise is added, and
 * the step starts from the level thus reached. What was wrong before is forgotten in the fresh noise.
 */
const generator: Generator<typeof params> = {
  cite: 'Karras, Aittala, Aila, Laine, NeurIPS 35 (2022), arXiv 2206.00364',
  params,

  order: () => 2,

  initialSigma: largestRatio,

  *generate(y, diffusion, params) {
    const { churn, churnMin, churnMax, churnNoise } = params;
    const { ratios } = levelsOf(params, diffusion.path);
    const raise = Math.min(churn / ratios.length, MOST_CHURN);
    let state = y;
    for (let i = 0; i + 1 < ratios.length; i++) {
      let ratio = ratios[i];
      if (raise > 0 && ratio >= churnMin && ratio <= churnMax) {
        const added = churnNoise * ratio * Math.sqrt(raise * (2 + raise));
        ratio *= 1 + raise;
        state = diffusion.algebra.combine([
          [1, state],
          [added, diffusion.noise()],
        ]);
      }
      state = yield* flowStep(state, ratio, ratios[i + 1], diffusion, true);
    }
    return yield* denoised(state, diffusion.denoiser, ratios[ratios.length - 1]);
  },
};

export default generator;
