/** How the quantiles of a network are found: ordered noise follows the probability flow, which keeps the order in one dimension. */

import type { BatchAlgebra, Denoiser } from '../generative/contract.ts';
import { spaced } from '../generative/diffusion.ts';
import { flowStep } from '../generative/generators/flow-step.ts';

/** Heun steps between the largest and the smallest noise, in units of the data (Karras et al. 2022, arXiv 2206.00364). */
const STEPS = 12;
const SIGMA_MAX = 8;
const SIGMA_MIN = 0.02;
const RHO = 7;

export const QUANTILE_FLOW = {
  sigmaMax: SIGMA_MAX,
  /** Where batches that start with noise of `sigmaMax` end. */
  flow<B>(y: B, diffusion: { readonly denoiser: Denoiser<B>; readonly algebra: BatchAlgebra<B> }): B {
    const ratios = spaced(STEPS, SIGMA_MAX, SIGMA_MIN, RHO);
    let state = y;
    for (let i = 0; i + 1 < ratios.length; i++)
      state = finished(flowStep(state, ratios[i], ratios[i + 1], diffusion, true));
    return diffusion.denoiser(state, SIGMA_MIN);
  },
};

function finished<B>(steps: Iterator<B, B, void>): B {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
