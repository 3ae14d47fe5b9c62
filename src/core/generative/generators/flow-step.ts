import type { BatchAlgebra, Denoiser } from '../contract.ts';
import type { Iteration } from '../noise-levels.ts';

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
