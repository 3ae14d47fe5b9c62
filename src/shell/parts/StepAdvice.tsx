/** Time steps that are too long: a warning before the run breaks down, and the step that works, one press away. */

import { useMemo } from 'react';
import { families } from '../../catalog.ts';
import { isOverdamped, safeTimeStep, stableTimeStep } from '../../core/dynamics/stability.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { stepErrors, stepErrorWarning } from '../../core/sampling/step-error.ts';
import { startOf } from '../../core/systems/regions.ts';
import { text } from '../../text/index.ts';
import { REFRESH } from '../refresh.ts';
import { useSampled, useSignal } from '../runs/signal.ts';
import { simulation } from '../runs/simulation.ts';
import { useStore } from '../store.ts';
import { cvOfExperiment, energyKey, hasPotential, modelOf, startName } from './system.ts';
import { WarningNote } from './WarningNote.tsx';

interface Advice {
  /** Longest stable step at the start; null when it is not known. */
  readonly limit: number | null;
  readonly safe: number;
}

/** Share of the present step that is offered when the limit is not known. */
const SHORTER = 0.2;
const words = text.parts.stepAdvice;

export function useStepAdvice(experiment: Experiment): Advice {
  const { start, integrator } = experiment;
  const dt = experiment['integrator.dt'];
  const key = energyKey(experiment);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the model follows from the key
  return useMemo(() => {
    const shorter = Number((SHORTER * dt).toPrecision(1));
    if (!hasPotential(experiment) || !isOverdamped(families.integrators[integrator]))
      return { limit: null, safe: shorter };
    const model = modelOf(experiment);
    const at = startOf(experiment, model.system);
    return { limit: stableTimeStep(model, at), safe: safeTimeStep(model, at) ?? shorter };
  }, [key, start, integrator, dt]);
}

/** A button that applies the step that works; nothing when the step is not to blame. */
export function UseSafeStep({ experiment, advice }: { experiment: Experiment; advice: Advice }) {
  const change = useStore((store) => store.change);
  if (advice.safe >= experiment['integrator.dt']) return null;
  return (
    <button type="button" className="button strong" onClick={() => change('integrator.dt', advice.safe)}>
      {words.use(advice.safe)}
    </button>
  );
}

export function StepWarning({ experiment, advice }: { experiment: Experiment; advice: Advice }) {
  const { phase } = useSignal(simulation.state);
  const dt = experiment['integrator.dt'];
  if (phase === 'failed' || advice.limit === null || dt <= advice.limit) return null;
  return (
    <div className="stale" role="status">
      <p>{words.tooLong(dt, advice.limit, startName(experiment))}</p>
      <UseSafeStep experiment={experiment} advice={advice} />
    </div>
  );
}

/** Said where the error of the step is beyond the error bars of F. */
export function StepErrorNote({ experiment }: { experiment: Experiment }) {
  const frame = useSampled(simulation.frame, REFRESH.advice);
  const integrator = families.integrators[experiment.integrator];
  const dt = experiment['integrator.dt'];
  const cv = cvOfExperiment(experiment);
  const { kT } = experiment;
  const key = energyKey(experiment);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the model follows from the key
  const errors = useMemo(
    () => stepErrors({ model: modelOf(experiment), cv, kT }, integrator, dt, false),
    [key, cv.id, kT, integrator, dt],
  );
  const warning = frame && stepErrorWarning(errors, frame.freeEnergy, cv, integrator, dt);
  return (
    <div role="status" aria-label={words.error}>
      {warning && <WarningNote warning={warning} />}
    </div>
  );
}
