import { number } from '../../params/make.ts';
import type { ParamSpecs } from '../../params/params.ts';
import type { Schedule } from '../contract.ts';
import { spaced } from '../diffusion.ts';

/** Exponent of the usual spacing (Karras et al. 2022, table 1). */
const RHO = 7;

const params = {
  logMean: number(-1, [-3, 1], { symbol: 'P_{\\mathrm{mean}}', limits: [-10, 5] }),
  logDeviation: number(1.4, [0.5, 3], { symbol: 'P_{\\mathrm{std}}', limits: [0, 5] }),
} satisfies ParamSpecs;

/**
 * Noise is added and nothing else: alpha = 1, sigma = t, g = sqrt(2 t). In training ln sigma is normal. Karras, Aittala, Aila, Laine,
 * NeurIPS 35 (2022), arXiv 2206.00364.
 */
const schedule: Schedule<typeof params> = {
  cite: 'Karras, Aittala, Aila, Laine, NeurIPS 35 (2022), arXiv 2206.00364',
  params,
  path: ({ logMean, logDeviation }) => {
    return {
      range: [1e-5, 1000],
      alpha: () => 1,
      sigma: (t) => t,
      drift: () => 0,
      diffusion: (t) => Math.sqrt(2 * t),
      time: (ratio) => ratio,
      trainingTime: (normal) => Math.exp(logMean + logDeviation * normal),
      times: (count, first, last) => spaced(count, first, last, RHO),
    };
  },
};

export default schedule;
