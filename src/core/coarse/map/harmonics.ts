/** Which diffusion coordinates say something new. */

/** Share of the points' median distance that the local fit reaches. */
const REACH = 1 / 3;
const MOST_POINTS = 500;

/**
 * Residual of coordinate k as a locally linear function of those before it, between 0 (a harmonic of them) and 1 (new);
 * the first has 1 (Dsilva, Talmon, Coifman, Kevrekidis, Appl. Comput. Harmon. Anal. 44, 759 (2018)). Fits leave the fitted
 * point out.
 */
export function harmonicResiduals(coordinates: readonly Float64Array[]): Float64Array {
  const n = coordinates[0].length;
  const kept = Array.from({ length: Math.min(n, MOST_POINTS) }, (_, k) =>
    Math.floor((k * n) / Math.min(n, MOST_POINTS)),
  );
  return Float64Array.from(coordinates, (coordinate, k) =>
    k === 0 ? 1 : residual(coordinates.slice(0, k), coordinate, kept),
  );
}

function residual(before: readonly Float64Array[], target: Float64Array, kept: readonly number[]): number {
  const rows = kept.map((i) => before.map((phi) => phi[i]));
  const values = kept.map((i) => target[i]);
  const scale = (REACH * medianDistance(rows)) ** 2;
  let [error, total] = [0, 0];
  rows.forEach((row, i) => {
    const weights = rows.map((other, j) => (j === i ? 0 : Math.exp(-squaredDistance(row, other) / scale)));
    // A point that no other is near cannot be told from those.
    const fitted = weights.some((weight) => weight > 0) ? localFit(rows, values, weights, row) : 0;
    error += (values[i] - fitted) ** 2;
    total += values[i] ** 2;
  });
  return Math.sqrt(error / total);
}

/** Value at `at` of the linear function that fits best with these weights. */
function localFit(
  rows: readonly number[][],
  values: readonly number[],
  weights: readonly number[],
  at: readonly number[],
): number {
  const size = at.length + 1;
  const normal = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  rows.forEach((row, i) => {
    const features = [1, ...row.map((v, d) => v - at[d])];
    features.forEach((f, a) => {
      features.forEach((g, b) => {
        normal[a][b] += weights[i] * f * g;
      });
      normal[a][size] += weights[i] * f * values[i];
    });
  });
  return solveFirst(normal);
}

/** First unknown of a small symmetric system, by elimination from the last to the first. */
function solveFirst(system: number[][]): number {
  const size = system.length;
  for (let pivot = size - 1; pivot > 0; pivot--) {
    const head = system[pivot][pivot] + Number.MIN_VALUE;
    for (let row = 0; row < pivot; row++) {
      const factor = system[row][pivot] / head;
      for (let c = 0; c <= size; c++) system[row][c] -= factor * system[pivot][c];
    }
  }
  return system[0][size] / system[0][0];
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, v, d) => sum + (v - b[d]) ** 2, 0);
}

function medianDistance(rows: readonly number[][]): number {
  const some = rows.filter((_, i) => i % 5 === 0);
  const distances = some.flatMap((a, i) => some.slice(0, i).map((b) => Math.sqrt(squaredDistance(a, b))));
  return distances.sort((x, y) => x - y)[Math.floor(distances.length / 2)];
}
