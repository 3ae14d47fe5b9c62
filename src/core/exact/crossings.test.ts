import { describe, expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { requestedOf } from '../generative/conditioning/level.ts';
import { parseQuery } from '../settings/query.ts';
import { settingOf } from '../systems/model.ts';
import { crossings } from './crossings.ts';

const scale = { mean: [0.3, -0.2], deviation: [1.2, 0.7] };

function crossingsOf(query: string, at: number) {
  const { experiment } = parseQuery(query, families);
  const setting = settingOf(experiment, families);
  const { values, weights } = crossings(setting, requestedOf(experiment, setting.model, at), scale);
  const total = weights.reduce((a, b) => a + b, 0);
  return {
    setting,
    points: [...weights]
      .map((weight, n) => ({
        at: [0, 1].map((d) => scale.mean[d] + scale.deviation[d] * values[2 * n + d]),
        share: weight / total,
      }))
      .sort((a, b) => a.at[1] - b.at[1]),
  };
}

describe('two collective variables of two coordinates', () => {
  test('two coordinates pin one state', () => {
    const { points } = crossingsOf('system=three-hole&also=y&alsoAt=0.4', -0.7);
    expect(points).toHaveLength(1);
    expect(points[0].at[0]).toBeCloseTo(-0.7, 9);
    expect(points[0].at[1]).toBeCloseTo(0.4, 9);
  });

  test('a parabola and a coordinate cross twice, with the weights of the energy and of the angles', () => {
    // y1 - y2^2 = 0.2 and y1 = 1.2: y2 = 1 and -1, where the determinant of the gradients is 2 and -2.
    const { setting, points } = crossingsOf('system=half-moon&cv=slow&also=y1&alsoAt=1.2', 0.2);
    expect(points.map((p) => p.at[1])).toEqual([expect.closeTo(-1, 8), expect.closeTo(1, 8)]);
    const energies = new Float64Array(2);
    setting.model.energy(Float64Array.of(1.2, 1.2, -1, 1), 2, energies);
    const [left, right] = energies.map((u) => Math.exp((energies[0] - u) / setting.kT));
    expect(points[0].share).toBeCloseTo(left / (left + right), 8);
    expect(points[1].share).toBeCloseTo(right / (left + right), 8);
  });

  test('unequal angles count: weights are those of narrow strips about both levels', () => {
    // y = 0 and x^3 - x = 0.1: the slopes at the three crossings differ.
    const energy = encodeURIComponent('0.3*x^2 + 0.1*x + y^2');
    const cv = encodeURIComponent('x^3 - x');
    const { points } = crossingsOf(
      `system=custom&system.energy=${energy}&system.cv=${cv}&cv=typed&also=y&alsoAt=0&kT=1`,
      0.1,
    );
    expect(points).toHaveLength(3);
    const width = 1e-3;
    const masses = new Map<number, number>();
    const fine = 1e-5;
    for (let x = -2; x < 2; x += fine)
      if (Math.abs(x ** 3 - x - 0.1) < width) {
        const root = points.reduce(
          (best, p, k) => (Math.abs(p.at[0] - x) < Math.abs(points[best].at[0] - x) ? k : best),
          0,
        );
        masses.set(root, (masses.get(root) ?? 0) + Math.exp(-(0.3 * x * x + 0.1 * x)));
      }
    const total = [...masses.values()].reduce((a, b) => a + b, 0);
    points.forEach(({ share }, k) => {
      expect(Math.abs(share - (masses.get(k) ?? 0) / total)).toBeLessThan(0.01);
    });
  });

  test('values that no state has are refused', () => {
    expect(() => crossingsOf('system=half-moon&cv=slow&also=y1&alsoAt=-1', 0.2)).toThrow(
      /^no-state-at-value .*"value":0.2.*"value":-1/,
    );
  });
});
