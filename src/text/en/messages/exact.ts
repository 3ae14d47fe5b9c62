import type { ExactMessages } from '../../../core/exact/messages.ts';
import { fixed, short } from '../../format.ts';
import type { Words } from '../../language.ts';
import { titleIn } from '../members.ts';

export const exact: Words<ExactMessages> = {
  'no-barrier': ({ cv, height }) =>
    `F(${cv}) has no barrier${height === 0 ? '' : ` above ${fixed(height, 1)} kT`}, so direct simulation works just as well. Choose an energy with a barrier, a lower kT, or another collective variable.`,
  'energy-unbounded': ({ system, coordinates }) =>
    `System “${titleIn('system', system)}”: exp(−U/kT) does not vanish at large distances, so there is no equilibrium distribution. Add a term to U that grows in all directions, such as 0.1*(${coordinates.map((name) => `${name}^4`).join(' + ')}).`,
  'site-energy-unbounded': () =>
    `The energy of a site does not grow at large distances, so there is no equilibrium distribution.`,
  'energy-not-finite': ({ system }) =>
    `System “${titleIn('system', system)}”: the energy is not a finite number everywhere in the domain.`,
  'exact-needs-few-coordinates': ({ dimension }) =>
    `Exact references are computed for systems with one or two coordinates; this one has ${dimension}.`,
  'exact-fields-need-a-plane': ({ system, dimension }) =>
    `Fields are drawn for two coordinates; the system “${titleIn('system', system)}” has ${dimension}.`,
  'exact-chain-needs-site': ({ cv }) =>
    `The exact distribution of ${cv} is not known: for a chain it is known only for the coordinate of one site.`,
  'no-state-at-value': ({ at }) =>
    `No state has ${at.map(({ cv, value }) => `${cv} = ${short(value)}`).join(' and ')}. Choose ${
      at.length === 1 ? 'another value' : 'other values'
    }.`,
  'target-too-small': () =>
    'The target region is too small: no grid cell lies inside it. Choose a larger target.',
};
