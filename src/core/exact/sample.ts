/** Independent states from the exact density or its conditional distributions, by inverse CDF. */

import { Cumulative } from '../numerics/cumulative.ts';
import { NUMBERS_PER_BLOCK, type RandomStream } from '../numerics/random.ts';
import type { Points } from '../numerics/results.ts';
import { type Density, spacing } from './density.ts';

/** `count` states of the bilinear interpolant of the density; state `n` depends on the stream and `n` only. */
export function sampleEquilibrium(density: Density, count: number, stream: RandomStream): Points {
  const [xs] = density.axes;
  if (density.axes.length === 1) {
    const values = Float32Array.from(sampleDistribution(xs, density.values, count, stream));
    return { dimension: 1, values };
  }
  const columns = Array.from({ length: xs.length }, (_, i) => column(density, i));
  const marginal = new Cumulative(
    xs,
    Float64Array.from(columns, ({ total }) => total),
  );
  const values = new Float32Array(2 * count);
  const u = new Float64Array(NUMBERS_PER_BLOCK);
  for (let n = 0; n < count; n++) {
    stream.uniforms(n, 0, u);
    const { cell, fraction } = marginal.invert(u[0]);
    const [left, right] = [(1 - fraction) * columns[cell].total, fraction * columns[cell + 1].total];
    const chosen = u[2] * (left + right) < left ? cell : cell + 1;
    values[2 * n] = xs[cell] + fraction * spacing(xs);
    values[2 * n + 1] = columns[chosen].quantile(u[1]);
  }
  return { dimension: 2, values };
}

/** `count` values of the distribution with this density on equally spaced nodes. */
export function sampleDistribution(
  x: Float64Array,
  density: Float64Array,
  count: number,
  stream: RandomStream,
): Float64Array {
  const distribution = new Cumulative(x, density);
  const u = new Float64Array(NUMBERS_PER_BLOCK);
  return Float64Array.from({ length: count }, (_, n) => {
    if (n % NUMBERS_PER_BLOCK === 0) stream.uniforms(0, n / NUMBERS_PER_BLOCK, u);
    return distribution.quantile(u[n % NUMBERS_PER_BLOCK]);
  });
}

function column({ axes: [xs, ys], values }: Density, i: number): Cumulative {
  return new Cumulative(
    ys,
    Float64Array.from(ys, (_, j) => values[j * xs.length + i]),
  );
}
