/** Short names of the arms and how figures draw them: colour for the kind of data, symbol and dash for the arm. */
import type { ArmId } from '../../core/coupling/arms.ts';
import type { RunFamily } from '../../plots/run-marks.ts';

export interface ArmLook {
  readonly name: string;
  readonly family: RunFamily;
  readonly mark: number;
}

export const looks: Readonly<Record<ArmId, ArmLook>> = {
  direct: { name: 'direct', family: 'simulation', mark: 0 },
  'dragged-1': { name: 'dragged, 1', family: 'biased', mark: 0 },
  'dragged-16': { name: 'dragged, 16', family: 'biased', mark: 1 },
  'exchange-1': { name: 'exchange, 1', family: 'biased', mark: 2 },
  'exchange-16': { name: 'exchange, 16', family: 'biased', mark: 3 },
  plain: { name: 'plain', family: 'model', mark: 1 },
  metropolis: { name: 'Metropolis', family: 'model', mark: 0 },
  'metropolis-neighbours': { name: 'neighbours', family: 'model', mark: 2 },
  'metropolis-broad': { name: 'broad', family: 'model', mark: 3 },
  'metropolis-bad': { name: 'bad model', family: 'model', mark: 4 },
  ceiling: { name: 'exact starts', family: 'biased', mark: 4 },
};
