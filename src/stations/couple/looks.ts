/** Short names of the arms and how figures draw them: colour for the kind of data, symbol and dash for the arm. */
import type { RunFamily } from '../../plots/run-marks.ts';
import { text } from '../../text/index.ts';

export interface ArmLook {
  readonly name: string;
  readonly family: RunFamily;
  readonly mark: number;
}

const { names } = text.couple;

export const looks: Readonly<Record<string, ArmLook>> = {
  direct: { name: names.direct, family: 'simulation', mark: 0 },
  'dragged-1': { name: names['dragged-1'], family: 'biased', mark: 0 },
  'dragged-16': { name: names['dragged-16'], family: 'biased', mark: 1 },
  'exchange-1': { name: names['exchange-1'], family: 'biased', mark: 2 },
  'exchange-16': { name: names['exchange-16'], family: 'biased', mark: 3 },
  plain: { name: names.plain, family: 'model', mark: 1 },
  metropolis: { name: names.metropolis, family: 'model', mark: 0 },
  'metropolis-neighbours': { name: names['metropolis-neighbours'], family: 'model', mark: 2 },
  'metropolis-broad': { name: names['metropolis-broad'], family: 'model', mark: 3 },
  'metropolis-bad': { name: names['metropolis-bad'], family: 'model', mark: 4 },
  ceiling: { name: names.ceiling, family: 'biased', mark: 4 },
};
