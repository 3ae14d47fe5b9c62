/** Specs of station Couple. */

import { groupReader } from '../params/experiment.ts';
import { choice, count, number, optional, prefixed, shaping, stretchEnd, text } from '../params/make.ts';
import type { ParamSpecs, TextSpec, Values } from '../params/params.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import { type CouplingFamilies, coupledMethodsProblem } from './contract.ts';

/** Evenly spaced windows where the system suggests no other number. */
const WINDOWS = 25;

export type CoupleSettings = Values<ReturnType<typeof coupleSpecs>>;

export const coupleSettingsOf = groupReader<ReturnType<typeof coupleSpecs>>('couple');

export function coupleSettings(
  cv: CollectiveVariable,
  { coupledMethods }: Pick<CouplingFamilies, 'coupledMethods'>,
): ParamSpecs {
  return {
    arms: methods(Object.keys(coupledMethods)),
    ...prefixed('couple', shaping('coupling', coupleSpecs(cv))),
  };
}

/** Which methods are compared, in a list. */
const methods = (known: readonly string[]): TextSpec =>
  text('metropolis', 200, { check: (text) => coupledMethodsProblem(text, known), shapes: ['view'] });

function coupleSpecs(cv: CollectiveVariable) {
  return {
    ...windowSettings(cv),
    moves: choice('metropolis', ['metropolis', 'none']),
    every: count(20, [1, 200], { limits: [1, 100_000] }),
    rounds: count(8, [1, 20], { limits: [1, 100], scale: 'linear' }),
    ceiling: number(8, [2, 20], { unit: 'kT', limits: [0.5, 100], shapes: ['view'] }),
  } satisfies ParamSpecs;
}

function windowSettings(cv: CollectiveVariable) {
  const [low, high] = cv.range;
  return {
    windows: count(WINDOWS, [4, 60], { limits: [2, 200], scale: 'linear' }),
    low: stretchEnd(cv, low),
    high: stretchEnd(cv, high),
    springConstant: optional([1e-6, 1e9], { symbol: 'k' }),
  } satisfies ParamSpecs;
}
