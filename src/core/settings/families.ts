/** Every family by id, as `src/catalog.ts` collects them. */

import type { CouplingFamilies } from '../coupling/contract.ts';
import type { StationFamilies } from '../params/station.ts';

export interface Families extends CouplingFamilies, StationFamilies {}
