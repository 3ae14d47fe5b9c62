import { number } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { Schedule } from '../contract.ts';
import { uniformTimes } from '../diffusion.ts';

const params = {
  sigmaMin: number(0.01, [1e-3, 0.1], { symbol: '\\sigma_0', limits: [1e-5, 0.5], scale: 'log' }),
  sigmaMax: number(50, [2, 200], { symbol: '\\sigma_1', limits: [1, 1000], scale: 'log' }),
} satisfies ParamSpecs;

/** "Variance exploding": alpha = 1, sigma grows geometrically. Song et al. 2021, arXiv 2011.13456, eq. 9 and appendix C. */
const schedule: Schedule<typeof params> = {
  cite: 'Song, Sohl-Dickstein, Kingma, Kumar, Ermon, Poole, ICLR 2021, arXiv 2011.13456',
  params,
  path: ({ sigmaMin, sigmaMax }) => {
    const growth = Math.log(sigmaMax / sigmaMin);
    const sigma = (t: number) => sigmaMin * Math.exp(growth * t);
    return {
      ...uniformTimes([0, 1]),
      alpha: () => 1,
      sigma,
      drift: () => 0,
      diffusion: (t) => sigma(t) * Math.sqrt(2 * growth),
      time: (ratio) => Math.log(ratio / sigmaMin) / growth,
    };
  },
};

export default schedule;
