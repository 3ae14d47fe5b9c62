import { describe, expect, it } from 'vitest';
import { RandomStream } from '../numerics/random.ts';
import { thermodynamicIntegration, windowMeanForce } from './thermodynamic-integration.ts';
import { type GaussianWindow, umbrellaIntegration } from './umbrella-integration.ts';

const [BASE, SPRING, KT, COUNT] = [20, 100, 0.5, 1000];
const CENTERS = Array.from({ length: 7 }, (_, k) => -0.6 + 0.2 * k);
const GRID = Float64Array.from({ length: 51 }, (_, i) => -0.5 + 0.02 * i);

/** Harmonic umbrella windows on a harmonic base, sampled exactly. */
function harmonicWindows(seed: number, springConstant = SPRING): GaussianWindow[] {
  const stream = new RandomStream(seed, 'umbrella integration');
  return CENTERS.map((center, k) => {
    const x = new Float64Array(COUNT);
    for (let i = 0; i < COUNT; i += 4) stream.normals(k, i / 4, x, i);
    const place = (z: number) => (center * SPRING) / (BASE + SPRING) + Math.sqrt(KT / (BASE + SPRING)) * z;
    const mean = x.reduce((sum, z) => sum + place(z), 0) / COUNT;
    const variance = x.reduce((sum, z) => sum + (place(z) - mean) ** 2, 0) / (COUNT - 1);
    return { center, springConstant, mean, variance, samples: COUNT, effectiveSampleSize: COUNT };
  });
}

const exact = (z: number) => (BASE * z ** 2) / 2 / KT;

describe('umbrella integration', () => {
  it('is right on a harmonic base, and its window means are c Ku / (K0 + Ku)', () => {
    const windows = harmonicWindows(1);
    for (const { mean, center, variance } of windows) {
      const z = (mean - (center * SPRING) / (BASE + SPRING)) / Math.sqrt(variance / COUNT);
      expect(Math.abs(z)).toBeLessThan(4);
    }
    const { freeEnergy, stderr } = umbrellaIntegration(windows, GRID, KT);
    const lowest = freeEnergy.indexOf(0);
    expect(stderr[lowest]).toBe(0);
    freeEnergy.forEach((F, i) => {
      if (i === lowest) return;
      expect(Math.abs(F - exact(GRID[i]) + exact(GRID[lowest])) / stderr[i]).toBeLessThan(4);
      expect(stderr[i]).toBeLessThan(0.3);
    });
  });

  it('rejects a spring of the wrong sign', () => {
    const { freeEnergy, stderr } = umbrellaIntegration(harmonicWindows(1, -SPRING), GRID, KT);
    expect(Math.abs(freeEnergy[50] - freeEnergy[25] - exact(0.5)) / stderr[50]).toBeGreaterThan(10);
  });

  it('claims errors that cover the truth over 40 seeds', () => {
    let [within1, within3, all] = [0, 0, 0];
    for (let seed = 0; seed < 40; seed++) {
      const { freeEnergy, stderr } = umbrellaIntegration(harmonicWindows(10 + seed), GRID, KT);
      const lowest = freeEnergy.indexOf(0);
      for (const i of [0, 10, 40, 50]) {
        const z = Math.abs(freeEnergy[i] - exact(GRID[i]) + exact(GRID[lowest])) / stderr[i];
        all++;
        if (z < 1) within1++;
        if (z < 3) within3++;
      }
    }
    expect(within1 / all).toBeGreaterThan(0.55);
    expect(within1 / all).toBeLessThan(0.8);
    expect(within3 / all).toBeGreaterThan(0.95);
  });

  it('crosses the seam of a periodic variable, and needs samples', () => {
    // Windows of F = 3 cos(z), with exact local curvature: the mean sits where spring and slope balance.
    const spring = 400;
    const windows = Array.from({ length: 60 }, (_, k) => {
      const center = -Math.PI + (2 * Math.PI * k) / 60;
      let mean = center;
      for (let i = 0; i < 50; i++) mean = center + (3 * Math.sin(mean)) / spring;
      const variance = 1 / (spring - 3 * Math.cos(mean));
      return { center, springConstant: spring, mean, variance, samples: 100, effectiveSampleSize: 100 };
    });
    const grid = Float64Array.from({ length: 201 }, (_, i) => 2 + (2 * Math.PI * i) / 200);
    const { freeEnergy } = umbrellaIntegration(windows, grid, 1, 2 * Math.PI);
    freeEnergy.forEach((F, i) => {
      expect(Math.abs(F - 3 - 3 * Math.cos(grid[i]))).toBeLessThan(0.02);
    });
    const nothing = { ...windows[0], samples: 0 };
    expect(() => umbrellaIntegration([nothing], grid, 1)).toThrow(RangeError);
  });

  it('agrees with thermodynamic integration of the same windows', () => {
    const windows = harmonicWindows(2);
    const { freeEnergy, cv, stderr } = thermodynamicIntegration(windows.map((w) => windowMeanForce(w, KT)));
    const other = umbrellaIntegration(windows, cv, KT);
    freeEnergy.forEach((F, i) => {
      expect(Math.abs(F - other.freeEnergy[i])).toBeLessThan(4 * Math.max(stderr[i], 0.02));
    });
  });
});
