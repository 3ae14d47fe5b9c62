import { expect, test } from 'vitest';
import { lossFigure } from './loss.ts';
import { palettes } from './palette.ts';

const losses = { training: Float32Array.of(1, 0.5, 0.4), validation: [], first: 0, steps: 10 };

test('losses of a model from a file begin where it stands', () => {
  const { data, layout } = lossFigure({ ...losses, first: 100, steps: 200 }, palettes.light);
  expect(data[0]).toMatchObject({ x: [101, 102, 103] });
  expect(layout.xaxis).toMatchObject({ range: [0, 200] });
});

test('the axis holds the held-out loss too', () => {
  const validation = [{ step: 2, loss: 6 }];
  const { data, layout } = lossFigure({ ...losses, validation }, palettes.light);
  expect(data[2]).toMatchObject({ x: [2], y: [6] });
  const range = layout.yaxis?.range as number[];
  expect(10 ** range[1]).toBeGreaterThan(6);
  expect(10 ** range[0]).toBeLessThan(0.4);
  expect(layout.yaxis?.type).toBe('log');
});

test('a model that came trained is not called untrained', () => {
  const empty = { ...losses, training: new Float32Array() };
  const textOf = (first: number) =>
    lossFigure({ ...empty, first }, palettes.light).layout.annotations?.[0].text;
  expect(textOf(0)).toBe('Not trained yet.');
  expect(textOf(2000)).toContain('2,000 steps');
});
