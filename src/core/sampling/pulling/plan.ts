/** How a pull is laid out: from where to where, with which spring, how many steps for what. */

import { periodOf } from '../../dynamics/bias-term.ts';
import { isOverdamped } from '../../dynamics/stability.ts';
import { Problem } from '../../message.ts';
import { NUMBERS_PER_BLOCK, RandomStream } from '../../numerics/random.ts';
import { count, number, optional, toggle } from '../../params/make.ts';
import type { ParamSpecs, Values } from '../../params/params.ts';
import type { Lab } from '../lab.ts';
import { message } from '../messages.ts';
import { Springs } from '../umbrella/stiffness.ts';

export const pullSpecs = {
  pulls: count(16, [4, 256], { limits: [1, 4096] }),
  springConstant: optional([1e-9, 1e9], { symbol: 'k' }),
  backward: toggle(true),
  equilibration: number(0.2, [0.02, 0.6], { limits: [0, 0.9] }),
} satisfies ParamSpecs;

export type PullParams = Values<typeof pullSpecs>;

export interface PullPlan {
  /** cv of the walkers at their start. */
  readonly start: number;
  readonly from: number;
  readonly to: number;
  readonly springConstant: number;
  /** Steps between two jumps of the centre. */
  readonly block: number;
  /** Jumps of a pull in one direction. */
  readonly jumps: number;
  /** Steps for dragging walkers to the beginning, and for waiting at each end. */
  readonly drag: number;
  readonly wait: number;
}

const BLOCK = 10;
const MOST_JUMPS = 20_000;
/** Thermal widths of an automatic spring in the range. */
const WIDTHS = 40;
/** Share of the distance to the centre that a step may undo: of an automatic spring, and of any. */
const CHOSEN_SHARE = 0.1;
const LARGEST_SHARE = 0.5;
/** Random places in the domain, the same for every seed, at which springs are tried beside minima and saddles; share that must carry them. */
const PLACES = 1000;
const CARRIED = 0.9;

/** @throws Error that names the spring constant if the time step does not carry it */
export function planPull(lab: Lab, params: PullParams): PullPlan {
  const { cv, model } = lab;
  const [low, high] = cv.range;
  const start = model.observable(cv.value).at(lab.start)[0];
  const period = periodOf(cv);
  const nearer = Math.abs(start - low) <= Math.abs(start - high);
  const [from, to] = period !== undefined ? [start, start + period] : nearer ? [low, high] : [high, low];
  const steps = lab.stepsLeft(params.pulls);
  const directions = params.backward ? 2 : 1;
  const before = Math.floor((steps * params.equilibration) / directions);
  const perPull = Math.floor((steps - directions * before) / directions);
  const block = Math.max(BLOCK, Math.ceil(perPull / MOST_JUMPS));
  const drag = period === undefined ? Math.floor(before / 2) : 0;
  return {
    start,
    from,
    to,
    springConstant: springConstantOf(lab, params.springConstant[0]),
    block,
    jumps: Math.floor(perPull / block),
    drag,
    wait: before,
  };
}

function springConstantOf(lab: Lab, asked: number | undefined): number {
  const [low, high] = lab.cv.range;
  const wanted = asked ?? lab.kT * (WIDTHS / (high - low)) ** 2;
  if (!isOverdamped(lab.integrator)) return wanted;
  const { known, usual } = ratesOf(lab);
  const rate = asked === undefined ? Math.max(known, usual) : known;
  if (asked === undefined) return rate > 0 ? Math.min(wanted, CHOSEN_SHARE / rate) : wanted;
  if (asked * rate <= LARGEST_SHARE) return asked;
  const most = Number((LARGEST_SHARE / rate).toPrecision(1));
  const safe = Number(((LARGEST_SHARE * lab.dt) / (asked * rate)).toPrecision(1));
  throw new Problem(message('pull-spring-too-stiff', { spring: asked, dt: lab.dt, stiffest: most, safe }));
}

/**
 * Share of a distance that a step undoes with a spring constant of 1: the largest at the start, minima and saddles, and one
 * that is not exceeded in most of the domain.
 */
function ratesOf(lab: Lab): { known: number; usual: number } {
  const { model } = lab;
  const { domain, facts } = model.system;
  const random = new RandomStream(0, 'spring places');
  const springs = new Springs(lab, [], true);
  const at = (place: readonly number[]) => springs.rate(Float64Array.from(model.stateAt(place)), 1);
  const blocks = Math.ceil(domain.length / NUMBERS_PER_BLOCK);
  const uniforms = new Float64Array(NUMBERS_PER_BLOCK * blocks);
  const rates = Array.from({ length: PLACES }, (_, n) => {
    for (let b = 0; b < blocks; b++) random.uniforms(n, b, uniforms, NUMBERS_PER_BLOCK * b);
    return at(domain.map(([low, high], d) => low + (high - low) * uniforms[d]));
  });
  return {
    known: Math.max(...[lab.start, ...[...facts.minima, ...facts.saddles].map((point) => point.at)].map(at)),
    usual: rates.sort((a, b) => a - b)[Math.floor(CARRIED * PLACES)],
  };
}
