/** Names of the methods and how figures draw them: colour for the kind of data, symbol and dash for the method. */
import { families } from '../../catalog.ts';
import type { CoupledMethod } from '../../core/coupling/contract.ts';
import type { RunFamily } from '../../plots/run-marks.ts';
import { fromId, text } from '../../text/index.ts';

export interface MethodLook {
  /** Short, for lists and legends. */
  readonly name: string;
  readonly title: string;
  readonly family: RunFamily;
  readonly mark: number;
}

const names: Readonly<Record<string, string>> = text.couple.names;

function familyOf({ model, windows }: CoupledMethod): RunFamily {
  if (model) return 'model';
  return windows ? 'biased' : 'simulation';
}

/** Numbers of marks count the methods of a kind, in their order. */
export function looksOf(
  methods: Readonly<Record<string, CoupledMethod>>,
): Readonly<Record<string, MethodLook>> {
  const marks = { simulation: 0, biased: 0, model: 0 };
  const looks = Object.entries(methods).map(([id, method]) => {
    const family = familyOf(method);
    const name = names[id] ?? fromId(id).toLowerCase();
    return [id, { name, title: text.couple.titles[id] ?? name, family, mark: marks[family]++ }];
  });
  return Object.fromEntries(looks);
}

export const looks = looksOf(families.coupledMethods);
