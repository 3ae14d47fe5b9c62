import type { StationTraits } from '../../core/params/station.ts';

const traits: StationTraits = { order: 3, trains: 'plain' };
export default traits;
