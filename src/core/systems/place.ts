/** Places in configuration space, written as the name of a minimum or as coordinates. */
import { type MessageOf, messages, Problem } from '../message.ts';
import type { ResolvedSystem } from './resolved.ts';

export interface PlaceMessages {
  /** Names of the places that have one, and how many coordinates any other needs. */
  readonly 'unknown-place': { readonly names: readonly string[]; readonly coordinates: number };
}

const message = messages<PlaceMessages>();

/** Coordinates of a place. @throws Problem that says what would be a place of this system */
export function placeOf(text: string, system: ResolvedSystem): readonly number[] {
  const place = readPlace(text, system);
  if (!place) throw new Problem(unknownPlace(system));
  return place;
}

export function placeProblem(text: string, system: ResolvedSystem): MessageOf<PlaceMessages> | undefined {
  return readPlace(text, system) ? undefined : unknownPlace(system);
}

function readPlace(text: string, { facts, coordinates }: ResolvedSystem): readonly number[] | undefined {
  const named = facts.minima.find(({ name }) => name === text);
  if (named) return named.at;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  return numbers.length === coordinates.length && numbers.every(Number.isFinite) ? numbers : undefined;
}

function unknownPlace({ facts, coordinates }: ResolvedSystem) {
  return message('unknown-place', {
    names: facts.minima.map(({ name }) => name),
    coordinates: coordinates.length,
  });
}
