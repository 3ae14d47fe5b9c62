import { useEffect, useState } from 'react';
import { families } from '../../catalog.ts';
import { isOverdamped } from '../../core/dynamics/stability.ts';
import type { Rates } from '../../core/exact/answers.ts';
import type { Experiment } from '../../core/params/experiment.ts';
import { energyKey, systemOf } from '../../shell/parts/system.ts';
import { usePending } from '../../shell/runs/reference.ts';

/** Rates cost a second: a slider that still moves does not ask for them. */
const REST = 400;

export interface RatesShown {
  readonly rates: Rates | null;
  readonly solving: boolean;
  /** Why there are none, or null. */
  readonly reason: string | null;
}

export function useRates(experiment: Experiment): RatesShown {
  const reason = reasonAgainst(experiment);
  const { kT, start, target, integrator } = experiment;
  const key = `${energyKey(experiment)} ${kT} ${start} ${target} ${integrator}`;
  const settled = useSettled(key, REST);
  const asked = reason === null && settled === key;
  const { answer, pending } = usePending(asked ? (client) => client.rates(experiment) : null, key);
  if (reason !== null) return { rates: null, solving: false, reason };
  const none = asked && !pending && answer === null;
  return {
    rates: answer,
    solving: !asked || pending,
    reason: none ? 'No exact rates: the energy does not confine the walkers.' : null,
  };
}

function reasonAgainst(experiment: Experiment): string | null {
  const { energy, coordinates, hidden } = systemOf(experiment);
  if (energy === null) return 'No exact rates: the system has no potential.';
  if (coordinates.length > 2) return 'No exact rates: the generator is solved for one or two coordinates.';
  if (hidden) return 'No exact rates: the dynamics moves hidden coordinates.';
  const integrator = families.integrators[experiment.integrator];
  if (integrator.order === null) return 'Steps of Monte Carlo have no physical time: there is no exact rate.';
  if (!isOverdamped(integrator)) return 'No exact rates: the generator is that of overdamped motion.';
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
