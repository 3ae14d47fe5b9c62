/** Densities of biased windows on a profile: are they one peak, and what do neighbours share? */
import { harmonicEnergy } from '../../dynamics/bias-term.ts';
import type { Profile } from './profile.ts';

/** A biased density may dip to this share of its lower peak by the noise of the profile. */
const DIP = 0.95;
/** Peaks below this share of the highest do not count. */
const NEGLIGIBLE = 1e-3;

/**
 * Share of the samples of one window that another would claim if there were no others, with equal numbers of samples: the
 * integral of p q / (p + q), 1/2 for windows that are the same; what MBAR calls the overlap of two states.
 */
export function sharedBy(p: Float64Array, q: Float64Array): number {
  const sum = p.reduce((a, b) => a + b, 0);
  const other = q.reduce((a, b) => a + b, 0);
  return p.reduce((shared, value, i) => {
    const [a, b] = [value / sum, q[i] / other];
    return a > 0 && b > 0 ? shared + (a * b) / (a + b) : shared;
  }, 0);
}

/** exp(-(F + springConstant/2 (cv - center)^2) / kT) at every place, its largest 1. */
export function biasedDensity(
  { at, F }: Pick<Profile, 'at' | 'F'>,
  kT: number,
  center: number,
  springConstant: number,
  period?: number,
): Float64Array {
  const energy = F.map((value, i) => value + harmonicEnergy(at[i], center, springConstant, period));
  const lowest = energy.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return energy.map((value) => Math.exp((lowest - value) / kT));
}

/** Whether a density rises to one peak and falls: deeper dips than to a share of `dip` between two peaks are none. */
export function isUnimodal(density: Float64Array, ring: boolean, dip = DIP): boolean {
  const top = density.reduce((best, value, i) => (value > density[best] ? i : best), 0);
  const n = density.length;
  const sides = ring
    ? [-1, 1].map((way) => Array.from({ length: n >> 1 }, (_, i) => (top + way * i + n) % n))
    : [
        Array.from({ length: top + 1 }, (_, i) => top - i),
        Array.from({ length: n - top }, (_, i) => top + i),
      ];
  return sides.every((side) => {
    let lowest = density[top];
    return side.every((i) => {
      lowest = Math.min(lowest, density[i]);
      return density[i] < NEGLIGIBLE || lowest >= dip * density[i];
    });
  });
}
