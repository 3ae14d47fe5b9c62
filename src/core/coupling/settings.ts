/** Specs of station Couple. */

import type { Experiment } from '../params/experiment.ts';
import { group } from '../params/experiment.ts';
import { choice, count, stretchEnd } from '../params/make.ts';
import type { ParamSpecs } from '../params/params.ts';
import type { CollectiveVariable } from '../systems/contract.ts';
import { ARMS, armsProblem } from './arms.ts';

/** Evenly spaced windows where the system suggests no other number. */
const WINDOWS = 25;

export interface CoupleSettings {
  readonly windows: number;
  readonly low: number;
  readonly high: number;
  /** Empty: automatic. */
  readonly springConstant: readonly number[];
  readonly moves: 'metropolis' | 'none';
  readonly rounds: number;
  readonly every: number;
  readonly ceiling: number;
}

export function coupleSettingsOf(experiment: Experiment): CoupleSettings {
  return group(experiment, 'couple') as unknown as CoupleSettings;
}

export function coupleSettings(cv: CollectiveVariable): ParamSpecs {
  return {
    arms: {
      kind: 'text',
      label: 'Arms',
      default: 'metropolis',
      maxLength: 200,
      check: armsProblem,
      help: `Which ways to the free energy are compared at the same budget, separated by commas: ${ARMS.join(', ')}.`,
    },
    ...windowSettings(cv),
    'couple.moves': choice(
      'Moves',
      'metropolis',
      [
        { id: 'metropolis', label: 'accepted or rejected (Metropolis)' },
        { id: 'none', label: 'none' },
      ],
      'Whether the model keeps proposing while walkers run in their windows. With exact acceptance a wrong model costs time and no more; without, what it got wrong stays.',
    ),
    'couple.every': count(
      'Steps between moves',
      20,
      1,
      200,
      'Steps of the dynamics between two moves, of the model or of an exchange of windows.',
      {
        limits: [1, 100_000],
      },
    ),
    'couple.rounds': count(
      'Rounds',
      8,
      1,
      20,
      'How often the model is trained anew once all windows are filled.',
      {
        limits: [1, 100],
        scale: 'linear',
      },
    ),
    'couple.ceiling': {
      kind: 'number',
      label: 'Count up to',
      unit: 'kT',
      default: 8,
      min: 2,
      max: 20,
      limits: [0.5, 100],
      help: 'The error of F is taken over the bins whose exact free energy is below this; it should reach over the barrier.',
    },
  };
}

function windowSettings(cv: CollectiveVariable): ParamSpecs {
  const [low, high] = cv.range;
  return {
    'couple.windows': count(
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
    'couple.low': stretchEnd(cv, 'From', low, 'Centre of the lowest window.'),
    'couple.high': stretchEnd(cv, 'To', high, 'Centre of the highest window.'),
    'couple.springConstant': {
      kind: 'list',
      label: 'Spring constant',
      symbol: 'k',
      default: [],
      empty: 'automatic',
      limits: [1e-6, 1e9],
      maxLength: 1,
      help: 'k of the restraint k/2 (ξ - centre)² of every window. Automatic: the thermal width sqrt(kT/k) is the spacing.',
    },
  };
}
