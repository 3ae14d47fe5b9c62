/** A system as its parameters make it: what it states once, and what it builds from them. */

import type { Message } from '../message.ts';
import type { ParamValues } from '../params/params.ts';
import type {
  Arrival,
  Chain,
  CollectiveVariable,
  Domain,
  Facts,
  Hidden,
  OfParams,
  System,
} from './contract.ts';
import { LEARNED_CV } from './learned-cv.ts';

export interface ResolvedSystem {
  readonly id: string;
  readonly coordinates: readonly string[];
  readonly domain: Domain;
  readonly periodic: readonly string[];
  /** Null for a system without a potential. */
  readonly energy: string | null;
  readonly drift: readonly string[];
  readonly noise: readonly string[];
  readonly mobility: readonly string[];
  readonly hidden: Hidden | null;
  readonly chain: Chain | null;
  readonly cvs: readonly CollectiveVariable[];
  readonly facts: Facts;
  /** What makes it useless at these parameters. */
  readonly problem: Message | null;
  readonly start: string | readonly number[];
  readonly arrival: Arrival | null;
}

export function resolveSystem(system: System, params: ParamValues): ResolvedSystem {
  const given = <T>(value: OfParams<T>): T =>
    typeof value === 'function' ? (value as (params: ParamValues) => T)(params) : value;
  const coordinates = given(system.coordinates);
  return {
    id: system.id ?? '',
    coordinates,
    domain: given(system.domain),
    periodic: system.periodic ?? [],
    energy: system.energy === undefined ? null : given(system.energy),
    drift: system.drift ?? [],
    noise: system.noise ?? [],
    mobility: system.mobility ? given(system.mobility) : coordinates.map(() => '1'),
    hidden: system.hidden ?? null,
    chain: system.chain ?? null,
    cvs: given(system.cvs),
    facts: given(system.facts),
    problem: system.problem?.(params) ?? null,
    start: given(system.start),
    arrival: system.arrival === undefined ? null : given(system.arrival),
  };
}

/** The collective variable of this id: that learned from data, one of the system's own, or the first. */
export function cvOf(
  { cvs }: { readonly cvs: readonly CollectiveVariable[] },
  id?: string,
): CollectiveVariable {
  if (id === LEARNED_CV.id) return LEARNED_CV;
  return cvs.find((cv) => cv.id === id) ?? cvs[0];
}
