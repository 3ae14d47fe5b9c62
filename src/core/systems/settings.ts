/** Specs of where walkers start and what counts as arrival. */
import { text } from '../params/make.ts';
import type { TextSpec } from '../params/params.ts';
import { placeProblem } from './place.ts';
import type { ResolvedSystem } from './resolved.ts';

const MOST_PLACE_CHARACTERS = 1000;

export function startSetting(system: ResolvedSystem): TextSpec {
  return text(
    typeof system.start === 'string' ? system.start : system.start.join(','),
    MOST_PLACE_CHARACTERS,
    { check: (text) => placeProblem(text, system), shapes: ['start'] },
  );
}

export function targetSetting(system: ResolvedSystem): TextSpec {
  return text(system.arrival?.minimum ?? '', MOST_PLACE_CHARACTERS, {
    check: (text) => (text === '' ? undefined : placeProblem(text, system)),
    shapes: ['target'],
  });
}
