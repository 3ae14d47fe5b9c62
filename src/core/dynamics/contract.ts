/** Contract of integrators: a member is one file `<id>.integrator.ts` with a default export. */

import type { NumberSpec } from '../params/params.ts';
import type { SystemFamilies } from '../systems/contract.ts';
import type { StepBuilder, Vector } from './step-builder.ts';

/**
 * One time step, stated as arithmetic on nodes of the expression graph, so that every engine runs the same step. `dt` is an
 * ordinary parameter, declared by every member. The noise amplitude follows from kT and mobility or friction here.
 */
export interface Integrator {
  /** Its file name, which the catalogue adds. */
  readonly id?: string;
  readonly cite?: string;
  /** Weak order in dt of the invariant density of the configuration; null for steps that leave it exactly invariant. */
  readonly order: number | null;
  readonly params: Readonly<Record<string, NumberSpec>>;
  /** Numbers per coordinate that a step hands to the next, zero at the start. */
  readonly memory?: readonly string[];
  /** The step draws `uniform` and keeps a count `accepted`; such steps leave the density exactly invariant. */
  readonly acceptance?: boolean;
  /** Force (or energy) evaluations that a step of a walker needs. */
  readonly forces: number;
  /** New values of `q`, of each memory, and (`[node]`) of `accepted`. */
  step(builder: StepBuilder): Readonly<Record<string, Vector>>;
}

export interface DynamicsFamilies extends SystemFamilies {
  readonly integrators: Readonly<Record<string, Integrator>>;
}
