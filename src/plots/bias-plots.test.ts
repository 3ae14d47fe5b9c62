import { describe, expect, test } from 'vitest';
import { message } from '../core/sampling/messages.ts';
import { biasedFreeEnergyFigure, interpolated } from './biased-free-energy.ts';
import { convergenceFigure, ticksOf } from './convergence.ts';
import { cellAt, largestShare, overlapFigure } from './overlap.ts';
import { palettes } from './palette.ts';
import { runMark } from './run-marks.ts';
import { tracesFigure } from './traces.ts';

const palette = palettes.light;
const series = (x: number[], y: number[]) => ({ x: Float64Array.from(x), y: Float64Array.from(y) });
const curve = (F: number[]) => ({
  of: 'bin' as const,
  cv: Float64Array.from(F, (_, i) => i),
  F: Float64Array.from(F),
  stderr: Float64Array.from(F, () => 0.1),
});
const OPTIONS = { cv: 'x', shown: [0, 2], range: [0, 2], quantity: 'F', empty: null } as const;

describe('free energies of biased runs', () => {
  test('a series is linear between its nodes and constant beyond', () => {
    const line = series([0, 1, 3], [0, 2, 6]);
    expect([-1, 0, 0.5, 2, 3, 9].map((at) => interpolated(line, at))).toEqual([0, 0, 1, 4, 6, 6]);
    expect(interpolated(series([], []), 1)).toBe(0);
  });

  test('the bias stands on the exact curve, its lowest value at zero', () => {
    const exact = curve([0, 3, 1]);
    const bias = series([0, 1, 2], [43, 40, 42]);
    const { data } = biasedFreeEnergyFigure({ exact, runs: [], bias }, OPTIONS, palette);
    expect(data[1]).toMatchObject({ fill: 'tonexty', y: [3, 3, 3] });
  });

  test('only the present run has error bars, and others keep their dash', () => {
    const run = { family: 'biased', freeEnergy: curve([0, 1, 2]) } as const;
    const { data } = biasedFreeEnergyFigure(
      {
        exact: null,
        runs: [
          { ...run, mark: 1, present: false },
          { ...run, mark: 0, present: true },
        ],
        bias: null,
      },
      OPTIONS,
      palette,
    );
    expect(data).toHaveLength(2);
    expect(data[0]).toMatchObject({ line: { dash: 'dash', color: palette.biased } });
    expect(data[0]).not.toHaveProperty('error_y');
    expect(data[1]).toHaveProperty('error_y');
  });
});

test('runs of a kind share a colour and differ in symbol and dash', () => {
  const marks = Array.from({ length: 35 }, (_, mark) => runMark('biased', mark, palette));
  expect(new Set(marks.map(({ color }) => color)).size).toBe(1);
  expect(new Set(marks.map(({ symbol, dash }) => `${symbol} ${dash}`)).size).toBe(35);
  expect(runMark('simulation', 0, palette).color).toBe(palette.simulation);
});

test('errors against cost: both axes are logarithmic and hold every note', () => {
  const notes = [
    { forceEvaluations: 2e4, rmse: 2 },
    { forceEvaluations: 4e6, rmse: 0.03 },
  ];
  const { layout } = convergenceFigure(
    [{ family: 'biased', mark: 0, notes }],
    { budget: 2e6, empty: 'nothing' },
    palette,
  );
  const [x, y] = [layout.xaxis?.range, layout.yaxis?.range] as [number, number][];
  expect(layout.xaxis?.type).toBe('log');
  for (const { forceEvaluations, rmse } of notes) {
    expect(Math.log10(forceEvaluations)).toBeGreaterThan(x[0]);
    expect(Math.log10(forceEvaluations)).toBeLessThan(x[1]);
    expect(Math.log10(rmse)).toBeGreaterThan(y[0]);
    expect(Math.log10(rmse)).toBeLessThan(y[1]);
  }
  expect(layout.annotations).toEqual([]);
  expect(convergenceFigure([], { budget: 2e6, empty: 'nothing' }, palette).layout.annotations).toMatchObject([
    { text: 'nothing' },
  ]);
});

test('ticks of a logarithmic axis are round', () => {
  expect(ticksOf([-1.1, 0.4], [1, 2, 5], String).ticktext).toEqual(['0.1', '0.2', '0.5', '1', '2']);
});

test('the overlap matrix: rows downwards, colours up to the largest share', () => {
  const overlap = { matrix: Float64Array.from([0.7, 0.3, 0.2, 0.8]), windows: 2, gap: 0.5 };
  const { data, layout } = overlapFigure(overlap, 'window', palette);
  expect(data[0]).toMatchObject({
    z: [
      [0.7, 0.3],
      [0.2, 0.8],
    ],
    zmax: 0.8,
  });
  expect(layout.yaxis?.range).toEqual([1.5, -0.5]);
  expect(largestShare(overlap)).toBe(0.8);
  expect(cellAt(0.9, 0.1, 2)).toEqual([0, 1]);
  expect(cellAt(1, 1, 2)).toEqual([1, 1]);
  expect(cellAt(1.01, 0.5, 2)).toBeNull();
});

test('traces: one panel each, the same quantity on the same scale, and few points', () => {
  const long = series(
    Array.from({ length: 5000 }, (_, i) => i),
    Array.from({ length: 5000 }, (_, i) => i % 7),
  );
  const { data, layout } = tracesFigure(
    [
      { label: message('trace-walker', { walker: 0 }), axis: message('axis-cv', { cv: 'x' }), series: long },
      {
        label: message('trace-walker', { walker: 1 }),
        axis: message('axis-cv', { cv: 'x' }),
        series: series([0], [-20]),
      },
      {
        label: message('trace-hill-height', {}),
        axis: message('axis-energy', {}),
        series: series([0, 1], [1, 0]),
      },
    ],
    { budget: 5000, family: 'biased' },
    palette,
  );
  expect(data).toHaveLength(3);
  expect((data[0] as { x: number[] }).x.length).toBeLessThanOrEqual(600);
  expect(layout.yaxis?.range).toEqual(layout.yaxis2?.range);
  expect(layout.yaxis3?.range).not.toEqual(layout.yaxis?.range);
  expect(layout.xaxis?.anchor).toBe('y3');
});
