import { gaussianDistribution } from '../cloud-distribution.ts';
import type { ProposalModel } from '../contract.ts';
import { fixedSource } from '../model-source.ts';
import { independenceProposer, quantileProposer } from '../proposer.ts';
import { broadOf, NEIGHBOURS } from './ranges.ts';

/** One Gaussian for all values of the cv; of several coordinates that of the nearest data. */
export const broad: ProposalModel = {
  id: 'broad',
  trains: false,
  one: ({ plan }) => fixedSource(() => quantileProposer(broadOf(plan))),
  several: () =>
    fixedSource((data, nodes) => independenceProposer(gaussianDistribution(data, nodes, NEIGHBOURS))),
};
