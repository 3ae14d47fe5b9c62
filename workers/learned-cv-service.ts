/** Lets the page tell a worker which coordinates have been learned already: no worker makes one that another has made. */
import { learnedCoordinates } from '../src/catalog.ts';
import type { LearnedCoordinate } from '../src/core/systems/learned-cv.ts';

export interface LearnedCvService {
  know(key: string, coordinate: LearnedCoordinate): void;
}

export const learnedCvService: LearnedCvService = {
  know: (key, coordinate) => learnedCoordinates.add(key, coordinate),
};
