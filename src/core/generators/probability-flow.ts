import type { BatchAlgebra, Denoiser, Generator } from '../families.ts';
import type { ParamValues } from '../params.ts';

type Iteration<B> = globalThis.Generator<B, B, void>;

interface FlowParams {
  readonly steps: number;
  readonly sigmaMax: number;
  readonly sigmaMin: number;
  readonly rho: number;
}

/**
 * Noise levels sigma_0 = sigmaMax > ... > sigma_{steps - 1} = sigmaMin > sigma_steps = 0, evenly spaced in
 * sigma^(1/rho) (Karras et al. 2022, arXiv 2206.00364, eq. 5).
 */
export function noiseLevels({ steps, sigmaMax, sigmaMin, rho }: FlowParams): Float64Array {
  const first = sigmaMax ** (1 / rho);
  const last = sigmaMin ** (1 / rho);
  const levels = new Float64Array(steps + 1);
  for (let i = 0; i < steps; i++) levels[i] = (first + (i / Math.max(1, steps - 1)) * (last - first)) ** rho;
  return levels;
}

function flowParams(params: ParamValues): FlowParams {
  const { steps, sigmaMax, sigmaMin, rho } = params as unknown as FlowParams;
  return { steps, sigmaMax, sigmaMin: Math.min(sigmaMin, sigmaMax), rho };
}

/** One step of the flow dx/dsigma = (x - D(x; sigma)) / sigma from `sigma` down to `next`. */
function* flowStep<B>(
  x: B,
  sigma: number,
  next: number,
  denoiser: Denoiser<B>,
  algebra: BatchAlgebra<B>,
): Iteration<B> {
  const denoised = denoiser(x, sigma);
  yield x;
  const ratio = next / sigma;
  const euler = algebra.combine([
    [ratio, x],
    [1 - ratio, denoised],
  ]);
  if (next === 0) return euler;
  const corrected = denoiser(euler, next);
  yield euler;
  const half = (next - sigma) / 2;
  return algebra.combine([
    [1 + half / sigma, x],
    [-half / sigma, denoised],
    [half / next, euler],
    [-half / next, corrected],
  ]);
}

/** The deterministic sampler of Karras et al. 2022 (arXiv 2206.00364), algorithm 1: Heun, with Euler for the last step. */
const generator: Generator = {
  title: 'Probability flow (Heun)',
  cite: 'Karras, Aittala, Aila, Laine, NeurIPS 35 (2022), arXiv 2206.00364',
  params: {
    steps: {
      kind: 'number',
      label: 'Flow steps',
      default: 18,
      min: 4,
      max: 64,
      limits: [1, 512],
      integer: true,
      scale: 'log',
      help: 'Steps of the flow from noise to sample; each costs two evaluations of the network, the last one.',
    },
    sigmaMax: {
      kind: 'number',
      label: 'Largest noise',
      symbol: '\\sigma_{\\max}',
      default: 80,
      min: 2,
      max: 200,
      limits: [0.1, 1000],
      scale: 'log',
      help: 'Noise level at which the flow starts, in standard deviations of the data; too small a value shifts weight between modes.',
    },
    sigmaMin: {
      kind: 'number',
      label: 'Smallest noise',
      symbol: '\\sigma_{\\min}',
      default: 0.01,
      min: 1e-3,
      max: 0.5,
      limits: [1e-5, 10],
      scale: 'log',
      help: 'Noise level before the last step, which removes all noise at once.',
    },
    rho: {
      kind: 'number',
      label: 'Spacing',
      symbol: '\\rho',
      default: 7,
      min: 1,
      max: 12,
      limits: [0.5, 50],
      help: 'The noise levels are evenly spaced in σ to the power 1/ρ: the larger, the more steps at small noise.',
    },
  },

  initialSigma: (params) => flowParams(params).sigmaMax,

  *generate(x, denoiser, algebra, params) {
    const levels = noiseLevels(flowParams(params));
    let state = x;
    for (let i = 0; i + 1 < levels.length; i++)
      state = yield* flowStep(state, levels[i], levels[i + 1], denoiser, algebra);
    return state;
  },
};

export default generator;
