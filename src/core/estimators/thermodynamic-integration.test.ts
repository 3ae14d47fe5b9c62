import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { thermodynamicIntegration, windowMeanForce } from './thermodynamic-integration.ts';

const ring = (places: number, noise: (i: number) => number) =>
  Array.from({ length: places }, (_, i) => {
    const cv = -Math.PI + (2 * Math.PI * i) / places;
    return { cv, gradient: -3 * Math.sin(cv) + 0.2 * noise(i), stderr: 0.2 };
  });

describe('thermodynamic integration', () => {
  it('is exact for a quadratic F on uneven places', () => {
    const forces = [-1, -0.4, 0, 0.3, 2].map((cv) => ({ cv, gradient: 5 * cv, stderr: 0.1 }));
    const { freeEnergy, stderr, closure } = thermodynamicIntegration(forces);
    [2.5, 0.4, 0, 0.225, 10].forEach((F, i) => {
      expect(freeEnergy[i]).toBeCloseTo(F, 12);
    });
    // One interval of .3: half of it for each end.
    expect(stderr[3]).toBeCloseTo(0.1 * 0.15 * Math.SQRT2, 12);
    expect(stderr[2]).toBe(0);
    expect(closure).toBeNull();
  });

  it('closes a ring, and shows a force of the wrong sign in half of it', () => {
    const forces = ring(60, () => 0);
    const { closure, freeEnergy } = thermodynamicIntegration(forces, 2 * Math.PI);
    expect(closure!.value).toBeCloseTo(0, 10);
    expect(closure!.stderr).toBeCloseTo(0.2 * Math.sqrt(60) * ((2 * Math.PI) / 60), 10);
    expect(Math.max(...freeEnergy)).toBeCloseTo(6, 1);
    const wrong = forces.map((force) => (force.cv > 0 ? { ...force, gradient: -force.gradient } : force));
    const { value, stderr } = thermodynamicIntegration(wrong, 2 * Math.PI).closure!;
    expect(Math.abs(value / stderr)).toBeGreaterThan(20);
  });

  it('claims errors that cover the truth over 40 seeds', () => {
    const exact = thermodynamicIntegration(ring(60, () => 0)).freeEnergy;
    let [within1, within3, all] = [0, 0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const noise = new Float64Array(60);
      for (let i = 0; i < 60; i += 4) new RandomStream(seed, 'forces').normals(0, i / 4, noise, i);
      const { freeEnergy, stderr, closure } = thermodynamicIntegration(
        ring(60, (i) => noise[i]),
        2 * Math.PI,
      );
      const lowest = freeEnergy.indexOf(0);
      const zs = [10, 30, 45].map((i) => (freeEnergy[i] - exact[i] + exact[lowest]) / stderr[i]);
      for (const z of [...zs, closure!.value / closure!.stderr]) {
        all++;
        if (Math.abs(z) < 1) within1++;
        if (Math.abs(z) < 3) within3++;
      }
    }
    expect(within1 / all).toBeGreaterThan(0.55);
    expect(within1 / all).toBeLessThan(0.8);
    expect(within3 / all).toBeGreaterThan(0.95);
  });

  it('takes the mean force of a window from its spring', () => {
    // F = 10 z^2 in energy, kT 2, spring 100, centre .6: mean .5, slope 10 in energy, 5 in kT.
    const window = {
      center: 0.6,
      springConstant: 100,
      mean: 0.5,
      variance: 2 / 120,
      effectiveSampleSize: 50,
    };
    expect(windowMeanForce(window, 2)).toEqual({
      cv: 0.5,
      gradient: expect.closeTo(5, 12),
      stderr: expect.closeTo(Math.sqrt(120 / 100), 12),
    });
  });

  it('refuses places out of order or beyond the period', () => {
    const at = (cv: number) => ({ cv, gradient: 0, stderr: 0 });
    expect(() => thermodynamicIntegration([at(0)])).toThrow(RangeError);
    expect(() => thermodynamicIntegration([at(1), at(0)])).toThrow(RangeError);
    expect(() => thermodynamicIntegration([at(0), at(7)], 6)).toThrow(RangeError);
  });
});
