/** Where conditional models come from. */
import type { Lab } from '../sampling/lab.ts';
import type { ModelKind } from './arms.ts';
import { jointSource } from './joint-source.ts';
import { type ConditionalModel, gaussianModel, levelsOf, mixtureModel, QuantileTable } from './model.ts';
import {
  BAD_SHARE,
  BAD_WIDTH,
  DEFENSIVE_SHARE,
  fixedSource,
  type ModelSource,
  type PairScale,
  TRAINING_STEPS,
  type Trainer,
  type TrainerMaker,
} from './model-source.ts';
import { neighbourTable } from './neighbour-table.ts';
import type { CouplePlan } from './plan.ts';
import { quantileProposer } from './proposer.ts';

/** Width of the broad Gaussian in widths of the plotted range. */
const BROAD = 0.25;
const NETWORK_LEVELS = 100;
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
  const scale = scaleOf(plan);
  if (plan.rests.length > 1)
    return jointSource(kind, { lab, plan, scale, makeTrainer: () => makeTrainer(scale, lab.seed) });
  const [[low, high]] = plan.restRanges;
  const width = high - low;
  const broad = gaussianModel((low + high) / 2, BROAD * width);
  const narrowest = NARROWEST * width;
  switch (kind) {
    case 'network':
      return networkSource(makeTrainer(scale, lab.seed), broad, narrowest);
    case 'neighbours':
      return fixedSource((data, nodes) =>
        quantileProposer(mixtureModel(neighbourTable(data, nodes, narrowest), broad, DEFENSIVE_SHARE)),
      );
    case 'broad':
      return fixedSource(() => quantileProposer(broad));
    case 'bad': {
      const bad = gaussianModel(lab.start[plan.rests[0]], BAD_WIDTH * width);
      return fixedSource(() => quantileProposer(mixtureModel(bad, broad, BAD_SHARE)));
    }
    default:
      return kind satisfies never;
  }
}

function scaleOf({ windows, restRanges }: CouplePlan): PairScale {
  const [first, last] = [windows[0].center, windows[windows.length - 1].center];
  return {
    cv: { mean: (first + last) / 2, deviation: (last - first) / Math.sqrt(12) },
    rests: restRanges.map(([low, high]) => ({
      mean: (low + high) / 2,
      deviation: (high - low) / DEVIATIONS,
    })),
  };
}

function networkSource(trainer: Trainer, broad: ConditionalModel, narrowest: number): ModelSource {
  return {
    trainer,
    async *fit(data, nodes, stage) {
      yield* trainer.train(data, TRAINING_STEPS[stage]);
      const quantiles = await trainer.quantiles(nodes, levelsOf(NETWORK_LEVELS));
      const table = new QuantileTable(nodes, quantiles, narrowest);
      return quantileProposer(mixtureModel(table, broad, DEFENSIVE_SHARE));
    },
  };
}
