/**
 * Density of what a denoiser generates, by the change of variables along the probability flow (Chen et al. 2018, arXiv
 * 1806.07366; Song et al. 2021, arXiv 2011.13456, appendix D.2). With the noise ratio r = exp(u) the flow is
 * dy/du = y - D(y; r), so d log p / du = div D - dimension along it.
 */

import type { BatchAlgebra, Denoiser, Path } from './contract.ts';
import { type LevelParams, largestRatio, smallestRatio } from './noise-levels.ts';

/** D(y; ratio) and its divergence by y, one number per state. */
export type Divergent<B> = (y: B, ratio: number) => { readonly denoised: B; readonly divergence: B };

/** Ratios between which the flow is followed, and steps in between. */
export interface Flow {
  readonly sigmaMin: number;
  readonly sigmaMax: number;
  readonly steps: number;
}

/** The flow between the largest and the smallest noise of a generator. */
export function flowOf(params: LevelParams, path: Path): Flow {
  const sigmaMax = largestRatio(params, path);
  return { sigmaMin: smallestRatio(params, path), sigmaMax, steps: FLOW_STEPS };
}

/** Where the flow has arrived; `gain` is the integral of div D over log ratio so far. */
export interface FlowState<B> {
  readonly y: B;
  readonly gain: B;
}

/** Steps of four evaluations each that leave an error below 1e-3 where the data are, from 0.01 to 80. */
export const FLOW_STEPS = 96;

/** A step of the classical Runge-Kutta method in log ratio, four evaluations. */
export function flowStep<B>(
  { y, gain }: FlowState<B>,
  ratio: number,
  next: number,
  evaluate: Divergent<B>,
  algebra: BatchAlgebra<B>,
): FlowState<B> {
  const h = Math.log(next / ratio);
  const middle = Math.sqrt(ratio * next);
  const slope = (at: B, r: number) => {
    const { denoised, divergence } = evaluate(at, r);
    const motion = algebra.combine([
      [1, at],
      [-1, denoised],
    ]);
    return { motion, divergence };
  };
  const after = (share: number, { motion }: { motion: B }) =>
    algebra.combine([
      [1, y],
      [share * h, motion],
    ]);
  const k1 = slope(y, ratio);
  const k2 = slope(after(1 / 2, k1), middle);
  const k3 = slope(after(1 / 2, k2), middle);
  const k4 = slope(after(1, k3), next);
  const stages = [k1, k2, k3, k4];
  const weights = [h / 6, h / 3, h / 3, h / 6];
  const moves = stages.map(({ motion }, i) => [weights[i], motion] as const);
  const gains = stages.map(({ divergence }, i) => [weights[i], divergence] as const);
  return {
    y: algebra.combine([[1, y], ...moves]),
    gain: algebra.combine([[1, gain], ...gains]),
  };
}

/** Ratios after each step, from sigmaMin to sigmaMax, evenly spaced in their logarithm. */
export function flowRatios({ sigmaMin, sigmaMax, steps }: Flow): Float64Array {
  return Float64Array.from({ length: steps + 1 }, (_, i) => sigmaMin * (sigmaMax / sigmaMin) ** (i / steps));
}

/**
 * Log density of the states with which the flow began, noise sigmaMin on top, from where it arrived (row by row) and the
 * gain. There the density is taken as N(0, 1 + sigmaMax^2), right for standardised data to second order in 1 / sigmaMax.
 */
export function logDensityOf(
  arrived: ArrayLike<number>,
  gain: ArrayLike<number>,
  { sigmaMin, sigmaMax }: Flow,
): Float64Array {
  const dimension = arrived.length / gain.length;
  const variance = 1 + sigmaMax ** 2;
  const constant = dimension * (Math.log(sigmaMax / sigmaMin) - Math.log(2 * Math.PI * variance) / 2);
  return Float64Array.from(gain, (integral, n) => {
    let square = 0;
    for (let i = n * dimension; i < (n + 1) * dimension; i++) square += arrived[i] ** 2;
    return constant - square / (2 * variance) - integral;
  });
}

/**
 * Log density of standardised states on plain arrays, row by row, without noise: that of sigmaMin is taken away to first order by the
 * heat equation, dp / d(sigma^2) = (Laplacian p) / 2, the error left being of order sigmaMin^4. For exact denoisers only: of
 * a network, D at sigmaMin is not quite the score of the density of its flow, and the correction would be an error.
 */
export function exactLogDensity(
  states: Float64Array,
  evaluate: Divergent<Float64Array>,
  algebra: BatchAlgebra<Float64Array>,
  flow: Flow,
): Float64Array {
  const { denoised, divergence } = evaluate(states, flow.sigmaMin);
  const dimension = states.length / divergence.length;
  const ratios = flowRatios(flow);
  let state: FlowState<Float64Array> = { y: states, gain: new Float64Array(divergence.length) };
  for (let i = 0; i < flow.steps; i++) state = flowStep(state, ratios[i], ratios[i + 1], evaluate, algebra);
  return logDensityOf(state.y, state.gain, flow).map((value, n) => {
    // sigmaMin^2 times the Laplacian of p, over p
    let curvature = divergence[n] - dimension;
    for (let i = n * dimension; i < (n + 1) * dimension; i++)
      curvature += ((denoised[i] - states[i]) / flow.sigmaMin) ** 2;
    return value - curvature / 2;
  });
}

/** Half the distance of central differences, in units of the width of the noised data: truncation and single precision meet here. */
export const DIFFERENCE = 0.003;

/** Adds the divergence to a denoiser of one or a few coordinates by central differences. */
export function withDivergence(denoiser: Denoiser<Float64Array>, dimension: number): Divergent<Float64Array> {
  return (y, ratio) => {
    const h = DIFFERENCE * Math.hypot(1, ratio);
    const divergence = new Float64Array(y.length / dimension);
    for (let d = 0; d < dimension; d++) {
      const [above, below] = [1, -1].map((sign) =>
        denoiser(
          y.map((value, i) => (i % dimension === d ? value + sign * h : value)),
          ratio,
        ),
      );
      for (let n = 0; n < divergence.length; n++) {
        const i = n * dimension + d;
        divergence[n] += (above[i] - below[i]) / (2 * h);
      }
    }
    return { denoised: denoiser(y, ratio), divergence };
  };
}
