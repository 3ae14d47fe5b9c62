/** Which states of a larger set a model is given. */
import { NUMBERS_PER_BLOCK, type RandomStream } from '../numerics/random.ts';

/**
 * `count` rows drawn with these probabilities, one in each of `count` equal strata of their cumulative sum: row n comes
 * floor(count p) to ceil(count p) times, or once more, and `count` p times on average. Rows that are equally probable and
 * more than `count` come once. Independent numbers in the strata, so that no rhythm in the order of the rows is met.
 * @param probabilities need not be normalised  @returns rows in ascending order
 */
export function drawRows(probabilities: Float64Array, count: number, stream: RandomStream): Int32Array {
  const total = probabilities.reduce((a, b) => a + b, 0);
  if (!(total > 0) || !Number.isFinite(total)) throw new RangeError('Probabilities must have a positive sum');
  const rows = new Int32Array(count);
  const u = new Float64Array(NUMBERS_PER_BLOCK);
  let row = 0;
  let sum = probabilities[0];
  let last = 0;
  for (let k = 0; k < count; k++) {
    if (k % NUMBERS_PER_BLOCK === 0) stream.uniforms(0, k / NUMBERS_PER_BLOCK, u);
    const target = ((k + u[k % NUMBERS_PER_BLOCK]) / count) * total;
    while (sum <= target && row < probabilities.length - 1) sum += probabilities[++row];
    // Rounding of the sum must not end at a row that has no probability.
    if (probabilities[row] > 0) last = row;
    rows[k] = last;
  }
  return rows;
}

/** `count` rows of `rows`, each once at most. Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, S). */
export function drawOnce(rows: number, count: number, stream: RandomStream): Int32Array {
  const kept = new Int32Array(Math.min(rows, count));
  const u = new Float64Array(NUMBERS_PER_BLOCK);
  let taken = 0;
  for (let row = 0; taken < kept.length; row++) {
    if (row % NUMBERS_PER_BLOCK === 0) stream.uniforms(0, row / NUMBERS_PER_BLOCK, u);
    if ((rows - row) * u[row % NUMBERS_PER_BLOCK] < kept.length - taken) kept[taken++] = row;
  }
  return kept;
}

/** How many different rows there are in an ascending list. */
export function differentRows(rows: Int32Array): number {
  return rows.reduce((count, row, k) => (k === 0 || row !== rows[k - 1] ? count + 1 : count), 0);
}
