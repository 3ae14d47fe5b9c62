import type { DynamicsMessages } from '../../../core/dynamics/messages.ts';
import { short } from '../../format.ts';
import type { Words } from '../../language.ts';
import { titleIn } from '../members.ts';

export const dynamics: Words<DynamicsMessages> = {
  'time-step-too-long': ({ dt, step, safe }) =>
    `The time step ${short(dt)} is too long: the integration became unstable after ${step} steps. Try ${
      safe === null ? 'a shorter one' : `${short(safe)} or less`
    }.`,
  'left-the-domain': ({ step }) =>
    `After ${step} steps the walkers were far outside the domain. Check that the energy is bounded below there.`,
  'force-not-finite': ({ start }) =>
    `The force is not a finite number at the starting point (${start.map((value) => short(value)).join(', ')}): the energy has a kink or a pole there. Start the walkers next to it.`,
  'random-numbers-spent': () =>
    'The run has used all its random numbers. Increase the time step or simulate a shorter time.',
  'needs-potential': ({ system }) =>
    `This integrator needs a potential energy, and the system “${titleIn('system', system)}” has none. Choose another integrator.`,
};
