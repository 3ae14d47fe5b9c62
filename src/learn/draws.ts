/** Blocks of random numbers, drawn on the CPU so that no result depends on a backend. */
import { NUMBERS_PER_BLOCK, type RandomStream } from '../core/numerics/random.ts';

/** A buffer of at least `count` numbers, whole Philox blocks. */
export function drawBuffer(count: number): Float64Array {
  return new Float64Array(Math.ceil(count / NUMBERS_PER_BLOCK) * NUMBERS_PER_BLOCK);
}

/** Fills `buffer` (whole blocks) with the first normals of `index`. */
export function fillNormals(stream: RandomStream, index: number, buffer: Float64Array): void {
  for (let start = 0; start < buffer.length; start += NUMBERS_PER_BLOCK)
    stream.normals(index, start / NUMBERS_PER_BLOCK, buffer, start);
}

/** Fills `buffer` (whole blocks) with the first uniforms of `index`, in (0, 1). */
export function fillUniforms(stream: RandomStream, index: number, buffer: Float64Array): void {
  for (let start = 0; start < buffer.length; start += NUMBERS_PER_BLOCK)
    stream.uniforms(index, start / NUMBERS_PER_BLOCK, buffer, start);
}
