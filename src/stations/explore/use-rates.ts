import { useEffect, useState } from 'react';
import { families } from '../../catalog.ts';
import { isOverdamped } from '../../core/dynamics/stability.ts';
import type { Rates } from '../../core/exact/answers.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { keyOf } from '../../shell/parts/derived.ts';
import { systemOf } from '../../shell/parts/system.ts';
import { reference, usePending } from '../../shell/runs/reference.ts';
import { text } from '../../text/index.ts';

/** Rates cost a second: a slider that still moves does not ask for them. */
const REST = 400;
const { none } = text.explore.passage;

export interface RatesShown {
  readonly rates: Rates | null;
  readonly solving: boolean;
  /** Why there are none, or null. */
  readonly reason: string | null;
}

export function useRates(experiment: Experiment): RatesShown {
  const reason = reasonAgainst(experiment);
  const key = keyOf(experiment, 'rates');
  const settled = useSettled(key, REST);
  const asked = reason === null && settled === key;
  const { answer, pending } = usePending(asked ? reference.rates(experiment) : null);
  if (reason !== null) return { rates: null, solving: false, reason };
  const missing = asked && !pending && answer === null;
  return {
    rates: answer,
    solving: !asked || pending,
    reason: missing ? none.unconfined : null,
  };
}

function reasonAgainst(experiment: Experiment): string | null {
  const { energy, coordinates, hidden } = systemOf(experiment);
  if (energy === null) return none.noPotential;
  if (coordinates.length > 2) return none.manyCoordinates;
  if (hidden) return none.hidden;
  const integrator = families.integrators[experiment.integrator];
  if (integrator.order === null) return none.monteCarlo;
  if (!isOverdamped(integrator)) return none.inertia;
  return null;
}

/** The value as soon as it has stayed the same for a while. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
