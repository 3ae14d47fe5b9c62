import { Draws } from '../../numerics/draws.ts';
import type { ProposalModel } from '../contract.ts';
import { DenoisingProposer } from '../denoising-moves.ts';
import { levelsOf, mixtureModel, QuantileTable } from '../model.ts';
import { DEFENSIVE_SHARE, TRAINING_STEPS } from '../model-source.ts';
import { quantileProposer } from '../proposer.ts';
import { broadOf, narrowestOf } from './ranges.ts';

const LEVELS = 100;

/** A conditional network trained on what walkers visited. */
export const network: ProposalModel = {
  id: 'network',
  trains: true,
  one({ lab, plan, scale, makeTrainer }) {
    const trainer = makeTrainer(scale, lab.seed);
    const [broad, narrowest] = [broadOf(plan), narrowestOf(plan)];
    return {
      trainer,
      async *fit(data, nodes, stage) {
        yield* trainer.train(data, TRAINING_STEPS[stage]);
        const quantiles = await trainer.quantiles(nodes, levelsOf(LEVELS));
        const table = new QuantileTable(nodes, quantiles, narrowest);
        return quantileProposer(mixtureModel(table, broad, DEFENSIVE_SHARE));
      },
    };
  },
  /** Noise that the network takes away again: proposals need no defence, for every step of theirs reaches everywhere. */
  several({ lab, scale, makeTrainer }) {
    const trainer = makeTrainer(scale, lab.seed);
    const draws = new Draws(lab.random('noise of the model'));
    return {
      trainer,
      async *fit(data, _, stage) {
        yield* trainer.train(data, TRAINING_STEPS[stage]);
        return DenoisingProposer.fitted(trainer.denoiser(), scale, data, draws);
      },
    };
  },
};
