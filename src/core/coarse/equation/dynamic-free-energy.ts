/** F from dynamics: (F/kT)' = (D' - b) / D, integrated. */

import { freeEnergyError, UNKNOWN_ERROR } from '../../metrics/free-energy-error.ts';
import { jensenShannon } from '../../metrics/jensen-shannon.ts';
import { jackknifeError } from '../../numerics/resampling.ts';
import { binCenters } from '../../numerics/results.ts';
import type { Effective } from '../bursts/effective.ts';
import type { Context } from '../context.ts';
import type { Consistency, DynamicFreeEnergy } from '../frame.ts';
import { type Archive, MOST_OUTSIDE } from '../lifting/archive.ts';
import { message } from '../messages.ts';

/** Values whose F is above this many kT weigh nothing when curves are laid over each other. */
const CEILING = 8;

export function freeEnergyOf(
  { values, sources }: Context,
  found: Effective,
  groups: readonly Effective[],
  exact: Float64Array | null,
): Partial<Consistency> {
  const F = shifted(found.equation.logDensity(values).map((log) => -log));
  const low = [...F.keys()].filter((v) => F[v] < CEILING);
  // Curves are known up to a constant: they are laid over each other where F is low.
  const curves = groups.map(({ equation }) => {
    const curve = equation.logDensity(values).map((log) => -log);
    const shift = low.reduce((sum, v) => sum + F[v] - curve[v], 0) / low.length;
    return curve.map((value) => value + shift);
  });
  const stderr = values.map((_, v) => jackknifeError(curves.map((curve) => curve[v])));
  const error = exact && freeEnergyError({ cv: values, F }, { cv: values, F: shifted(exact) });
  const direct = exact || !sources.archive ? null : directDistribution(found, sources.archive, values);
  const reason = exact
    ? undefined
    : !sources.archive
      ? 'no-exact-free-energy'
      : direct
        ? 'density-of-direct-run'
        : 'direct-run-leaves-range';
  return {
    freeEnergyFromDynamics: {
      values,
      F,
      stderr,
      exact: exact && shifted(exact),
      ...(error ?? UNKNOWN_ERROR),
      direct,
    },
    reasons: reason ? { freeEnergyFromDynamics: message(reason, {}) } : {},
  };
}

function directDistribution(
  { equation }: Effective,
  { visits, outside }: Archive,
  values: Float64Array,
): DynamicFreeEnergy['direct'] {
  if (outside > MOST_OUTSIDE) return null;
  const total = visits.reduce((a, b) => a + b, 0);
  const F = visits.map((count) => (count > 0 ? -Math.log(count / total) : Number.NaN));
  const lowest = F.reduce((a, b) => (b < a ? b : a), Number.POSITIVE_INFINITY);
  return {
    freeEnergy: {
      cv: binCenters(values[0], values[values.length - 1], visits.length),
      F: F.map((value) => value - lowest),
    },
    js: jensenShannon(equation.shares(visits.length), visits),
  };
}

function shifted(F: Float64Array): Float64Array {
  const lowest = F.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return F.map((value) => value - lowest);
}
