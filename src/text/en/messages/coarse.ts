import type { CoarseMessages, MapStageId } from '../../../core/coarse/messages.ts';
import { inSymbols } from '../../../core/expression/symbols.ts';
import { short, wholeNumber } from '../../format.ts';
import type { Words } from '../../language.ts';
import { titleIn } from '../members.ts';

const stages: Readonly<Record<MapStageId | 'table', string>> = {
  trajectory: 'trajectory',
  bursts: 'bursts',
  distances: 'distances',
  eigenvectors: 'eigenvectors',
  residuals: 'harmonics',
  table: 'interpolation table',
};

const OVERDAMPED = 'Use Euler–Maruyama or Leimkuhler–Matthews.';

export const coarse: Words<CoarseMessages> = {
  'phase-preparing': () => 'preparing',
  'phase-archive': () => 'long direct run',
  'phase-held-runs': () => 'restrained runs for training',
  'phase-training': ({ step, steps }) => `training the model, step ${step} of ${steps}`,
  'phase-memory': () => 'correlation times of the fast variables',
  'phase-restriction': () => 'restriction',
  'phase-healing': () => 'healing',
  'phase-bursts': () => 'bursts',
  'phase-drift': () => 'drift and diffusion',
  'phase-coarse': () => 'coarse equation compared with full system',
  'phase-map': ({ stage }) => `diffusion map: ${stages[stage]}`,
  'phase-learned': ({ stage }) => stages[stage],

  'lift-exact': () => 'exact conditional distribution',
  'lift-run': () => 'states of a long run',
  'lift-neighbours': () => 'nearest states of a run',
  'lift-fixed': () => 'other coordinates fixed',
  'lift-model': ({ data }) =>
    data === 'run' ? 'model trained on a long direct run' : 'model trained on restrained runs',

  'budget-too-small': () => 'The budget is too small.',
  'nothing-fast': ({ steps }) =>
    `No coordinate is faster than the collective variable, so times are given in units of ${steps} steps.`,
  'memory-not-measured': ({ steps }) =>
    `The budget is too small to measure the correlation times of the other coordinates, so times are given in units of ${steps} steps.`,
  'coordinate-not-fast': ({ coordinate }) =>
    `${inSymbols(coordinate)} was still correlated when the run ended. It is not fast, so the results below may not be valid. Increase the budget or choose another collective variable.`,
  'bursts-shortened': ({ bursts, share }) =>
    `To fit ${bursts} bursts from each value into the budget, healing and bursts were shortened to ${Math.ceil(100 * share)} % of the requested length. Increase the budget or use fewer values.`,
  'bursts-too-short': () =>
    'Bursts are shorter than two fast times, so the fast variables cannot relax while the collective variable moves.',
  'lag-within-fast-time': () =>
    'The collective variable moves within one fast time, so a lag of less than two fast times is used. This is correct only if the other variables do not drive it.',
  'no-plateau': () =>
    'Drift and diffusion depend on the lag by more than their errors and 5 %: the collective variable has memory, and the coarse equation is only approximate.',
  'no-stationary-state': () =>
    'Walkers leave the range of the values, so there is no stationary distribution within it.',
  'held-not-conditional': ({ observable, shift }) =>
    `The dynamics has no detailed balance: with the collective variable held, the mean of ${inSymbols(observable)} settles ${short(shift, 2)} standard deviations (root mean square over the values) from that of the direct run. Healing leads to the held distribution, not to the conditional one, so drift and F below belong to the held one. Compare with close.healing=0.`,
  'healing-needs-budget': () => 'The budget is too small to follow the healing.',
  'leaps-need-budget': () => 'The budget is too small for two leaps and the full run to compare with.',
  'leaps-cut-short': () => 'The budget was used up before the run was complete.',
  'target-needed': () => 'No target region is set. Set one, for example target=1,0.',
  'target-out-of-range': () =>
    'The start and the target must be separated along the collective variable and lie within the range of the values.',
  'no-exact-free-energy': () => 'The exact free energy is not known here.',
  'density-of-direct-run': () =>
    'There is no potential energy. F is minus the logarithm of the stationary density and is compared with that of a long direct run.',
  'direct-run-leaves-range': () =>
    'Walkers of the direct run leave the range of the values, so there is no stationary distribution to compare with.',

  'no-physical-time': ({ integrator }) =>
    `Steps of ${titleIn('integrator', integrator)} do not represent physical time, so drift and diffusion cannot be estimated from them. ${OVERDAMPED}`,
  'dynamics-has-inertia': ({ integrator }) =>
    `Trajectories of ${titleIn('integrator', integrator)} have inertia, which the coarse equation does not describe. ${OVERDAMPED}`,
  'bursts-need-budget': ({ steps, values }) =>
    `The budget is too small for bursts of more than ${steps} steps from each of ${values} values. Increase the budget or use fewer values.`,
  'lifting-needs-budget': () =>
    'The budget is too small for a run that provides states for lifting or training. Increase the budget.',
  'map-bursts-need-budget': ({ bursts, states }) =>
    `The budget is too small for ${bursts} bursts from each of ${states} states. Increase the budget or use fewer states.`,
  'trajectory-needs-budget': ({ time, steps, dt }) =>
    `A trajectory of time ${short(time)} needs ${wholeNumber(steps)} steps of ${short(dt)}, which is more than the budget. Increase the budget or use a shorter time.`,
  'noise-missing': () =>
    'The noise vanishes in some direction, so Mahalanobis distances are not defined. Use Euclidean distances.',
  'kernel-too-narrow': ({ scale }) =>
    `With the kernel scale ${short(scale)} most states have no neighbours. Use a larger scale or more states.`,
  'states-on-a-line': () =>
    'The states lie on a line, so the learned coordinate cannot be extended to the plane. Use a higher temperature or a longer time for the states.',
};
