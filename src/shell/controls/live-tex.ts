/** The equation of a system with its parameters marked, as symbols or as the numbers that they have now. */

import type { ParamSpec, ParamValue, ParamValues } from '../../core/params/params.ts';
import type { System } from '../../core/systems/contract.ts';
import { energyTex } from '../../core/systems/model.ts';
import { Signal } from '../runs/signal.ts';

export type Notation = 'symbols' | 'numbers';

/** The parameter that a hand or the focus rests on. */
export const pointed = new Signal<string | null>(null);

/** Class of every occurrence of a parameter in the equation. */
export function termClass(name: string): string {
  return `term-${name}`;
}

export function liveTex(system: System, params: ParamValues, notation: Notation): string {
  const specs = typeof system.params === 'function' ? system.params(params) : system.params;
  const marked = Object.entries(specs).map(([name, spec]): [string, ParamSpec] => {
    if (spec.kind !== 'number') return [name, spec];
    const text = notation === 'numbers' ? numeral(params[name]) : (spec.symbol ?? plain(name));
    return [name, { ...spec, symbol: `\\htmlClass{${termClass(name)}}{${text}}` }];
  });
  return energyTex({ ...system, params: Object.fromEntries(marked) }, params);
}

function numeral(value: ParamValue): string {
  const text = String(Number(Number(value).toPrecision(3)));
  const [mantissa, exponent] = text.split('e');
  const number = exponent ? `${mantissa}\\cdot 10^{${Number(exponent)}}` : mantissa;
  return text.startsWith('-') ? `\\left(${number}\\right)` : number;
}

function plain(name: string): string {
  return name.length === 1 ? name : `\\mathrm{${name.replaceAll('_', '\\_')}}`;
}
