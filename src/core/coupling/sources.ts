/** Where conditional models come from. */
import type { Lab } from '../lab.ts';
import type { ModelKind } from './arms.ts';
import { type ConditionalModel, gaussianModel, levelsOf, mixtureModel, QuantileTable } from './model.ts';
import type { CouplePlan } from './plan.ts';

/** Pairs of cv and remaining coordinate, in no order. */
export interface Pairs {
  readonly cv: Float64Array;
  readonly rest: Float64Array;
}

/** Units in which a network sees its data; they stay while data come and go, so that it need not begin anew. */
export interface PairScale {
  readonly cv: { readonly mean: number; readonly deviation: number };
  readonly rest: { readonly mean: number; readonly deviation: number };
}

/** A conditional network that goes on from where it was. */
export interface Trainer {
  readonly networkEvaluations: number;
  /** Wall time of training and of tables. */
  readonly seconds: number;
  /** Takes `steps` steps on these data, evenly along the cv; yields where it may rest. */
  train(data: Pairs, steps: number): AsyncGenerator<void, void, void>;
  /** Quantiles of the model, `[node * levels + level]`. */
  quantiles(nodes: Float64Array, levels: Float64Array): Promise<Float64Array>;
  dispose(): void;
}

export type TrainerMaker = (scale: PairScale, seed: number) => Trainer;

export type Stage = 'first' | 'growth' | 'refresh';

export interface ModelSource {
  /** The trainer, if there is one: for its costs. */
  readonly trainer: Trainer | null;
  /**
   * A model of the data, made to be asked near these nodes. Yields where it may rest.
   * @param nodes of the cv, ascending
   */
  fit(data: Pairs, nodes: Float64Array, stage: Stage): AsyncGenerator<void, ConditionalModel, void>;
}

/** Share of the proposals that come from a broad Gaussian, so that no place is out of reach; of a bad model less, or it would hide. */
const DEFENSIVE_SHARE = 0.1;
const BAD_SHARE = 0.02;
/** Width of the broad and of the bad Gaussian in widths of the plotted range. */
const BROAD = 0.25;
const BAD = 0.05;
const STEPS: Readonly<Record<Stage, number>> = { first: 600, growth: 300, refresh: 250 };
const NETWORK_LEVELS = 100;
const NEIGHBOURS = 200;
const NEIGHBOUR_LEVELS = 40;
/** Least width of a cell of a table, in widths of the plotted range. */
const NARROWEST = 1e-4;
/** Standard deviations in a plotted range, more or less. */
const DEVIATIONS = 5;

export function sourceOf(
  kind: ModelKind,
  lab: Lab,
  plan: CouplePlan,
  makeTrainer: TrainerMaker,
): ModelSource {
  const [low, high] = plan.restRange;
  const width = high - low;
  const broad = gaussianModel((low + high) / 2, BROAD * width);
  const narrowest = NARROWEST * width;
  switch (kind) {
    case 'network':
      return networkSource(makeTrainer(scaleOf(plan), lab.seed), broad, narrowest);
    case 'neighbours':
      return fixedSource((data, nodes) =>
        mixtureModel(neighbourTable(data, nodes, narrowest), broad, DEFENSIVE_SHARE),
      );
    case 'broad':
      return fixedSource(() => broad);
    case 'bad': {
      const bad = gaussianModel(lab.start[plan.rest], BAD * width);
      return fixedSource(() => mixtureModel(bad, broad, BAD_SHARE));
    }
    default:
      return kind satisfies never;
  }
}

function scaleOf({ windows, restRange: [low, high] }: CouplePlan): PairScale {
  const [first, last] = [windows[0].center, windows[windows.length - 1].center];
  return {
    cv: { mean: (first + last) / 2, deviation: (last - first) / Math.sqrt(12) },
    rest: { mean: (low + high) / 2, deviation: (high - low) / DEVIATIONS },
  };
}

function networkSource(trainer: Trainer, broad: ConditionalModel, narrowest: number): ModelSource {
  return {
    trainer,
    async *fit(data, nodes, stage) {
      yield* trainer.train(data, STEPS[stage]);
      const quantiles = await trainer.quantiles(nodes, levelsOf(NETWORK_LEVELS));
      return mixtureModel(new QuantileTable(nodes, quantiles, narrowest), broad, DEFENSIVE_SHARE);
    },
  };
}

function fixedSource(model: (data: Pairs, nodes: Float64Array) => ConditionalModel): ModelSource {
  return {
    trainer: null,
    // biome-ignore lint/correctness/useYield: it never needs to rest
    async *fit(data, nodes) {
      return model(data, nodes);
    },
  };
}

/** Quantiles of the data nearest to each node, moved along the slope of their regression on the cv. */
export function neighbourTable(data: Pairs, nodes: Float64Array, narrowest: number): QuantileTable {
  const order = Uint32Array.from(data.cv.keys()).sort((a, b) => data.cv[a] - data.cv[b]);
  const sorted = Float64Array.from(order, (i) => data.cv[i]);
  const count = Math.min(NEIGHBOURS, sorted.length);
  const levels = levelsOf(Math.max(2, Math.min(NEIGHBOUR_LEVELS, count)));
  const quantiles = new Float64Array(nodes.length * levels.length);
  nodes.forEach((node, j) => {
    const first = nearestRun(sorted, node, count);
    const near = Array.from(order.subarray(first, first + count), (i) => ({
      z: data.cv[i],
      y: data.rest[i],
    }));
    const slope = slopeOf(near);
    const values = Float64Array.from(near, ({ z, y }) => y + slope * (node - z)).sort();
    levels.forEach((u, i) => {
      const place = Math.max(0, Math.min(count - 1, u * count - 0.5));
      const low = Math.floor(place);
      const high = Math.min(count - 1, low + 1);
      quantiles[j * levels.length + i] = values[low] + (place - low) * (values[high] - values[low]);
    });
  });
  return new QuantileTable(nodes, quantiles, narrowest);
}

/** Start of the `count` consecutive sorted values that are nearest to `at`. */
function nearestRun(sorted: Float64Array, at: number, count: number): number {
  let [low, high] = [0, sorted.length - count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at - sorted[middle] > sorted[middle + count] - at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function slopeOf(near: readonly { readonly z: number; readonly y: number }[]): number {
  const mean = (value: (p: { z: number; y: number }) => number) =>
    near.reduce((sum, p) => sum + value(p), 0) / near.length;
  const [z0, y0] = [mean(({ z }) => z), mean(({ y }) => y)];
  const variance = mean(({ z }) => (z - z0) ** 2);
  return variance > 0 ? mean(({ z, y }) => (z - z0) * (y - y0)) / variance : 0;
}
