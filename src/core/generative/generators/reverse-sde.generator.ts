import { count } from '../../params/make.ts';
import type { Generator } from '../contract.ts';
import { denoised, largestRatio, levelParams, levelsOf } from '../noise-levels.ts';

const params = levelParams(count(200, [32, 1000], { limits: [16, 4096] }));

/**
 * Euler-Maruyama for the reversed diffusion dx = (f x - g^2 score) dt + g dW, t falling (Anderson 1982; Song et al. 2021,
 * arXiv 2011.13456, eq. 6). The last step is its mean.
 */
const generator: Generator<typeof params> = {
  cite: 'Song, Sohl-Dickstein, Kingma, Kumar, Ermon, Poole, ICLR 2021, arXiv 2011.13456',
  params,

  order: () => 1,

  initialSigma: largestRatio,

  *generate(y, { denoiser, algebra, path, noise }, params) {
    const { ratios, times } = levelsOf(params, path);
    let state = y;
    for (let i = 0; i + 1 < ratios.length; i++) {
      const [t, next] = [times[i], times[i + 1]];
      const clean = denoiser(state, ratios[i]);
      yield state;
      const h = t - next;
      const g = path.diffusion(t);
      const scale = path.alpha(t) / path.alpha(next);
      const pull = h * (g / path.sigma(t)) ** 2;
      state = algebra.combine([
        [scale * (1 - h * path.drift(t) - pull), state],
        [scale * pull, clean],
        [(g * Math.sqrt(h)) / path.alpha(next), noise()],
      ]);
    }
    return yield* denoised(state, denoiser, ratios[ratios.length - 1]);
  },
};

export default generator;
