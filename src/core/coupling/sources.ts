/** The source of a method's proposals, for as many remaining coordinates as there are. */
import type { ModelContext, ProposalModel } from './contract.ts';
import type { ModelSource, PairScale } from './model-source.ts';
import type { CouplePlan } from './plan.ts';
import { displacedProposer } from './proposer.ts';

/** Standard deviations in a plotted range, more or less. */
const DEVIATIONS = 5;
/** Share of the proposals that come from a place beside the walker, and how far it is, in widths of the range of all windows. */
const DISPLACED_SHARE = 0.5;
const DISPLACEMENT = 0.125;

export function sourceOf(model: ProposalModel, context: Omit<ModelContext, 'scale'>): ModelSource {
  const whole = { ...context, scale: scaleOf(context.plan) };
  return context.plan.rests.length > 1 ? displaced(model.several(whole), context.plan) : model.one(whole);
}

/** Every model is asked beside the walkers now and then: a valley that was found at one place spreads along the cv. */
function displaced(source: ModelSource, { windows }: CouplePlan): ModelSource {
  const reach = DISPLACEMENT * (windows[windows.length - 1].center - windows[0].center);
  return {
    trainer: source.trainer,
    async *fit(data, nodes, stage) {
      return displacedProposer(yield* source.fit(data, nodes, stage), DISPLACED_SHARE, reach);
    },
  };
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
