import { describe, expect, test } from 'vitest';
import { families } from '../../../catalog.ts';
import { defaultsOf } from '../../params/params.ts';
import { ratioAt, reachable } from '../diffusion.ts';

function pathOf(id: string, changes: Record<string, number> = {}) {
  const { params, path } = families.schedules[id];
  return path({ ...defaultsOf(params), ...changes });
}

/** Central difference over a step that suits the scale of t. */
function slope(f: (t: number) => number, t: number): number {
  const h = 1e-5 * t;
  return (f(t + h) - f(t - h)) / (2 * h);
}

test('alpha and sigma are those of Song et al. to four digits', () => {
  const table = [
    // t, alpha of vp and sub-vp, sigma of vp, sub-vp and ve
    [0.01, 0.999003, 0.044643, 0.001993, 0.01089],
    [0.1, 0.946722, 0.322053, 0.103718, 0.02344],
    [0.25, 0.723657, 0.69016, 0.47632, 0.08409],
    [0.5, 0.281183, 0.959654, 0.920936, Math.SQRT1_2],
    [0.75, 0.058664, 0.998278, 0.996559, 5.94604],
    [1, 0.006572, 0.999978, 0.999957, 50],
  ];
  const [vp, sub, ve] = ['vp', 'sub-vp', 've'].map((id) => pathOf(id));
  for (const [t, alpha, ofVp, ofSub, ofVe] of table) {
    expect(Math.abs(vp.alpha(t) - alpha)).toBeLessThan(5.1e-7);
    expect(sub.alpha(t)).toBe(vp.alpha(t));
    expect(Math.abs(vp.sigma(t) - ofVp)).toBeLessThan(5.1e-7);
    expect(Math.abs(sub.sigma(t) - ofSub)).toBeLessThan(5.1e-7);
    expect(Math.abs(ve.sigma(t) - ofVe)).toBeLessThan(5.1e-6);
    expect(ve.alpha(t)).toBe(1);
  }
});

test('edm spaces its times as Karras et al. do', () => {
  const expected = [
    80, 57.586, 40.7856, 28.3746, 19.3525, 12.9101, 8.4009, 5.3152, 3.2568, 1.9233, 1.0882, 0.5853, 0.2964,
    0.1395, 0.0599, 0.0229, 0.0075, 0.002,
  ];
  const times = pathOf('edm').times(18, 80, 0.002);
  expect(times).toHaveLength(18);
  for (const [i, value] of expected.entries()) expect(Math.abs(times[i] - value)).toBeLessThan(5.1e-5);
});

test('a constant rate makes the Ornstein-Uhlenbeck process', () => {
  const path = pathOf('vp', { betaMin: 2, betaMax: 2 });
  for (const t of [0.01, 0.5, 1]) {
    expect(path.alpha(t)).toBeCloseTo(Math.exp(-t), 12);
    expect(path.sigma(t)).toBeCloseTo(Math.sqrt(1 - Math.exp(-2 * t)), 12);
    expect(path.time(ratioAt(path, t))).toBeCloseTo(t, 12);
  }
});

describe.each(Object.keys(families.schedules))('%s', (id) => {
  const path = pathOf(id);
  const [least, most] = path.range;
  const inside = [0.05, 0.3, 0.6, 0.95].map((u) => least + u * (most - least));

  test('drift and noise are those of alpha and sigma', () => {
    for (const t of inside) {
      const f = slope((s) => Math.log(path.alpha(s)), t);
      const variance = slope((s) => path.sigma(s) ** 2, t);
      expect(Math.abs(path.drift(t) - f)).toBeLessThan(1e-7 * (1 + Math.abs(f)));
      const g2 = variance - 2 * path.drift(t) * path.sigma(t) ** 2;
      expect(Math.abs(path.diffusion(t) ** 2 / g2 - 1)).toBeLessThan(1e-7);
    }
  });

  test('the noise in units of the data grows, and time is its inverse over the whole range', () => {
    for (let i = 0; i <= 200; i++) {
      const t = least + (i / 200) * (most - least);
      const ratio = ratioAt(path, t);
      expect(Math.abs(path.time(ratio) - t)).toBeLessThan(1e-9 * most + 1e-7 * t);
      if (i > 0) expect(ratio).toBeGreaterThan(ratioAt(path, least + ((i - 1) / 200) * (most - least)));
    }
    expect(reachable(path, 1e9)).toBe(ratioAt(path, most));
    expect(reachable(path, 0)).toBe(ratioAt(path, least));
    expect(reachable(path, 1)).toBe(1);
  });

  test('starts with data that are hardly noised and ends with noise alone', () => {
    expect(path.alpha(least)).toBeGreaterThan(0.999);
    expect(path.sigma(least)).toBeLessThanOrEqual(0.01);
    expect(ratioAt(path, most)).toBeGreaterThan(49.9);
  });

  test('its times fall from the first to the last', () => {
    const [first, last] = [path.time(40), path.time(0.02)];
    const times = path.times(9, first, last);
    expect(times[0]).toBeCloseTo(first, 10);
    expect(times[8]).toBeCloseTo(last, 10);
    for (let i = 1; i < 9; i++) expect(times[i]).toBeLessThan(times[i - 1]);
    expect([...path.times(1, first, last)].map((t) => Math.abs(t - first) < 1e-9)).toEqual([true]);
  });

  test('training draws times of the range, more noise for larger numbers', () => {
    const drawn = [-4, -2, -1, 0, 1, 2, 4].map((z) => path.trainingTime(z));
    for (const [i, t] of drawn.entries()) {
      expect(t).toBeGreaterThanOrEqual(least);
      expect(t).toBeLessThanOrEqual(most);
      if (i > 0) expect(t).toBeGreaterThan(drawn[i - 1]);
    }
  });
});

test('the time of training is uniform but for edm, where its logarithm is normal', () => {
  for (const id of ['ve', 'vp', 'sub-vp']) {
    expect(pathOf(id).trainingTime(0)).toBeCloseTo(0.5, 4);
    expect(pathOf(id).trainingTime(-1)).toBeCloseTo(0.158655, 4);
    expect(pathOf(id).trainingTime(1.5)).toBeCloseTo(0.933193, 4);
  }
  expect(Math.log(pathOf('edm').trainingTime(0.7))).toBeCloseTo(-1 + 1.4 * 0.7, 12);
});
