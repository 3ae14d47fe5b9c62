import type { StationTraits } from '../../core/params/station.ts';

const traits: StationTraits = {
  order: 5,
  // Its collective variable hides a barrier, so that coupling pays; the methods beside it are the best without a model.
  opening: 'system=fold&system.barrier=8&budget=500000&couple.rounds=4&arms=metropolis,dragged-1,exchange-1',
};
export default traits;
