import { describe, expect, it } from 'vitest';
import { linspace } from '../../numerics/results.ts';
import { CoarseEquation } from '../equation/coarse-equation.ts';
import { fitted, interpolated } from '../equation/smooth.ts';
import { effective, uncorrected } from './effective.ts';

const STRETCH = { range: [-1.5, 1.5], periodic: false } as const;

describe('curves through values', () => {
  it('repeat a cubic and its slope, and go on as a line', () => {
    const z = linspace(-1.5, 1.5, 11);
    const cubic = (x: number) => 1 + x - 2 * x ** 2 + x ** 3;
    const values = z.map(cubic);
    for (const curve of [fitted(z, values, 4, STRETCH), interpolated(z, values, STRETCH)]) {
      for (const x of [-1.5, -1.37, 0.02, 1.49]) {
        expect(curve.at(x)).toBeCloseTo(cubic(x), 9);
        expect(curve.slope(x)).toBeCloseTo(1 - 4 * x + 3 * x ** 2, 8);
      }
      expect(curve.at(2)).toBeCloseTo(cubic(1.5) + 0.5 * (1 - 6 + 6.75), 8);
    }
  });

  it('close on a ring', () => {
    const ring = { range: [-Math.PI, Math.PI], periodic: true } as const;
    const z = linspace(-Math.PI, Math.PI, 33).slice(0, -1);
    const values = z.map((x) => 1 + Math.sin(x) - Math.cos(2 * x));
    const exact = (x: number) => 1 + Math.sin(x) - Math.cos(2 * x);
    for (const [curve, digits] of [
      [fitted(z, values, 5, ring), 9],
      [interpolated(z, values, ring), 2],
    ] as const)
      for (const x of [3.1, -3.1, 3.1 + 2 * Math.PI, 0.4]) expect(curve.at(x)).toBeCloseTo(exact(x), digits);
  });
});

describe('drift and diffusion from bursts', () => {
  const [theta, D] = [3, 0.4];
  const values = linspace(-1.5, 1.5, 21);
  /** Moments of the Ornstein-Uhlenbeck process that starts at z. */
  const momentsAfter = (t: number) =>
    Array.from(values, (z) => ({
      mean: z * Math.exp(-theta * t),
      variance: (D / theta) * (1 - Math.exp(-2 * theta * t)),
    }));

  it('read off at a finite lag are those of the closed form', () => {
    const lag = 0.1;
    const seen = uncorrected({ values, from: momentsAfter(0), to: momentsAfter(lag), duration: lag });
    values.forEach((z, i) => {
      expect(seen.drift[i]).toBeCloseTo((z * (Math.exp(-theta * lag) - 1)) / lag, 12);
      expect(seen.diffusion[i]).toBeCloseTo((D * (1 - Math.exp(-2 * theta * lag))) / (2 * theta * lag), 12);
    });
  });

  it('corrected for the lag are those of the process', () => {
    for (const [first, last] of [
      [0, 0.1],
      [0.05, 0.2],
    ]) {
      const moments = { values, from: momentsAfter(first), to: momentsAfter(last), duration: last - first };
      const found = effective(moments, STRETCH);
      values.forEach((z, i) => {
        expect(Math.abs(found.drift[i] + theta * z)).toBeLessThan(2e-3);
        expect(Math.abs(found.diffusion[i] / D - 1)).toBeLessThan(2e-3);
      });
      const F = found.equation.logDensity(values).map((log) => -log);
      values.forEach((z, i) => {
        expect(Math.abs(F[i] - F[10] - (theta * z * z) / (2 * D))).toBeLessThan(0.02);
      });
    }
  });
});

describe('the coarse equation', () => {
  it('of a double well has the mean first-passage times of reference.md 3.3', () => {
    const h = 5;
    const equation = new CoarseEquation(
      { at: (z) => -4 * h * z * (z * z - 1), slope: (z) => -4 * h * (3 * z * z - 1) },
      { at: () => 1, slope: () => 0 },
      { range: [-3, 3], periodic: false },
    );
    expect(equation.meanFirstPassageTime(-1, 1)).toBeCloseTo(36.4835, 2);
    expect(equation.meanFirstPassageTime(1, 0)).toBeCloseTo(18.0952, 2);
  });

  it('carries mean and variance of a diffusion that grows with z', () => {
    // dz = -z dt + sqrt(2 (1 + z^2 / 4)) dW: d<z^2>/dt = -2 <z^2> + 2 + <z^2> / 2.
    const equation = new CoarseEquation(
      { at: (z) => -z, slope: () => -1 },
      { at: (z) => 1 + (z * z) / 4, slope: (z) => z / 2 },
      { range: [-3, 3], periodic: false },
    );
    const [time, z] = [0.2, 0.7];
    const [{ mean, variance }] = equation.carried([{ mean: z, variance: 0 }], time);
    const square = 4 / 3 + (z * z - 4 / 3) * Math.exp(-1.5 * time);
    expect(mean).toBeCloseTo(z * Math.exp(-time), 4);
    expect(variance).toBeCloseTo(square - mean * mean, 3);
  });
});
