import type { StationTraits } from '../../core/params/station.ts';

const traits: StationTraits = { order: 6 };
export default traits;
