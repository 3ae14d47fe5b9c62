/** What a network is told beside the noisy state. */
import { preconditioning } from './preconditioning.ts';

/** What decides the meaning of the inputs after the noisy state. */
export interface ConditioningInputs {
  readonly features: Features;
  /** Number of slow variables that the model is conditioned on. */
  readonly conditions: number;
  /** Whether there is an input that says that the condition is unknown. */
  readonly nullable: boolean;
}

/**
 * How the noise level is told. `log-sigma`: c = ln(sigma) / 4. `fourier`: c, then sin(kc) and cos(kc) for k = 1 .. 4; for any
 * noise level in use |c| < 3, so that no argument exceeds 12 (sine and cosine of large numbers are poor on graphics devices).
 */
export type Features = 'log-sigma' | 'fourier';

const HARMONICS = [1, 2, 3, 4] as const;
/** A slow variable and its first two harmonics. */
const PER_CONDITION = 5;

/**
 * Inputs that all rows of a batch share: the noise level, then of each standardised slow variable its value and first two
 * harmonics. The null condition (of nullable networks) has zeros there; a last input of 1 tells it from a value of zero.
 *
 * @param condition one value for each condition of the network (none: empty), or null for the null condition
 */
export function sharedInputs(
  { features, conditions, nullable }: ConditioningInputs,
  sigma: number,
  condition: readonly number[] | null,
): number[] {
  const { cNoise } = preconditioning(sigma);
  const noise =
    features === 'log-sigma' ? [] : HARMONICS.flatMap((k) => [Math.sin(k * cNoise), Math.cos(k * cNoise)]);
  const told = condition
    ? condition.flatMap((cv) => [cv, Math.sin(cv), Math.cos(cv), Math.sin(2 * cv), Math.cos(2 * cv)])
    : new Array<number>(PER_CONDITION * conditions).fill(0);
  return [cNoise, ...noise, ...told, ...(nullable ? [condition ? 0 : 1] : [])];
}

export function sharedInputCount({ features, conditions, nullable }: ConditioningInputs): number {
  const noise = features === 'log-sigma' ? 1 : 1 + 2 * HARMONICS.length;
  return noise + PER_CONDITION * conditions + (nullable ? 1 : 0);
}
