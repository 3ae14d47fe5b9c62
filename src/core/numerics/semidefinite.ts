/** A pivot this small, relative to its diagonal, is rounding: the unknown hangs on nothing but the pinned one. */
const SMALLEST_PIVOT = 1e-11;

/**
 * Solves `H x = b` for positive semi-definite H by Cholesky's method. An unknown whose pivot vanishes is pinned to 0,
 * so that every group of coupled unknowns keeps one arbitrary constant. `unmet` is what b asks of the pinned ones, at most.
 */
export function solveSemidefinite(
  H: Float64Array,
  b: Float64Array,
): { x: Float64Array; unmet: number; pinned: number } {
  const n = b.length;
  const L = new Float64Array(n * n);
  const x = Float64Array.from(b);
  let [unmet, pinned] = [0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = H[i * n + j];
      for (let k = 0; k < j; k++) sum -= L[i * n + k] * L[j * n + k];
      if (j < i) L[i * n + j] = L[j * n + j] > 0 ? sum / L[j * n + j] : 0;
      else L[i * n + i] = sum > SMALLEST_PIVOT * H[i * n + i] ? Math.sqrt(sum) : 0;
    }
    for (let k = 0; k < i; k++) x[i] -= L[i * n + k] * x[k];
    if (L[i * n + i] > 0) x[i] /= L[i * n + i];
    else {
      unmet = Math.max(unmet, Math.abs(x[i]));
      pinned++;
      x[i] = 0;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    if (L[i * n + i] === 0) continue;
    for (let k = i + 1; k < n; k++) x[i] -= L[k * n + i] * x[k];
    x[i] /= L[i * n + i];
  }
  return { x, unmet, pinned };
}
