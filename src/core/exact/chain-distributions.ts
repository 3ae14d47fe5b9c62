/** Exact answers about a chain of sites, however many there are. */

import { Problem } from '../message.ts';
import type { RandomStream } from '../numerics/random.ts';
import type { ConditionalDistribution, FreeEnergy, Points } from '../numerics/results.ts';
import type { Setting, SystemModel } from '../systems/model.ts';
import { message } from './messages.ts';
import { TransferOperator } from './transfer-operator.ts';

export function transferOperatorOf(model: SystemModel, kT: number): TransferOperator {
  const { chain, id, domain } = model.system;
  if (!chain) throw new Error(`no chain: ${id}`);
  return new TransferOperator(chain, model.dimension, model.parameters, kT, domain[0]);
}

/** F of a site, in kT, minimum 0 over the points of `cv`. @throws Error for a slow variable that is no site */
export function chainFreeEnergy(setting: Setting, cv: Float64Array): FreeEnergy {
  requireSite(setting);
  const F = transferOperatorOf(setting.model, setting.kT).freeEnergy(cv);
  const lowest = F.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return { cv, F: F.map((value) => value - lowest) };
}

/** Independent equilibrium states, with the slow variable at `at` if given. @throws Error unless that is the first site */
export function sampleChain(
  setting: Setting,
  count: number,
  stream: RandomStream,
  at: number | null = null,
): Points {
  if (at !== null) requireSite(setting);
  return transferOperatorOf(setting.model, setting.kT).sample(count, stream, at);
}

/** The distribution of the next site given a site. @throws Error for a slow variable that is no site */
export function neighbourDistribution(setting: Setting, at: number): ConditionalDistribution {
  requireSite(setting);
  const { model, kT, cvCoordinate } = setting;
  const operator = transferOperatorOf(model, kT);
  const density = operator.lawGiven(at, 1);
  const h = operator.x[1] - operator.x[0];
  const mean = density.reduce((sum, p, k) => sum + p * operator.x[k] * h, 0);
  const variance = density.reduce((sum, p, k) => sum + p * (operator.x[k] - mean) ** 2 * h, 0);
  const coordinate = model.system.coordinates[(cvCoordinate + 1) % model.dimension];
  return { at, coordinate, x: operator.x, density, mean, variance };
}

function requireSite({ cvCoordinate, cv }: Setting): void {
  if (cvCoordinate < 0) throw new Problem(message('exact-chain-needs-site', { cv: cv.label }));
}
