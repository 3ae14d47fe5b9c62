import type { CouplingMessages } from '../../../core/coupling/messages.ts';
import { inSymbols } from '../../../core/expression/symbols.ts';
import { listed, short } from '../../format.ts';
import type { Words } from '../../language.ts';
import { titleIn } from '../members.ts';

export const coupling: Words<CouplingMessages> = {
  'coupling-needs-potential': ({ system }) =>
    `The system “${titleIn('system', system)}” has no potential energy, so moves cannot be accepted or rejected and a bias cannot be removed.`,
  'coupling-needs-visible-coordinates': ({ system }) =>
    `The system “${titleIn('system', system)}” evolves in hidden coordinates. A model of the observed coordinates cannot place its walkers.`,
  'coupling-needs-two-coordinates': ({ system }) =>
    `The system “${titleIn('system', system)}” has a single coordinate, so nothing is left to generate once the collective variable is given.`,
  'coupling-needs-exact-free-energy': ({ system, dimension }) =>
    `The system “${titleIn('system', system)}” has ${dimension} coordinates and is not a chain, so there is no exact free energy to compare with.`,
  'coupling-needs-coordinate': ({ cv, coordinates }) =>
    `The collective variable ${cv} is not a coordinate, so a move would change it. Choose one of ${coordinates.map(inSymbols).join(', ')}.`,
  'coupling-needs-open-range': ({ system, periodic }) =>
    `The system “${titleIn('system', system)}” is periodic in ${listed(periodic.map(inSymbols))}, but the windows need a range with two ends.`,
  'couple-low-above-high': ({ low, high }) =>
    `The lowest window centre (couple.low = ${short(low)}) must be below the highest (couple.high = ${short(high)}).`,
  'exact-starts-unknown': () =>
    'Exact starting configurations are not available for this system. Remove the method “exact starts”.',
  'start-left-no-samples': () =>
    'The budget is too small: the initial simulation produced no samples. Increase the budget.',
};
