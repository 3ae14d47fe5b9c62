/** What the check of a coarse equation has to tell a person. */
import { messages } from '../message.ts';

type None = Readonly<Record<string, never>>;

/** What is under way. */
interface PhaseMessages {
  readonly 'phase-preparing': None;
  readonly 'phase-archive': None;
  readonly 'phase-held-runs': None;
  readonly 'phase-training': { readonly step: number; readonly steps: number };
  readonly 'phase-memory': None;
  readonly 'phase-restriction': None;
  readonly 'phase-healing': None;
  readonly 'phase-bursts': None;
  readonly 'phase-drift': None;
  readonly 'phase-coarse': None;
  readonly 'phase-map': { readonly stage: MapStageId | 'table' };
  readonly 'phase-learned': { readonly stage: MapStageId | 'table' };
}

export type MapStageId = 'trajectory' | 'bursts' | 'distances' | 'eigenvectors' | 'residuals';

/** Where lifted states come from. */
interface SourceMessages {
  readonly 'lift-exact': None;
  readonly 'lift-run': None;
  readonly 'lift-neighbours': None;
  readonly 'lift-fixed': None;
  readonly 'lift-model': { readonly data: 'run' | 'held' };
}

/** Why a part is missing, or what must be known about it. */
interface ReasonMessages {
  readonly 'budget-too-small': None;
  readonly 'nothing-fast': { readonly steps: number };
  readonly 'memory-not-measured': { readonly steps: number };
  readonly 'coordinate-not-fast': { readonly coordinate: string };
  readonly 'bursts-shortened': { readonly bursts: number; readonly share: number };
  readonly 'bursts-too-short': None;
  readonly 'lag-within-fast-time': None;
  readonly 'no-plateau': None;
  readonly 'no-stationary-state': None;
  readonly 'healing-needs-budget': None;
  readonly 'leaps-need-budget': None;
  readonly 'leaps-cut-short': None;
  readonly 'target-needed': None;
  readonly 'target-out-of-range': None;
  /** Root mean square shift of the mean, in standard deviations of the observable. */
  readonly 'held-not-conditional': { readonly observable: string; readonly shift: number };
  readonly 'no-exact-free-energy': None;
  readonly 'density-of-direct-run': None;
  readonly 'direct-run-leaves-range': None;
}

/** Why a run cannot begin, or stops. */
interface ProblemMessages {
  readonly 'no-physical-time': { readonly integrator: string };
  readonly 'dynamics-has-inertia': { readonly integrator: string };
  readonly 'bursts-need-budget': { readonly steps: number; readonly values: number };
  readonly 'lifting-needs-budget': None;
  readonly 'map-bursts-need-budget': { readonly bursts: number; readonly states: number };
  readonly 'trajectory-needs-budget': { readonly time: number; readonly steps: number; readonly dt: number };
  readonly 'noise-missing': None;
  readonly 'kernel-too-narrow': { readonly scale: number };
  readonly 'states-on-a-line': None;
}

export interface CoarseMessages extends PhaseMessages, SourceMessages, ReasonMessages, ProblemMessages {}

export const message = messages<CoarseMessages>();
