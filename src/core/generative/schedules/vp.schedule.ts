import type { Schedule } from '../contract.ts';
import { LEAST_TIME, linearRate, rateParams, uniformTimes } from '../diffusion.ts';

/**
 * "Variance preserving": the data shrink as noise grows, alpha^2 + sigma^2 = 1; an Ornstein-Uhlenbeck process whose rate
 * beta grows linearly. Song et al. 2021, arXiv 2011.13456, eq. 11 and 33.
 */
const schedule: Schedule<typeof rateParams> = {
  cite: 'Song, Sohl-Dickstein, Kingma, Kumar, Ermon, Poole, ICLR 2021, arXiv 2011.13456',
  params: rateParams,
  path: ({ betaMin, betaMax }) => {
    const rate = linearRate(betaMin, betaMax);
    return {
      ...uniformTimes([LEAST_TIME, 1]),
      alpha: (t) => Math.exp(-rate.halfIntegral(t)),
      sigma: (t) => Math.sqrt(-Math.expm1(-2 * rate.halfIntegral(t))),
      drift: (t) => -rate.at(t) / 2,
      diffusion: (t) => Math.sqrt(rate.at(t)),
      time: (ratio) => rate.timeOf(Math.log1p(ratio * ratio) / 2),
    };
  },
};

export default schedule;
