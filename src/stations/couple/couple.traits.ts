import type { StationTraits } from '../../core/params/station.ts';

const traits: StationTraits = { order: 5 };
export default traits;
