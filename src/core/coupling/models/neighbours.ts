import { gaussianDistribution, kernelDistribution } from '../cloud-distribution.ts';
import type { ProposalModel } from '../contract.ts';
import { mixtureModel } from '../model.ts';
import { DEFENSIVE_SHARE, fixedSource } from '../model-source.ts';
import { neighbourTable } from '../neighbour-table.ts';
import { independenceProposer, mixedDistribution, quantileProposer } from '../proposer.ts';
import { broadOf, NEIGHBOURS, narrowestOf } from './ranges.ts';

/** The nearest data themselves. */
export const neighbours: ProposalModel = {
  id: 'neighbours',
  trains: false,
  one({ plan }) {
    const [broad, narrowest] = [broadOf(plan), narrowestOf(plan)];
    return fixedSource((data, nodes) =>
      quantileProposer(mixtureModel(neighbourTable(data, nodes, narrowest), broad, DEFENSIVE_SHARE)),
    );
  },
  several: () =>
    fixedSource((data, nodes) => {
      const kernels = kernelDistribution(data, nodes, NEIGHBOURS);
      const broad = gaussianDistribution(data, nodes, NEIGHBOURS);
      return independenceProposer(mixedDistribution(kernels, broad, DEFENSIVE_SHARE));
    }),
};
