import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import type { Stretch } from './messages.ts';

import { type AnalysisOptions, analyseWindows, type WindowSamples } from './window-analysis.ts';
import { drawWindows, exactBins, type WindowModel, windowsAt } from './window-models.fixture.ts';
import { testsOf } from './window-quality.ts';
import { visitsOf } from './window-samples.ts';

const { estimators } = families;

const between = (low: number, high: number, count: number) =>
  Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));

const MBAR: AnalysisOptions = { estimators, estimator: 'mbar', errors: 'asymptotic', seed: 1 };
const HARMONIC: WindowModel = {
  energy: (z) => 10 * z ** 2,
  windows: windowsAt(between(-1, 1, 9), 60),
  range: [-1, 1],
  memory: 0.9,
  frames: 300,
};
const DOUBLE_WELL: WindowModel = {
  energy: (z) => 5 * (z ** 2 - 1) ** 2,
  windows: windowsAt(between(-1.5, 1.5, 13), 60),
  range: [-1.5, 1.5],
  memory: 0.9,
  frames: 300,
};
/** Bins that are not rare count. */
const CEILING = 8;

/** Deviations of -log(share) from the exact ones, in standard errors. */
function scores(model: WindowModel, samples: WindowSamples, options: AnalysisOptions): number[] {
  const { freeEnergy } = analyseWindows(samples, options);
  if (!freeEnergy) throw new Error('no free energy');
  const { F, stderr } = freeEnergy;
  const exact = exactBins(model);
  const known = [...F.keys()].filter((bin) => !Number.isNaN(F[bin]));
  const offset = Math.log(known.reduce((sum, bin) => sum + Math.exp(-F[bin]), 0));
  return known
    .filter((bin) => exact[bin] < CEILING)
    .map((bin) => (F[bin] + offset - exact[bin]) / stderr[bin]);
}

const ids = (samples: WindowSamples, options = MBAR) =>
  analyseWindows(samples, options).warnings.map(({ id }) => id);

describe('free energies of windows', () => {
  for (const errors of ['asymptotic', 'bootstrap'] as const) {
    it(`states errors that cover the truth over 40 seeds: ${errors}`, () => {
      for (const model of [HARMONIC, { ...DOUBLE_WELL, walkers: 2 }]) {
        const all = Array.from({ length: 40 }, (_, seed) =>
          scores(model, drawWindows(model, seed), { estimators, estimator: 'mbar', errors, seed }),
        ).flat();
        const within = (limit: number) => all.filter((z) => Math.abs(z) < limit).length / all.length;
        expect(within(1)).toBeGreaterThan(0.55);
        expect(within(1)).toBeLessThan(0.8);
        expect(within(3)).toBeGreaterThan(0.95);
      }
    });
  }

  it('repeats itself with the same seed', () => {
    const options: AnalysisOptions = { estimators, estimator: 'mbar', errors: 'bootstrap', seed: 3 };
    const samples = drawWindows(HARMONIC, 2);
    expect(analyseWindows(samples, options)).toEqual(analyseWindows(samples, options));
  });
});

describe('windows of which pymbar tells the free energies', () => {
  it('differ by 1/3, 4/3 and 3', () => {
    const centers = [0, 0.2, 0.4, 0.6];
    const model: WindowModel = {
      energy: (z) => 10 * z ** 2,
      windows: windowsAt(centers, 100),
      range: [-0.6, 1],
    };
    const z = scores(model, drawWindows(model, 1), MBAR);
    expect(Math.max(...z.map(Math.abs))).toBeLessThan(4);
    const { freeEnergyOfWindows, stderrOfWindows } = analyseWindows(drawWindows(model, 1), MBAR).figures;
    [1 / 3, 4 / 3, 3].forEach((exact, k) => {
      const [f, error] = [(freeEnergyOfWindows as number[])[k + 1], (stderrOfWindows as number[])[k + 1]];
      expect(Math.abs(f - exact) / error).toBeLessThan(4);
      expect(error).toBeLessThan(0.1);
    });
  });
});

describe('a ring', () => {
  /** Ryckaert-Bellemans butane, kJ/mol, psi = phi - 180 degrees. */
  const butane = (phi: number) =>
    [9.28, 12.16, -13.12, -3.06, 26.24, -31.5].reduce(
      (sum, c, n) => sum + c * Math.cos(phi - Math.PI) ** n,
      0,
    );
  // Cis, 18 kT high, stands at the seam; springs stiffer than its curvature hold walkers there.
  const model: WindowModel = {
    energy: butane,
    windows: windowsAt(
      Array.from({ length: 54 }, (_, k) => (2 * Math.PI * k) / 54),
      400,
    ),
    range: [0, 2 * Math.PI],
    periodic: true,
    kT: 2.49,
    frames: 250,
  };

  it('is right across the seam', () => {
    for (const estimator of ['mbar', 'wham', 'umbrella-integration'] as const) {
      const samples = drawWindows(model, 5);
      const { freeEnergy, windows, warnings, overlap } = analyseWindows(samples, { ...MBAR, estimator });
      expect(warnings).toEqual([]);
      expect(windows[0].mean).toBeGreaterThan(-0.2);
      expect(windows[0].mean).toBeLessThan(0.2);
      expect(overlap?.matrix[53]).toBeGreaterThan(0.03);
      const exact = exactBins(model);
      // The top at cis from its two sides, and all around.
      const { F, stderr } = freeEnergy ?? { F: [], stderr: [] };
      const lowest = exact.reduce((a, b) => Math.min(a, b));
      for (const bin of [0, 1, 10, 20, 30, 40, 50, 58, 59]) {
        expect(Math.abs(F[bin] - exact[bin] + lowest)).toBeLessThan(4 * Math.max(0.05, stderr[bin]));
        expect(stderr[bin]).toBeLessThan(0.4);
      }
    }
  });

  it('joins walkers that are wrapped to the range, or beyond it', () => {
    const samples = drawWindows(model, 5);
    const turned = { ...samples, cv: samples.cv.map((value, n) => value + 2 * Math.PI * (n % 3)) };
    const [a, b] = [samples, turned].map((one) => analyseWindows(one, MBAR).freeEnergy?.F ?? []);
    a.forEach((value, bin) => {
      expect(b[bin]).toBeCloseTo(value, 6);
    });
  });
});

describe('verdicts', () => {
  it('gives no number across a gap, and offers the windows that close it', () => {
    const model = { ...HARMONIC, windows: windowsAt([-1, -0.8, -0.6, 0.6, 0.8, 1], 100) };
    const { freeEnergy, warnings, weighted } = analyseWindows(drawWindows(model, 1), MBAR);
    expect(freeEnergy).toBeNull();
    expect(weighted).toBeNull();
    const gap = warnings.find(({ id }) => id === 'disconnected');
    expect(gap?.message.values).toMatchObject({ groups: 2, gaps: [{ low: -0.6, high: 0.6 }], cv: 'x' });
    const centers = gap?.offer?.changes['method.centers'] as number[];
    expect(centers.length).toBeGreaterThan(8);
    const closed = { ...model, windows: windowsAt(centers, 100) };
    expect(analyseWindows(drawWindows(closed, 1), MBAR).freeEnergy).not.toBeNull();
  });

  it('finds a gap at the seam of a ring', () => {
    const model: WindowModel = {
      energy: () => 0,
      windows: windowsAt([0.5, 0.8, 3, 3.3], 60),
      range: [0, 2 * Math.PI],
      periodic: true,
    };
    const gap = analyseWindows(drawWindows(model, 1), MBAR).warnings.find(({ id }) => id === 'disconnected');
    expect(gap?.message.values).toMatchObject({
      gaps: [
        { low: 0.8, high: 3 },
        { low: 3.3, high: 0.5 + 2 * Math.PI },
      ],
    });
  });

  it('gives no number if a window has no samples', () => {
    const samples = drawWindows(HARMONIC, 1);
    const windows = [...samples.windows, { center: 0.1, springConstant: 60 }];
    const { freeEnergy, warnings } = analyseWindows({ ...samples, windows }, MBAR);
    expect(freeEnergy).toBeNull();
    expect(warnings[0]).toMatchObject({ id: 'unsampled-window' });
    expect(warnings[0].message.values).toEqual({ centers: [0.1], cv: 'x' });
    const none = {
      ...samples,
      cv: new Float64Array(0),
      window: new Int32Array(0),
      walker: new Int32Array(0),
    };
    expect(ids(none)).toEqual(['unsampled-window']);
  });

  it('is silent about good samples over 40 seeds', () => {
    const alarms = Array.from({ length: 40 }, (_, seed) =>
      [HARMONIC, DOUBLE_WELL].flatMap((model) => {
        const samples = drawWindows(model, 1000 + seed);
        return testsOf(samples, visitsOf(samples), samples.cv).warnings;
      }),
    ).flat();
    expect(alarms.length).toBeLessThanOrEqual(2);
  });

  it('sees walkers that still relax', () => {
    const disturb = (walker: number, frame: number) =>
      walker >= 8 && walker < 12 ? -0.4 * Math.exp(-frame / 100) : 0;
    const { warnings, windows } = analyseWindows(drawWindows({ ...HARMONIC, disturb }, 1), MBAR);
    expect(warnings.map(({ id }) => id)).toContain('not-equilibrated');
    const told = warnings.find(({ id }) => id === 'not-equilibrated')?.message;
    expect(told?.values).toMatchObject({ windows: { count: 1, low: -0.5, high: -0.5, cv: 'x' } });
    expect(windows.map(({ equilibrated }) => equilibrated)).toEqual(windows.map((_, k) => k !== 2));
  });

  it('sees a hidden barrier in another coordinate: between walkers, and between directions', () => {
    const samples = drawWindows(HARMONIC, 1);
    const hidden = (sign: (walker: number) => number): WindowSamples => ({
      ...samples,
      states: {
        dimension: 2,
        values: Float32Array.from({ length: 2 * samples.cv.length }, (_, i) => {
          const n = i >> 1;
          return i % 2 === 0
            ? samples.cv[n]
            : sign(samples.walker[n]) + 0.1 * Math.sin(7 * n + samples.cv[n]);
        }),
      },
    });
    expect(ids(hidden((walker) => (walker % 2 === 0 ? 1 : -1)))).toContain('hysteresis');
    const trapped = ids(hidden((walker) => (walker % 4 < 2 ? 1 : -1)));
    expect(trapped).toContain('not-equilibrated');
    expect(trapped).not.toContain('hysteresis');
    expect(ids(hidden(() => 1))).not.toContain('not-equilibrated');
  });

  it('tells few samples, a stretch without any, and samples outside the range', () => {
    expect(ids(drawWindows({ ...HARMONIC, memory: 0.99, frames: 60 }, 1))).toContain('few-samples');
    const narrow = { ...HARMONIC, windows: windowsAt(between(-0.4, 0.4, 5), 100) };
    const { warnings, freeEnergy } = analyseWindows(drawWindows(narrow, 1), MBAR);
    const { stretches } = warnings.find(({ id }) => id === 'uncovered')!.message.values as {
      stretches: Stretch[];
    };
    expect(stretches).toHaveLength(2);
    expect(stretches[0].low).toBeCloseTo(-1, 9);
    expect(stretches[1].high).toBeCloseTo(1, 9);
    expect(freeEnergy?.F[0]).toBeNaN();
    const shifted = drawWindows({ ...HARMONIC, range: [-0.5, 1] }, 1);
    expect(ids(shifted)).toContain('outside-range');
  });
});
