/** Widths that models of the remaining coordinates share. */
import { type ConditionalModel, gaussianModel } from '../model.ts';
import type { CouplePlan } from '../plan.ts';

/** Data nearest to a node that make a model of several coordinates there. */
export const NEIGHBOURS = 500;
/** Width of the broad Gaussian in widths of the plotted range. */
const BROAD = 0.25;
/** Least width of a cell of a table, in widths of the plotted range. */
const NARROWEST = 1e-4;

export function broadOf({ restRanges: [[low, high]] }: CouplePlan): ConditionalModel {
  return gaussianModel((low + high) / 2, BROAD * (high - low));
}

export function narrowestOf({ restRanges: [[low, high]] }: CouplePlan): number {
  return NARROWEST * (high - low);
}
