import { expect, test } from 'vitest';
import { conditionalVisitsFigure } from './conditional-visits.ts';
import { convergenceFigure, spread } from './convergence.ts';
import { beyond, couplingWindowsFigure } from './coupling-windows.ts';
import { palettes } from './palette.ts';

const palette = palettes.light;

test('names at the edge keep their order and their distance, and stay inside', () => {
  const places = spread([0.5, 0.1, 0.51, 0.52, 1.4, 0.98], 0.07);
  const sorted = places.toSorted((a, b) => a - b);
  expect([places[1], places[0], places[2], places[3], places[5], places[4]]).toEqual(sorted);
  for (let i = 1; i < sorted.length; i++) expect(sorted[i] - sorted[i - 1]).toBeGreaterThan(0.0699);
  expect(sorted[0]).toBeGreaterThanOrEqual(0);
  expect(sorted[sorted.length - 1]).toBeLessThanOrEqual(1);
  expect(places[1]).toBeCloseTo(0.1, 12);
  // More names than there is room for share it evenly.
  expect(spread(new Array(21).fill(0.5), 0.07)[20]).toBeCloseTo(1, 12);
});

test('errors: both axes logarithmic, one name a run, room for the names', () => {
  const notes = [
    { forceEvaluations: 1e4, rmse: 1 },
    { forceEvaluations: 1e6, rmse: 0.1 },
  ];
  const runs = [
    { family: 'model', mark: 0, notes, label: 'Metropolis' },
    { family: 'biased', mark: 1, notes, label: 'dragged, 16' },
    { family: 'biased', mark: 2, notes: [], label: 'waits' },
  ] as const;
  const { layout } = convergenceFigure(runs, { budget: 1e6, empty: '' }, palette);
  expect([layout.xaxis?.type, layout.yaxis?.type]).toEqual(['log', 'log']);
  expect(layout.annotations?.map(({ text }) => text)).toEqual(['Metropolis', 'dragged, 16']);
  expect(layout.margin?.r).toBeGreaterThan(60);
});

test('the model extrapolates beyond its data on both sides, and nowhere without a model', () => {
  expect(beyond([-0.5, 0.7], [-1, 1], palette).map(({ x0, x1 }) => [x0, x1])).toEqual([
    [-1, -0.5],
    [0.7, 1],
  ]);
  expect(beyond([-2, 0.7], [-1, 1], palette).map(({ x0, x1 }) => [x0, x1])).toEqual([[0.7, 1]]);
  expect(beyond(null, [-1, 1], palette)).toEqual([]);
});

test('windows: one box each, filled where walkers have been', () => {
  const windows = [-1, 0, 1].map((center) => ({ center, springConstant: 1, covered: center < 1 }));
  const { layout } = couplingWindowsFigure(
    {
      acceptance: { x: Float64Array.of(), y: Float64Array.of() },
      windows,
      occupied: new Set([1]),
      trained: null,
    },
    { cv: 'x', shown: [-2, 2], empty: 'No proposals yet.' },
    palette,
  );
  const fills = layout.shapes?.map(({ fillcolor }) => fillcolor);
  expect(fills).toHaveLength(3);
  expect(fills?.[2]).toBe('rgba(0,0,0,0)');
  expect(new Set(fills).size).toBe(3);
  expect(layout.annotations?.[0].text).toBe('No proposals yet.');
});

test('counts become densities that integrate to 1', () => {
  const distribution = {
    at: 0,
    coordinate: 'y',
    x: Float64Array.of(-2, 2),
    density: Float64Array.of(0.25, 0.25),
    mean: 0,
    variance: 1,
  };
  const { data } = conditionalVisitsFigure(
    distribution,
    [{ family: 'model', mark: 0, counts: Float64Array.of(1, 3, 4, 0), range: [-2, 2], present: true }],
    { cv: 'x = 0', range: [-2, 2] },
    palette,
  );
  expect((data[0] as { y: number[] }).y).toEqual([0.125, 0.375, 0.5, 0]);
});
