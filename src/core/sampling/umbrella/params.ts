/** Parameters of umbrella sampling. */
import { choice, stretchEnd } from '../../params/make.ts';
import type { ParamSpecs, Values } from '../../params/params.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import type { MethodContext } from '../method.ts';

export type UmbrellaParams = Values<ReturnType<typeof umbrellaSpecs>>;

export const MOST_WINDOWS = 200;

export function umbrellaSpecs({ cv }: MethodContext) {
  return { ...placement(cv), ...sampling };
}

function placement(cv: CollectiveVariable) {
  const [low, high] = cv.range;
  const width = high - low;
  return {
    windows: {
      kind: 'number',
      label: 'Windows',
      default: 32,
      min: 4,
      max: 60,
      limits: [1, MOST_WINDOWS],
      integer: true,
      help: 'Number of evenly spaced restraints along the slow variable.',
    },
    low: stretchEnd(cv, 'From', low, 'Centre of the lowest of the evenly spaced windows.'),
    high: stretchEnd(
      cv,
      'To',
      high,
      'Centre of the highest; windows that fill a whole period do not repeat the seam.',
    ),
    centers: {
      kind: 'list',
      label: 'Centres',
      default: [],
      empty: 'evenly spaced',
      limits: [low - width, high + width],
      maxLength: MOST_WINDOWS,
      help: 'Centres of the windows, in place of evenly spaced ones.',
    },
    springConstants: {
      kind: 'list',
      label: 'Spring constants',
      symbol: 'k',
      default: [],
      empty: 'automatic',
      limits: [0, 1e9],
      maxLength: MOST_WINDOWS,
      help: 'k of the restraint k/2 (ξ - centre)²: one for all windows or one for each. Automatic: the spacing is 1.4 thermal widths sqrt(kT/k), or less where the time step does not carry so stiff a spring.',
    },
  } satisfies ParamSpecs;
}

const sampling = {
  walkers: {
    kind: 'number',
    label: 'Walkers per window',
    default: 4,
    min: 1,
    max: 16,
    limits: [1, 64],
    integer: true,
    scale: 'log',
    help: 'Many walk a short way each and show whether they agree; one walks long enough to forget where it came from.',
  },
  start: choice(
    'Walkers start',
    'dragged',
    [
      { id: 'dragged', label: 'dragged there' },
      { id: 'equilibrium', label: 'from exact equilibrium' },
      { id: 'data', label: 'from a direct run' },
    ],
    'Dragged: pulled outward from the start and back, and left behind on the way. Equilibrium: exact samples of each window. Direct run: the nearest states that a run without bias has visited.',
  ),
  estimator: choice(
    'Estimator',
    'mbar',
    [
      { id: 'mbar', label: 'MBAR' },
      { id: 'wham', label: 'WHAM' },
      { id: 'umbrella-integration', label: 'umbrella integration' },
      { id: 'thermodynamic-integration', label: 'thermodynamic integration' },
      { id: 'histogram', label: 'plain histogram' },
    ],
    'How windows become one free energy. The plain histogram leaves the springs in: it shows what happens without an estimator.',
  ),
  errors: choice(
    'Errors',
    'bootstrap',
    [
      { id: 'bootstrap', label: 'bootstrap' },
      { id: 'asymptotic', label: 'asymptotic' },
    ],
    'How error bars are found: by drawing walkers and blocks of time again, or from the curvature of the likelihood.',
  ),
  discard: {
    kind: 'number',
    label: 'Discard',
    default: 0.2,
    min: 0,
    max: 0.9,
    step: 0.05,
    help: 'Share of the run of each window that counts as equilibration and is not used.',
  },
  dragShare: {
    kind: 'number',
    label: 'Share for the starts',
    default: 0.1,
    min: 0.01,
    max: 0.5,
    limits: [0, 0.9],
    step: 0.01,
    help: 'Share of the budget for dragging walkers to their windows, or for the direct run from which they start.',
  },
} satisfies ParamSpecs;
