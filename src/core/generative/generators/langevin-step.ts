import type { Diffusion } from '../contract.ts';
import type { Iteration } from '../noise-levels.ts';

/**
 * One step of Langevin dynamics y + (strength / 2) ratio^2 score + sqrt(strength) ratio noise at a fixed ratio. The Jacobian of
 * the score is never below -1 / ratio^2, whatever the data, so the step is stable for a strength below 4.
 */
export function* langevinStep<B>(
  y: B,
  ratio: number,
  strength: number,
  { denoiser, algebra, noise }: Diffusion<B>,
): Iteration<B> {
  const clean = denoiser(y, ratio);
  yield y;
  return algebra.combine([
    [1 - strength / 2, y],
    [strength / 2, clean],
    [Math.sqrt(strength) * ratio, noise()],
  ]);
}
