import type { BatchAlgebra, Denoiser, Generator } from '../contract.ts';
import { denoised, type Iteration, largestRatio, levelParams, levelsOf } from '../noise-levels.ts';

/**
 * One step of the flow dy/dr = (y - D(y; r)) / r from `ratio` down to `next`, by Euler's method or, with one more
 * evaluation, Heun's.
 */
export function* flowStep<B>(
  y: B,
  ratio: number,
  next: number,
  { denoiser, algebra }: { readonly denoiser: Denoiser<B>; readonly algebra: BatchAlgebra<B> },
  heun: boolean,
): Iteration<B> {
  const clean = denoiser(y, ratio);
  yield y;
  const kept = next / ratio;
  const euler = algebra.combine([
    [kept, y],
    [1 - kept, clean],
  ]);
  if (!heun) return euler;
  const corrected = denoiser(euler, next);
  yield euler;
  const half = (next - ratio) / 2;
  return algebra.combine([
    [1 + half / ratio, y],
    [-half / ratio, clean],
    [half / next, euler],
    [-half / next, corrected],
  ]);
}

/**
 * The deterministic sampler of Karras et al. 2022 (arXiv 2206.00364), algorithm 1. In y = x / alpha and the ratio the
 * flow is the same for every schedule.
 */
const generator: Generator = {
  title: 'Probability flow',
  cite: 'Karras, Aittala, Aila, Laine, NeurIPS 35 (2022), arXiv 2206.00364',
  params: {
    ...levelParams({
      label: 'Flow steps',
      default: 18,
      min: 6,
      max: 64,
      limits: [1, 512],
      help: 'Steps of the flow from noise to sample; with Heun each costs two evaluations of the network, the last one.',
    }),
    order: {
      kind: 'choice',
      label: 'Method',
      default: 'heun',
      options: [
        { id: 'heun', label: 'Heun' },
        { id: 'euler', label: 'Euler' },
      ],
      help: 'Heun corrects each step by a second evaluation (error of second order in the step); Euler does not (first order).',
    },
  },

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
