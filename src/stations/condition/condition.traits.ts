import type { StationTraits } from '../../core/params/station.ts';

const traits: StationTraits = { order: 4, trains: 'conditional' };
export default traits;
