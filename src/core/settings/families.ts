/** Every family by id, as `src/catalog.ts` collects them. */
import type { StationFamilies } from '../params/station.ts';
import type { SamplingFamilies } from '../sampling/method.ts';

export interface Families extends SamplingFamilies, StationFamilies {}
