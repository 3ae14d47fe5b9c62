import type { Schedule } from '../contract.ts';
import { LEAST_TIME, linearRate, rateParams, uniformTimes } from '../diffusion.ts';

/**
 * "Sub-variance preserving": alpha as in `vp`, with less noise, sigma = 1 - alpha^2. Song et al. 2021, arXiv 2011.13456,
 * eq. 12 and appendix B.
 */
const schedule: Schedule<typeof rateParams> = {
  cite: 'Song, Sohl-Dickstein, Kingma, Kumar, Ermon, Poole, ICLR 2021, arXiv 2011.13456',
  params: rateParams,
  path: ({ betaMin, betaMax }) => {
    const rate = linearRate(betaMin, betaMax);
    return {
      ...uniformTimes([LEAST_TIME, 1]),
      alpha: (t) => Math.exp(-rate.halfIntegral(t)),
      sigma: (t) => -Math.expm1(-2 * rate.halfIntegral(t)),
      drift: (t) => -rate.at(t) / 2,
      diffusion: (t) => Math.sqrt(-rate.at(t) * Math.expm1(-4 * rate.halfIntegral(t))),
      // (1 - alpha^2) / alpha = 2 sinh(-log alpha)
      time: (ratio) => rate.timeOf(Math.asinh(ratio / 2)),
    };
  },
};

export default schedule;
