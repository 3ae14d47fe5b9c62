/** Quantiles of the data themselves as a model of one remaining coordinate. */
import { levelsOf, QuantileTable } from './model.ts';
import type { Pairs } from './model-source.ts';
import { nearFinder } from './near.ts';

const NEIGHBOURS = 200;
const NEIGHBOUR_LEVELS = 40;

/** Quantiles of the data nearest to each node, moved along the slope of their regression on the cv. */
export function neighbourTable(data: Pairs, nodes: Float64Array, narrowest: number): QuantileTable {
  const near = nearFinder(data);
  const count = Math.min(NEIGHBOURS, data.cv.length);
  const levels = levelsOf(Math.max(2, Math.min(NEIGHBOUR_LEVELS, count)));
  const quantiles = new Float64Array(nodes.length * levels.length);
  nodes.forEach((node, j) => {
    const values = near(node, count).rests.sort();
    levels.forEach((u, i) => {
      const place = Math.max(0, Math.min(count - 1, u * count - 0.5));
      const low = Math.floor(place);
      const high = Math.min(count - 1, low + 1);
      quantiles[j * levels.length + i] = values[low] + (place - low) * (values[high] - values[low]);
    });
  });
  return new QuantileTable(nodes, quantiles, narrowest);
}
