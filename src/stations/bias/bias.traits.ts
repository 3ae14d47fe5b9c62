import type { StationTraits } from '../../core/params/station.ts';
import { BIASED_INTEGRATOR } from '../../core/settings/settings.ts';

const traits: StationTraits = { order: 2, integrator: BIASED_INTEGRATOR };
export default traits;
