/** Places in configuration space, written as the name of a minimum or as coordinates. */
import type { ResolvedSystem } from './resolved.ts';

/** Coordinates of a place. @throws Error that says what would be a place of this system */
export function placeOf(text: string, system: ResolvedSystem): readonly number[] {
  const named = system.facts.minima.find(({ name }) => name === text);
  if (named) return named.at;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.length === system.coordinates.length && numbers.every(Number.isFinite)) return numbers;
  const names = system.facts.minima.map(({ name }) => name);
  const coordinates = `${system.coordinates.length} numbers separated by commas`;
  throw new Error(`is neither ${[...names, coordinates].join(' nor ')}`);
}

export function placeProblem(text: string, system: ResolvedSystem): string | undefined {
  try {
    placeOf(text, system);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
