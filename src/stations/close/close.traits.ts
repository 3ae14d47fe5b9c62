import type { StationTraits } from '../../core/params/station.ts';

const traits: StationTraits = {
  order: 6,
  // The other coordinate is fast, so that the closure holds, and the barrier so low that passages are many. Where it does not hold is
  // for lessons and links.
  opening:
    'system=fast-slow-double-well&system.barrier=2&system.amplitude=0.3&system.epsilon=0.02&integrator.dt=0.0001&budget=10000000',
};
export default traits;
