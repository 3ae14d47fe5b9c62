/** Where the windows of umbrella sampling stand and how stiff they are. */
import { periodOf, wrapped } from '../../dynamics/bias-term.ts';
import type { Warning } from '../../estimators/finding.ts';
import type { Window } from '../../estimators/window-samples.ts';
import { Problem } from '../../message.ts';
import { linspace } from '../../numerics/results.ts';
import type { ParamValue } from '../../params/params.ts';
import type { CollectiveVariable } from '../../systems/contract.ts';
import { message } from '../messages.ts';
import type { UmbrellaParams } from './params.ts';

export interface WindowPlan {
  readonly windows: readonly Window[];
  /** Springs were chosen here, and may be softened. */
  readonly automatic: boolean;
  /** What forbids any number. */
  readonly forbidden: readonly Warning[];
}

/** Spacing of the windows in thermal widths sqrt(kT/k) of the chosen springs. */
const SPACING_IN_WIDTHS = Math.SQRT2;
/** Places within this share of the range of each other are the same. */
const SEAM = 1e-6;

/** @throws Problem that names the parameter which does not fit the others */
export function planWindows(params: UmbrellaParams, cv: CollectiveVariable, kT: number): WindowPlan {
  const asked = params.centers.length > 0 ? params.centers : evenCenters(params, cv);
  const centers = asked.map((center) => wrapped(center, cv));
  const { springConstants } = params;
  const automatic = springConstants.length === 0;
  if (!automatic && springConstants.length !== 1 && springConstants.length !== centers.length)
    throw new Problem(
      message('springs-and-windows-differ', { springs: springConstants.length, windows: centers.length }),
    );
  const springOf = (k: number) => (springConstants.length === 1 ? springConstants[0] : springConstants[k]);
  const spacings = automatic ? spacingsOf(centers, cv) : [];
  const windows = centers.map((center, k) => ({
    center,
    springConstant: automatic ? kT * (SPACING_IN_WIDTHS / spacings[k]) ** 2 : springOf(k),
  }));
  return {
    windows,
    automatic,
    forbidden: [...outsideRange(centers, params, cv), ...zeroSprings(windows)],
  };
}

function evenCenters({ windows, low, high }: UmbrellaParams, cv: CollectiveVariable): number[] {
  if (windows === 1) return [(low + high) / 2];
  if (!(low < high)) throw new Problem(message('low-above-high', { low, high }));
  const period = periodOf(cv);
  if (period !== undefined && high - low > period * (1 - SEAM))
    return Array.from({ length: windows }, (_, k) => low + (period * k) / windows);
  return [...linspace(low, high, windows)];
}

/** Of each window, the mean distance to the next centres on both sides; windows at one place count as one. */
function spacingsOf(centers: readonly number[], cv: CollectiveVariable): number[] {
  const places = [...new Set(centers)].sort((a, b) => a - b);
  const width = cv.range[1] - cv.range[0];
  if (places.length === 1) return centers.map(() => width / 2);
  const gaps = places.slice(1).map((place, i) => place - places[i]);
  const seam = cv.periodic ? [places[0] + width - places[places.length - 1]] : [];
  return centers.map((center) => {
    const rank = places.indexOf(center);
    const beside = [gaps[rank - 1] ?? seam[0], gaps[rank] ?? seam[0]].filter((gap) => gap !== undefined);
    return beside.reduce((a, b) => a + b) / beside.length;
  });
}

function outsideRange(
  centers: readonly number[],
  params: UmbrellaParams,
  { range: [low, high], label }: CollectiveVariable,
): Warning[] {
  const slack = SEAM * (high - low);
  const isInside = (center: number) => center >= low - slack && center <= high + slack;
  const outside = centers.filter((center) => !isInside(center));
  if (outside.length === 0) return [];
  return [
    {
      id: 'outside-range',
      message: message('windows-outside-range', { centers: outside, cv: label, low, high }),
      offer: {
        label: message('offer-windows-in-range', {}),
        changes: keptToRange(centers.filter(isInside), params, [low, high]),
      },
    },
  ];
}

function keptToRange(
  inside: readonly number[],
  { centers, springConstants, ...asked }: UmbrellaParams,
  [low, high]: CollectiveVariable['range'],
): Readonly<Record<string, ParamValue>> {
  if (centers.length > 0) {
    const kept = springConstants.filter((_, k) => inside.includes(centers[k]));
    return {
      'method.centers': inside,
      ...(springConstants.length > 1 ? { 'method.springConstants': kept } : {}),
    };
  }
  const [from, to] = [Math.max(low, asked.low), Math.min(high, asked.high)];
  return from < to ? { 'method.low': from, 'method.high': to } : { 'method.low': low, 'method.high': high };
}

function zeroSprings(windows: readonly Window[]): Warning[] {
  const loose = windows.filter(({ springConstant }) => springConstant === 0);
  if (loose.length === 0 || windows.length === 1) return [];
  return [
    {
      id: 'zero-spring',
      message: message('windows-without-springs', { centers: loose.map(({ center }) => center) }),
      offer: { label: message('offer-automatic-springs', {}), changes: { 'method.springConstants': [] } },
    },
  ];
}
