/** EDM preconditioning (Karras et al. 2022, arXiv 2206.00364, table 1) for standardised data: sigma_data = 1. */
export interface Preconditioning {
  readonly cSkip: number;
  readonly cOut: number;
  readonly cIn: number;
  readonly cNoise: number;
}

/** D(x; sigma) = cSkip x + cOut F(cIn x, cNoise), so that input and target of the network F have unit variance. */
export function preconditioning(sigma: number): Preconditioning {
  const total = Math.hypot(1, sigma);
  return { cSkip: 1 / total ** 2, cOut: sigma / total, cIn: 1 / total, cNoise: Math.log(sigma) / 4 };
}
