/** Specs of station Couple. */

import { groupReader } from '../params/experiment.ts';
import { choice, count, prefixed, shaping, stretchEnd } from '../params/make.ts';
import type { ParamSpecs, TextSpec, Values } from '../params/params.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import { ARMS, armsProblem } from './arms.ts';

/** Evenly spaced windows where the system suggests no other number. */
const WINDOWS = 25;

export type CoupleSettings = Values<ReturnType<typeof coupleSpecs>>;

export const coupleSettingsOf = groupReader<ReturnType<typeof coupleSpecs>>('couple');

export function coupleSettings(cv: CollectiveVariable): ParamSpecs {
  return { arms, ...prefixed('couple', shaping('coupling', coupleSpecs(cv))) };
}

const arms: TextSpec = {
  kind: 'text',
  shapes: ['view'],
  label: 'Arms',
  default: 'metropolis',
  maxLength: 200,
  check: armsProblem,
  help: `Which ways to the free energy are compared at the same budget, separated by commas: ${ARMS.join(', ')}.`,
};

function coupleSpecs(cv: CollectiveVariable) {
  return {
    ...windowSettings(cv),
    moves: choice(
      'Moves',
      'metropolis',
      [
        { id: 'metropolis', label: 'accepted or rejected (Metropolis)' },
        { id: 'none', label: 'none' },
      ],
      'Whether the model keeps proposing while walkers run in their windows. With exact acceptance a wrong model costs time and no more; without, what it got wrong stays.',
    ),
    every: count(
      'Steps between moves',
      20,
      1,
      200,
      'Steps of the dynamics between two moves, of the model or of an exchange of windows.',
      {
        limits: [1, 100_000],
      },
    ),
    rounds: count('Rounds', 8, 1, 20, 'How often the model is trained anew once all windows are filled.', {
      limits: [1, 100],
      scale: 'linear',
    }),
    ceiling: {
      shapes: ['view'],
      kind: 'number',
      label: 'Count up to',
      unit: 'kT',
      default: 8,
      min: 2,
      max: 20,
      limits: [0.5, 100],
      help: 'The error of F is taken over the bins whose exact free energy is below this; it should reach over the barrier.',
    },
  } satisfies ParamSpecs;
}

function windowSettings(cv: CollectiveVariable) {
  const [low, high] = cv.range;
  return {
    windows: count(
      'Windows',
      WINDOWS,
      4,
      60,
      'Number of evenly spaced windows along the slow variable, the same for all arms.',
      {
        limits: [2, 200],
        scale: 'linear',
      },
    ),
    low: stretchEnd(cv, 'From', low, 'Centre of the lowest window.'),
    high: stretchEnd(cv, 'To', high, 'Centre of the highest window.'),
    springConstant: {
      kind: 'list',
      label: 'Spring constant',
      symbol: 'k',
      default: [],
      empty: 'automatic',
      limits: [1e-6, 1e9],
      maxLength: 1,
      help: 'k of the restraint k/2 (ξ - centre)² of every window. Automatic: the thermal width sqrt(kT/k) is the spacing.',
    },
  } satisfies ParamSpecs;
}
