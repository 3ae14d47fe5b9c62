/** Models of several remaining coordinates at once. */

import { Draws } from '../numerics/draws.ts';
import type { Lab } from '../sampling/lab.ts';
import type { ModelKind } from './arms.ts';
import { gaussianDistribution, kernelDistribution, normalDistribution } from './cloud-distribution.ts';
import { DenoisingProposer } from './denoising-moves.ts';
import {
  BAD_SHARE,
  BAD_WIDTH,
  DEFENSIVE_SHARE,
  fixedSource,
  type ModelSource,
  type PairScale,
  type Pairs,
  TRAINING_STEPS,
  type Trainer,
} from './model-source.ts';
import type { CouplePlan } from './plan.ts';
import { displacedProposer, independenceProposer, mixedDistribution } from './proposer.ts';

/** Data nearest to a node that make a model there. */
const NEIGHBOURS = 500;

/** Share of the proposals that come from a place beside the walker, and how far it is, in widths of the range of all windows. */
const DISPLACED_SHARE = 0.5;
const DISPLACEMENT = 0.125;

export interface JointContext {
  readonly lab: Lab;
  readonly plan: CouplePlan;
  readonly scale: PairScale;
  readonly makeTrainer: () => Trainer;
}

/** Every model is asked beside the walkers now and then: a valley that was found at one place spreads along the cv. */
export function jointSource(kind: ModelKind, context: JointContext): ModelSource {
  const source = sourceAt(kind, context);
  const { windows } = context.plan;
  const reach = DISPLACEMENT * (windows[windows.length - 1].center - windows[0].center);
  return {
    trainer: source.trainer,
    async *fit(data, nodes, stage) {
      return displacedProposer(yield* source.fit(data, nodes, stage), DISPLACED_SHARE, reach);
    },
  };
}

function sourceAt(kind: ModelKind, { lab, plan, scale, makeTrainer }: JointContext): ModelSource {
  const { rests, restRanges } = plan;
  const broad = (data: Pairs, nodes: Float64Array) => gaussianDistribution(data, nodes, NEIGHBOURS);
  switch (kind) {
    case 'network':
      return networkSource(makeTrainer(), scale, new Draws(lab.random('noise of the model')));
    case 'neighbours':
      return fixedSource((data, nodes) => {
        const kernels = kernelDistribution(data, nodes, NEIGHBOURS);
        return independenceProposer(mixedDistribution(kernels, broad(data, nodes), DEFENSIVE_SHARE));
      });
    case 'broad':
      return fixedSource((data, nodes) => independenceProposer(broad(data, nodes)));
    case 'bad': {
      const bad = normalDistribution(
        rests.map((d) => lab.start[d]),
        restRanges.map(([low, high]) => BAD_WIDTH * (high - low)),
      );
      return fixedSource((data, nodes) =>
        independenceProposer(mixedDistribution(bad, broad(data, nodes), BAD_SHARE)),
      );
    }
    default:
      return kind satisfies never;
  }
}

/** Noise that the network takes away again: proposals need no defence, for every step of theirs reaches everywhere. */
function networkSource(trainer: Trainer, scale: PairScale, draws: Draws): ModelSource {
  return {
    trainer,
    async *fit(data, _, stage) {
      yield* trainer.train(data, TRAINING_STEPS[stage]);
      return DenoisingProposer.fitted(trainer.denoiser(), scale, data, draws);
    },
  };
}
