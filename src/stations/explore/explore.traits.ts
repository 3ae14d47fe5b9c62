import type { StationTraits } from '../../core/params/station.ts';

const traits: StationTraits = { order: 1 };
export default traits;
