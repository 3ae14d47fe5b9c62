import { describe, expect, it } from 'vitest';
import type { WindowSamples } from './window-analysis.ts';
import { analyseWindows } from './window-analysis.ts';
import { harmonicWindows } from './window-models.ts';

const BASE = 20;

describe('analyseWindows', () => {
  it('finds F of a harmonic base', () => {
    const samples = harmonicWindows(
      { base: BASE, spring: 100, centers: [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6] },
      3,
    );
    const { freeEnergy } = analyseWindows(samples, { estimator: 'mbar', errors: 'none', seed: 1 });
    for (let bin = 15; bin < 45; bin++) {
      const z = -1 + (bin + 0.5) / 30;
      expect(Math.abs((freeEnergy?.F[bin] ?? Number.NaN) - (BASE * z ** 2) / 2)).toBeLessThan(0.3);
    }
  });
});
