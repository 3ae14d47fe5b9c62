/** Every family by id, as `src/catalog.ts` collects them. */
import type { SamplingFamilies } from '../sampling/method.ts';

export interface Families extends SamplingFamilies {}
