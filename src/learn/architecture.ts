/** What a network is made of: shape, activation, what it is told beside the noisy state. */
import type { NetworkSettings } from '../core/generative/training-settings.ts';
import type { ActivationId } from './activations.ts';
import type { ConditioningInputs } from './inputs.ts';
import { sharedInputCount } from './inputs.ts';

/**
 * `mlp`: a multilayer perceptron answers the vector F. `energy`: a perceptron answers one number, whose gradient with respect to
 * the (scaled) noisy state is F, so that the score has no curl.
 */
export type NetworkKind = 'mlp' | 'energy';

export interface Architecture extends ConditioningInputs {
  readonly kind: NetworkKind;
  readonly activation: ActivationId;
  /** The noisy state and what `sharedInputs` says. */
  readonly inputs: number;
  /** Coordinates of a state: the length of the answer F. */
  readonly outputs: number;
  readonly width: number;
  /** Hidden layers. */
  readonly depth: number;
}

export function architectureOf(
  { kind, activation, features, width, depth }: NetworkSettings,
  dimension: number,
  { conditions, nullable }: { readonly conditions: number; readonly nullable: boolean },
): Architecture {
  const told = { features, conditions, nullable };
  return {
    ...told,
    kind,
    activation,
    width,
    depth,
    inputs: dimension + sharedInputCount(told),
    outputs: dimension,
  };
}

/** Inputs and outputs of each layer. */
export function layerSizes(architecture: Architecture): readonly (readonly [number, number])[] {
  const { kind, inputs, outputs, width, depth } = architecture;
  const sizes = [inputs, ...new Array<number>(depth).fill(width), kind === 'energy' ? 1 : outputs];
  return sizes.slice(1).map((size, i) => [sizes[i], size] as const);
}

export function parameterCount(architecture: Architecture): number {
  return layerSizes(architecture).reduce((sum, [from, to]) => sum + (from + 1) * to, 0);
}
