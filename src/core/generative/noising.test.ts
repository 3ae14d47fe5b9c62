import { describe, expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../settings/query.ts';
import { arrayAlgebra } from './array-batch.ts';
import { pathOf, ratioAt } from './diffusion.ts';
import { levelSettingsOf } from './noise-levels.ts';
import {
  fixedNoise,
  inUnits,
  noised,
  noiseScale,
  placeOfRatio,
  ratioAtPlace,
  shrinkage,
  windowFor,
} from './noising.ts';
import { beginPath, PathRecorder, samplePath, statesAt } from './sample-path.ts';

const SCALE = { mean: [1, -2], deviation: [0.5, 3] };
const COUNT = 20_000;

function settingsOf(query: string) {
  const { experiment } = parseQuery(`station=learn&${query}`, families);
  const generator = families.generators[experiment.generator];
  return { generator, params: levelSettingsOf(experiment), path: pathOf(experiment, families) };
}

describe('the scale of noise', () => {
  test.each(['', 'schedule=vp', 'schedule=ve', 'schedule=sub-vp&generator=reverse-sde'])(
    'rises: %s',
    (query) => {
      const { params, path } = settingsOf(query);
      const scale = noiseScale(params, path);
      expect(scale[0]).toBe(0);
      for (let i = 1; i < scale.length; i++) expect(scale[i]).toBeGreaterThan(scale[i - 1]);
      for (const place of [0, 0.01, 0.3, 0.77, 1])
        expect(placeOfRatio(scale, ratioAtPlace(scale, place))).toBeCloseTo(place, 9);
      for (const [i, level] of scale.entries())
        expect(ratioAtPlace(scale, i / (scale.length - 1))).toBeCloseTo(level, 9);
      expect(placeOfRatio(scale, 1e6)).toBe(1);
      expect(placeOfRatio(scale, 0)).toBe(0);
    },
  );
});

describe('forward noising', () => {
  const noise = fixedNoise(3, COUNT, 2);
  const data = { dimension: 2, values: new Float32Array(2 * COUNT).map((_, i) => (i % 2 === 0 ? 1.25 : -5)) };

  test('is the closed form x(t) = alpha (x0 + ratio z), with the same z at every time', () => {
    const { path } = settingsOf('schedule=vp');
    for (const t of [0.1, 0.5, 1]) {
      const ratio = ratioAt(path, t);
      const x = inUnits(noised(data, noise, ratio, SCALE), path.alpha(t), SCALE);
      for (const i of [0, 1, 777]) {
        const d = i % 2;
        const clean = (data.values[i] - SCALE.mean[d]) / SCALE.deviation[d];
        const standard = path.alpha(t) * clean + path.sigma(t) * noise[i];
        expect(x.values[i]).toBeCloseTo(SCALE.mean[d] + SCALE.deviation[d] * standard, 4);
      }
    }
  });

  test('has the mean and the spread of the schedule', () => {
    const { path } = settingsOf('schedule=vp');
    const t = 0.4;
    const x = inUnits(noised(data, noise, ratioAt(path, t), SCALE), path.alpha(t), SCALE);
    for (const d of [0, 1]) {
      const column = x.values.filter((_, i) => i % 2 === d);
      const mean = column.reduce((a, b) => a + b, 0) / COUNT;
      const variance = column.reduce((a, b) => a + (b - mean) ** 2, 0) / COUNT;
      const deviation = path.sigma(t) * SCALE.deviation[d];
      const expected = SCALE.mean[d] + path.alpha(t) * (data.values[d] - SCALE.mean[d]);
      expect(Math.abs(mean - expected)).toBeLessThan((5 * deviation) / Math.sqrt(COUNT));
      expect(Math.abs(variance / deviation ** 2 - 1)).toBeLessThan(5 * Math.sqrt(2 / COUNT));
    }
  });

  test('no noise leaves the data where they are', () => {
    const x = inUnits(noised(data, noise, 0, SCALE), 1, SCALE);
    x.values.forEach((value, i) => {
      expect(value).toBeCloseTo(data.values[i], 5);
    });
  });
});

test('data are not shrunk before the schedule begins', () => {
  const { path } = settingsOf('schedule=vp');
  expect(shrinkage(path, 0)).toBe(1);
  expect(shrinkage(path, 1)).toBeCloseTo(Math.SQRT1_2, 6);
});

test('the picture grows with the noise, in steps', () => {
  const domain = [
    [0, 2],
    [-10, 6],
  ] as const;
  expect(windowFor(domain, SCALE, { ratio: 0, alpha: 1 })).toEqual([
    [0, 2],
    [-10, 6],
  ]);
  const [[low, high]] = windowFor(domain, SCALE, { ratio: 80, alpha: 1 });
  expect((high - low) / 2).toBeGreaterThan((2.6 * 80 * 0.5) / 1.5);
  expect(Math.log((high - low) / 2) / Math.log(1.5)).toBeCloseTo(
    Math.round(Math.log((high - low) / 2) / Math.log(1.5)),
    9,
  );
});

describe('paths of samples', () => {
  const gaussian = (y: Float64Array, ratio: number) => y.map((value) => value / (1 + ratio * ratio));
  const pathSettings = (query: string, most = 1000) => ({
    ...settingsOf(query),
    seed: 5,
    count: 50,
    dimension: 2,
    most,
  });

  test.each(Object.keys(families.generators))('%s: noise falls to 0', (id) => {
    const way = samplePath(gaussian, pathSettings(`generator=${id}`));
    expect(way.ratios.at(-1)).toBe(0);
    for (let i = 1; i < way.ratios.length; i++) expect(way.ratios[i]).toBeLessThan(way.ratios[i - 1]);
    expect(way.states).toHaveLength(way.ratios.length * 100);
    expect(way.evaluations % 50).toBe(0);
  });

  test('the flow of a standard normal stays on its rays, at every frame', () => {
    const way = samplePath(gaussian, pathSettings('generator.steps=200'));
    // y grows as sqrt(1 + ratio^2).
    const start = statesAt(way, way.ratios[0]);
    for (const i of [20, 100, 180]) {
      const factor = Math.sqrt((1 + way.ratios[i] ** 2) / (1 + way.ratios[0] ** 2));
      const there = statesAt(way, way.ratios[i]);
      there.forEach((value, k) => {
        expect(Math.abs(value - factor * start[k])).toBeLessThan(2e-3 * Math.abs(factor * start[k]) + 1e-6);
      });
    }
  });

  test('ends where the generator ends, however many frames are kept', () => {
    const settings = pathSettings('generator=stochastic-churn', 7);
    const way = samplePath(gaussian, settings);
    expect(way.ratios).toHaveLength(7);
    const iterator = beginPath(gaussian, arrayAlgebra, (values) => values, settings, [0, 0]);
    let step = iterator.next();
    while (!step.done) step = iterator.next();
    expect(statesAt(way, 0)).toEqual(Float32Array.from(step.value));
  });

  test('between two frames samples are on the line between them', () => {
    const way = {
      ratios: Float64Array.of(4, 2, 0),
      dimension: 1,
      count: 1,
      states: Float32Array.of(8, 4, 1),
      evaluations: 0,
    };
    expect([5, 4, 3, 1, 0].map((ratio) => statesAt(way, ratio)[0])).toEqual([8, 8, 6, 2.5, 1]);
  });

  test('corrections replace predictions, and added noise what was below it', () => {
    const freed: string[] = [];
    const recorder = new PathRecorder<string>((batch) => freed.push(batch));
    for (const [batch, ratio] of [
      ['a', 4],
      ['predicted', 3],
      ['corrected', 3],
      ['below', 2],
      ['raised', 2.5],
      ['b', 1],
    ] as const)
      recorder.note(batch, ratio);
    expect(recorder.frames.map(({ batch }) => batch)).toEqual(['a', 'corrected', 'raised', 'b']);
    expect(freed).toEqual(['predicted', 'below']);
    expect(recorder.thinned(2).map(({ batch }) => batch)).toEqual(['a', 'b']);
    expect(freed).toEqual(['predicted', 'below', 'corrected', 'raised']);
  });
});
