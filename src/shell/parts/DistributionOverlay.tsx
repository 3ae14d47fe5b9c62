/** The conditional distribution drawn where it lives: along the line of states with the asked value, exact beside generated. */

import type { ConditionalDistribution } from '../../core/numerics/results.ts';
import type { Margins, Range } from '../../plots/figure.ts';
import { insetOf } from '../figure/DotsOverlay.tsx';

interface LawOverlayProps {
  readonly axis: 'x' | 'y';
  readonly distribution: ConditionalDistribution;
  /** Generated values of the coordinate that is left free. */
  readonly values: ArrayLike<number> | null;
  readonly domain: readonly Range[];
  readonly margins: Margins;
}

/** Length of the peak of the exact density, percent of the plot area. */
const PEAK = 17;
const TALLEST = 2 * PEAK;
const BINS = 60;

export function DistributionOverlay({ axis, distribution, values, domain, margins }: LawOverlayProps) {
  const [along, across] = axis === 'x' ? [domain[0], domain[1]] : [domain[1], domain[0]];
  const foot = percentOf(distribution.at, along);
  // Towards the side that has more room.
  const side = foot > 50 ? -1 : 1;
  const peak = distribution.density.reduce((a, b) => Math.max(a, b), 0);
  const point = (place: number, density: number) => {
    const height = foot + side * Math.min(TALLEST, (PEAK * density) / peak);
    const rest = percentOf(place, across);
    return axis === 'x'
      ? `${height.toFixed(2)} ${(100 - rest).toFixed(2)}`
      : `${rest.toFixed(2)} ${(100 - height).toFixed(2)}`;
  };
  const exact = Array.from(distribution.x, (place, i) => point(place, distribution.density[i]));
  const generated = values && values.length > 0 ? outline(values, across).map(([x, p]) => point(x, p)) : [];
  return (
    <svg
      className="plot-area distribution-overlay"
      style={insetOf(margins)}
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {generated.length > 0 && <path className="generated" d={`M${generated.join('L')}`} />}
      <path className="exact" d={`M${exact.join('L')}`} />
    </svg>
  );
}

function percentOf(value: number, [low, high]: Range): number {
  return (100 * (value - low)) / (high - low);
}

/** Outline of a histogram, as (place, density). */
function outline(values: ArrayLike<number>, [low, high]: Range): [number, number][] {
  const width = (high - low) / BINS;
  const counts = new Float64Array(BINS);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i] - low) / width);
    if (bin >= 0 && bin < BINS) counts[bin]++;
  }
  return Array.from(counts).flatMap((count, bin): [number, number][] => {
    const density = count / (values.length * width);
    return [
      [low + bin * width, density],
      [low + (bin + 1) * width, density],
    ];
  });
}
