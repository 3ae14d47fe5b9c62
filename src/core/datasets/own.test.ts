import { expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import { systemOf } from '../systems/model.ts';
import { previewOf } from './preview.ts';
import { trainingData } from './training-data.ts';

const experimentOf = (query: string) => parseQuery(query, families).experiment;
/** On a ring of radius 3 about the origin: it leaves the domain of the system through the sides and the top. */
const ring = (count: number) =>
  Float32Array.from({ length: 2 * count }, (_, i) => {
    const angle = (2 * Math.PI * Math.floor(i / 2)) / count;
    return 3 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });

it.each([
  ['data=file', null, 'own-data-missing {"data":"file"}'],
  ['data=drawn', null, 'own-data-missing {"data":"drawn"}'],
  ['data=drawn', ring(49), 'own-data-few {"data":"drawn","states":49,"needed":50}'],
  ['data=file', ring(1), 'own-data-few {"data":"file","states":1'],
  ['data=file', new Float32Array(101), 'own-data-incomplete {"dimension":2}'],
  ['data=file', ring(60).fill(Number.NaN, 9, 10), 'own-data-not-finite {"state":5}'],
])('%s is refused where states are missing or bad', async (query, own, words) => {
  await expect(trainingData(experimentOf(query), families, own)).rejects.toThrow(words);
});

it('states are taken as they are, or a random sample of data.n of them, each once', async () => {
  const own = ring(500);
  const all = await trainingData(experimentOf('data=file'), families, own);
  expect(all.points.values).toEqual(own);
  expect(all.forceEvaluations).toBe(0);
  expect(all.cvRange).toEqual([-3, 3]);
  const some = await trainingData(experimentOf('data=file&data.n=100&seed=2'), families, own);
  expect(some.points.values).toHaveLength(200);
  const rows = [...some.cv].map((_, n) => `${some.points.values.subarray(2 * n, 2 * n + 2)}`);
  expect(new Set(rows).size).toBe(100);
  const again = await trainingData(experimentOf('data=file&data.n=100&seed=2'), families, own);
  expect(again.points.values).toEqual(some.points.values);
});

it('states that the person has brought are not those of other sources', async () => {
  const data = await trainingData(experimentOf('data.n=100'), families, ring(500));
  expect(Math.max(...data.points.values)).toBeLessThan(2.9);
});

it('a preview tells range, cost, what is outside and what is missed', async () => {
  const { count, ranges, outside, shown } = await previewOf(
    experimentOf('station=learn&data=file'),
    families,
    ring(4000),
  );
  expect([count, shown.values.length]).toEqual([4000, 6000]);
  expect(ranges).toEqual([
    [-3, 3],
    [-3, 3],
  ]);
  // Two arcs lie inside, from acos(right / 3) to asin(top / 3).
  const [[, right], [, top]] = systemOf(experimentOf(''), families).domain;
  const arc = Math.asin(top / 3) - Math.acos(right / 3);
  expect(Math.abs(outside - (1 - arc / Math.PI))).toBeLessThan(2e-3);
  const left = ring(4000).map((value, i) => value / 15 - (i % 2 === 0 ? 1 : 0));
  const trapped = await previewOf(experimentOf('station=learn&data=file&kT=0.2'), families, left);
  expect(trapped.outside).toBe(0);
  const { wells, share } = trapped.missed!.values as { wells: string[]; share: number };
  expect(wells).toEqual(['right', 'upper']);
  expect(share).toBeCloseTo(0.5, 2);
});
