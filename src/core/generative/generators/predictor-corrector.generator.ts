import { count, number, whole } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { Generator } from '../contract.ts';
import { denoised, largestRatio, levelParams, levelsOf } from '../noise-levels.ts';
import { langevinStep } from './langevin-step.ts';

const params = {
  ...levelParams(count(200, [32, 1000], { limits: [16, 4096] })),
  corrections: whole(1, [0, 4], { limits: [0, 100] }),
  correction: number(1, [0.1, 2], { limits: [0, 2] }),
} satisfies ParamSpecs;

/**
 * Reverse-diffusion predictor and Langevin corrector (Song et al. 2021, arXiv 2011.13456, algorithms 1 to 3 and appendix E).
 *
 * Predictor: where the schedule's own transition to the next noisier level is x' = a x + G noise, the state follows
 * x = (2 - a) x' + G^2 score + G noise.
 *
 * Corrector: the paper sets the Langevin step by norms of score and noise averaged over the batch, so that a sample depends on
 * the others it was generated with. Here the score's norm is replaced by its bound sqrt(d) / sigma, which leaves a step
 * of a fixed share of sigma^2: `correction` times the share of variance that the predictor has just taken away. So both
 * errors vanish with the step.
 */
const generator: Generator<typeof params> = {
  cite: 'Song, Sohl-Dickstein, Kingma, Kumar, Ermon, Poole, ICLR 2021, arXiv 2011.13456',
  params,

  order: () => 1,

  initialSigma: largestRatio,

  *generate(y, diffusion, params) {
    const { denoiser, algebra, path, noise } = diffusion;
    const { corrections, correction } = params;
    const { ratios, times } = levelsOf(params, path);
    let state = y;
    for (let i = 0; i + 1 < ratios.length; i++) {
      const clean = denoiser(state, ratios[i]);
      yield state;
      const a = path.alpha(times[i]) / path.alpha(times[i + 1]);
      const removed = 1 - (ratios[i + 1] / ratios[i]) ** 2;
      state = algebra.combine([
        [a * (2 - a - removed), state],
        [a * removed, clean],
        [a * ratios[i] * Math.sqrt(removed), noise()],
      ]);
      for (let k = 0; k < corrections; k++)
        state = yield* langevinStep(state, ratios[i + 1], correction * removed, diffusion);
    }
    return yield* denoised(state, denoiser, ratios[ratios.length - 1]);
  },
};

export default generator;
