import { expect, test } from 'vitest';
import { families } from '../catalog.ts';
import { ratioAt } from '../core/generative/diffusion.ts';
import { RandomStream } from '../core/numerics/random.ts';
import { defaultsOf } from '../core/params/params.ts';
import { drawBuffer, fillNormals } from './draws.ts';
import { lossWeight } from './loss-weight.ts';

const paths = Object.entries(families.schedules).map(
  ([id, { params, path }]) => [id, path(defaultsOf(params))] as const,
);

test.each(paths)('%s: edm counts all alike, the others have mean 1 in training', (_, path) => {
  expect(lossWeight(path, 'edm')).toBeNull();
  const normals = drawBuffer(100_000);
  fillNormals(new RandomStream(1, 'times'), 0, normals);
  const score = lossWeight(path, 'score');
  const weights = normals.map((z) => score?.(path.trainingTime(z)) ?? 0);
  const mean = weights.reduce((a, b) => a + b) / weights.length;
  const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length;
  expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(variance / weights.length));
});

test.each(paths)('%s: score and likelihood weigh the error of the score by sigma^2 and g^2', (_, path) => {
  const [a, b] = [path.time(0.05), path.time(2)];
  // |error of the score| = alpha / sigma^2 |error of D| = alpha / sigma^2 * ratio / sqrt(1 + ratio^2) |error of F|
  const expected = (t: number, amplitude: number) => {
    const ratio = ratioAt(path, t);
    return ((amplitude * path.alpha(t) * ratio) / (path.sigma(t) ** 2 * Math.hypot(1, ratio))) ** 2;
  };
  const [score, likelihood] = [lossWeight(path, 'score'), lossWeight(path, 'likelihood')];
  if (!score || !likelihood) throw new Error('Both have factors.');
  expect(score(a) / score(b)).toBeCloseTo(expected(a, path.sigma(a)) / expected(b, path.sigma(b)), 8);
  expect(score(a) / score(b)).toBeCloseTo((1 + 2 ** 2) / (1 + 0.05 ** 2), 6);
  const gain = expected(a, path.diffusion(a)) / expected(b, path.diffusion(b));
  expect(likelihood(a) / likelihood(b) / gain).toBeCloseTo(1, 8);
});
