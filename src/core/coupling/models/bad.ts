import { gaussianDistribution, normalDistribution } from '../cloud-distribution.ts';
import type { ProposalModel } from '../contract.ts';
import { gaussianModel, mixtureModel } from '../model.ts';
import { BAD_SHARE, BAD_WIDTH, fixedSource } from '../model-source.ts';
import { independenceProposer, mixedDistribution, quantileProposer } from '../proposer.ts';
import { broadOf, NEIGHBOURS } from './ranges.ts';

/** A narrow Gaussian about the start, whatever the cv: what acceptance must put right. */
export const bad: ProposalModel = {
  id: 'bad',
  trains: false,
  one({ lab, plan }) {
    const [[low, high]] = plan.restRanges;
    const narrow = gaussianModel(lab.start[plan.rests[0]], BAD_WIDTH * (high - low));
    return fixedSource(() => quantileProposer(mixtureModel(narrow, broadOf(plan), BAD_SHARE)));
  },
  several({ lab, plan: { rests, restRanges } }) {
    const narrow = normalDistribution(
      rests.map((d) => lab.start[d]),
      restRanges.map(([low, high]) => BAD_WIDTH * (high - low)),
    );
    return fixedSource((data, nodes) =>
      independenceProposer(
        mixedDistribution(narrow, gaussianDistribution(data, nodes, NEIGHBOURS), BAD_SHARE),
      ),
    );
  },
};
