/** Specs of station Close. */

import { groupReader } from '../params/experiment.ts';
import { choice, count, prefixed, shaping, stretchEnd } from '../params/make.ts';
import type { ListSpec, ParamSpecs, Values } from '../params/params.ts';
import type { CollectiveVariable } from '../systems/contract.ts';

export type CloseSettings = Values<ReturnType<typeof closeSpecs>>;

export const closeSettingsOf = groupReader<ReturnType<typeof closeSpecs>>('close');

export function closeSettings(cv: CollectiveVariable): ParamSpecs {
  return prefixed('close', closeSpecs(cv));
}

function closeSpecs(cv: CollectiveVariable) {
  return {
    ...shaping('closing', { ...valueSettings(cv), ...liftSettings, ...burstSettings }),
    ...shaping('map', mapSettings),
  };
}

function valueSettings(cv: CollectiveVariable) {
  const [low, high] = cv.range;
  return {
    values: count(
      'Values',
      27,
      9,
      60,
      'Number of evenly spaced values of the slow variable from which bursts start.',
      { limits: [6, 200], scale: 'linear' },
    ),
    low: stretchEnd(cv, 'From', low, 'Lowest value of the slow variable from which bursts start.'),
    high: stretchEnd(cv, 'To', high, 'Highest value of the slow variable from which bursts start.'),
  } satisfies ParamSpecs;
}

const liftSettings = {
  lift: choice(
    'Lift',
    'exact',
    [
      { id: 'exact', label: 'exact conditional distribution' },
      { id: 'model', label: 'trained conditional model' },
      { id: 'neighbours', label: 'nearest states of a run' },
      { id: 'bad', label: 'other coordinates fixed' },
    ],
    'Where the states come from that have an asked value of the slow variable. Without a known distribution, exact means the states of a long run next to the value.',
  ),
  model: choice(
    'Model generates',
    'orthogonal',
    [
      { id: 'orthogonal', label: 'the other coordinates' },
      { id: 'full', label: 'full states' },
    ],
    'What the trained model makes: the other coordinates, the slow variable being put where it is asked, so that the restriction error is zero by construction; or full states, whose own slow variable misses the asked value by what the model has not learned.',
  ),
  data: choice(
    'Model learns from',
    'held',
    [
      { id: 'held', label: 'runs at held values' },
      { id: 'run', label: 'a long direct run' },
    ],
    'States that the model is trained on: of walkers held at values evenly along the slow variable, which cross no barrier; or of walkers that start there and run freely, and soon sit in the wells.',
  ),
  training: count(
    'Training',
    1000,
    200,
    5000,
    'Steps of training of the model that lifts, of 256 states each.',
    { limits: [10, 100_000], unit: 'steps' },
  ),
  neighbours: count(
    'Neighbours',
    200,
    10,
    2000,
    'Number of states of the run nearest to the value from which lifts are drawn.',
    { limits: [1, 100_000] },
  ),
  healing: {
    kind: 'number',
    label: 'Healing',
    unit: 'fast times',
    default: 2,
    min: 0,
    max: 20,
    limits: [0, 1000],
    step: 0.5,
    help: 'How long lifted states relax with the slow variable held before a burst begins, in correlation times of the fast ones.',
  },
} satisfies ParamSpecs;

const burstSettings = {
  bursts: count(
    'Bursts',
    4000,
    100,
    10_000,
    'Bursts from each value; fewer where the budget does not hold them.',
    { limits: [16, 100_000] },
  ),
  estimator: choice(
    'Drift from',
    'controlled',
    [
      { id: 'controlled', label: 'the displacement less what noise did' },
      { id: 'force', label: 'the force along the burst' },
      { id: 'displacement', label: 'the displacement' },
    ],
    'How drift and diffusion are read from bursts. What the noise alone did to the slow variable and to the variables that push it is known to have mean 0 and how large it is: by regression it is taken away. Or the mean of the generator acting on the slow variable, which has the same mean as the displacement and less noise; or the displacement as it is.',
  ),
  lag: {
    kind: 'list',
    label: 'Lag',
    symbol: '\\tau',
    unit: 'fast times',
    default: [],
    empty: 'automatic',
    limits: [0.01, 10_000],
    maxLength: 1,
    help: 'Length of the bursts that drift and diffusion are taken from, in correlation times of the fast variables. Automatic: the shortest on the plateau.',
  },
  skip: {
    kind: 'list',
    label: 'Skip',
    unit: 'fast times',
    default: [],
    empty: 'half the lag',
    limits: [0, 10_000],
    maxLength: 1,
    help: 'Beginning of the bursts that is not used, where a lag is given: the fast variables settle to the moving slow one. With 0 a lift that was not healed shows.',
  },
  longest: {
    kind: 'number',
    label: 'Longest lag',
    unit: 'fast times',
    default: 8,
    min: 4,
    max: 64,
    limits: [2, 10_000],
    scale: 'log',
    help: 'Length of the bursts, in correlation times of the fast variables.',
  },
  leap: {
    kind: 'number',
    label: 'Leap',
    unit: 'burst lengths',
    default: 4,
    min: 1,
    max: 32,
    limits: [0.5, 1000],
    scale: 'log',
    help: 'Coarse projective integration: how far the coarse variables are carried on between two bursts.',
  },
} satisfies ParamSpecs;

const mapSettings = {
  map: choice(
    'Diffusion map',
    'mahalanobis',
    [
      { id: 'mahalanobis', label: 'Mahalanobis distances, from bursts' },
      { id: 'euclidean', label: 'Euclidean distances' },
      { id: 'none', label: 'none' },
    ],
    'How far apart states are for the diffusion map: in units of the noise that bursts from them show, so that fast directions count little; or as they lie in the plane.',
  ),
  points: count(
    'States',
    3000,
    500,
    4000,
    'Number of states of one trajectory, of the simulated time, of which the diffusion map is made.',
    { limits: [100, 5000] },
  ),
  alpha: choice(
    'Density',
    '1',
    [
      { id: '0', label: 'kept (α = 0)' },
      { id: '0.5', label: 'half divided out (α = 1/2)' },
      { id: '1', label: 'divided out (α = 1)' },
    ],
    'How much of the density of the states is divided out of the kernel.',
    { symbol: '\\alpha' },
  ),
  scale: {
    kind: 'list',
    label: 'Kernel scale',
    default: [],
    empty: 'automatic',
    limits: [1e-12, 1e12],
    maxLength: 1,
    help: 'The kernel is exp(-distance²/scale). Automatic: twice the product of the distances of the tenth neighbours of both states, so that it is wide where states are few.',
  },
  mapTime: ofTheMap(
    'Time of the states',
    [1e-6, 1e9],
    'Time of the trajectory from which the states of the map are taken; by default the simulated time.',
  ),
  mapTemperature: ofTheMap(
    'Temperature of the states',
    [1e-3, 1e3],
    'Temperature of that trajectory: a higher one than that of the run reaches states behind barriers.',
  ),
  mapSeed: ofTheMap(
    'Seed of the states',
    [0, 2 ** 32 - 1],
    'Seed of that trajectory: with a number here the learned coordinate stays as it is when the seed of the run changes.',
  ),
} satisfies ParamSpecs;

function ofTheMap(label: string, limits: readonly [number, number], help: string): ListSpec {
  return { kind: 'list', label, default: [], empty: 'that of the run', limits, maxLength: 1, help };
}
