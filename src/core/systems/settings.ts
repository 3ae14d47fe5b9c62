/** Specs of where walkers start and what counts as arrival. */
import type { TextSpec } from '../params/params.ts';
import { placeProblem } from './place.ts';
import type { ResolvedSystem } from './resolved.ts';

const MOST_PLACE_CHARACTERS = 1000;

export function startSetting(system: ResolvedSystem): TextSpec {
  return {
    kind: 'text',
    shapes: ['start'],
    default: typeof system.start === 'string' ? system.start : system.start.join(','),
    maxLength: MOST_PLACE_CHARACTERS,
    check: (text) => placeProblem(text, system),
  };
}

export function targetSetting(system: ResolvedSystem): TextSpec {
  return {
    kind: 'text',
    shapes: ['target'],
    default: system.arrival?.minimum ?? '',
    maxLength: MOST_PLACE_CHARACTERS,
    check: (text) => (text === '' ? undefined : placeProblem(text, system)),
  };
}
