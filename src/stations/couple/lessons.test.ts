import { describe, expect, test } from 'vitest';
import { text } from '../../text/index.ts';
import { lessonsOf, type Outcome } from './lessons.ts';

const words = text.couple.lessons;
type Comparison = 'better' | 'similar' | 'worse';

function outcome(method: string, rmse: number, rest: Partial<Outcome> = {}): Outcome {
  return { method, rmse, notes: [], acceptance: null, seconds: 1, ...rest };
}

const told = (finished: readonly Outcome[], id: string, rests = 1) =>
  lessonsOf(finished, rests).find((lesson) => lesson.id === id);

describe('lessons', () => {
  test('need two methods, but for the bad model', () => {
    expect(lessonsOf([outcome('metropolis', 0.1)], 7)).toEqual([]);
    expect(lessonsOf([outcome('direct', 3)], 7)).toEqual([]);
  });

  test('plain coupling is called unreliable by its numbers, and lucky if they are good', () => {
    const bad = told([outcome('plain', 0.32), outcome('metropolis', 0.08)], 'plain');
    expect(bad?.title).toBe(words.plain.worse);
    expect(bad?.text).toContain('0.32 kT, with it 0.08 kT, 4.0 times less');
    const good = told([outcome('plain', 0.1), outcome('metropolis', 0.08)], 'plain');
    expect(good?.title).toBe(words.plain.similar);
    expect(good?.text).toContain('another seed');
  });

  test('a bad model is said to converge only if its error fell once the windows were filled', () => {
    const notes = (...errors: number[]) =>
      errors.map((rmse, i) => ({ forceEvaluations: 1e6 * ((i + 1) / errors.length), rmse }));
    const falling = notes(4.5, 4.5, 0.9, 0.6, 0.5, 0.2);
    const fell = told([outcome('metropolis-bad', 0.2, { notes: falling, acceptance: 0.051 })], 'bad');
    expect(fell?.title).toBe(words.bad.fell);
    expect(fell?.text).toContain('0.90 kT, at 500\u00a0k');
    expect(fell?.text).toContain('5.1 % of its proposals were accepted');
    const flat = notes(4.5, 4.5, 0.9, 0.9, 0.9, 0.8);
    expect(told([outcome('metropolis-bad', 0.8, { notes: flat })], 'bad')?.title).toBe(words.bad.notYet);
  });

  test.each<[number, number, Comparison]>([
    [0.09, 0.08, 'similar'],
    [0.3, 0.08, 'worse'],
    [0.08, 0.3, 'better'],
  ])('neighbours %d against network %d', (near, network, title) => {
    const found = told(
      [outcome('metropolis-neighbours', near), outcome('metropolis', network, { seconds: 17 })],
      'neighbours',
    );
    expect(found?.title).toBe(words.neighbours[title]);
    expect(found?.text).toContain('17 times as long');
  });

  test.each<[number, number, Comparison]>([
    [0.11, 0.19, 'better'],
    [0.18, 0.19, 'similar'],
    [0.36, 0.07, 'worse'],
  ])('dragged %d against coupled %d; the better dragged method counts', (dragged, coupled, title) => {
    const found = told(
      [outcome('dragged-1', dragged), outcome('dragged-16', 3), outcome('metropolis', coupled)],
      'dragging',
    );
    expect(found?.title).toBe(words.dragging[title]);
    expect(found?.text).toContain(`×1 ${dragged.toFixed(2)} kT, dragged ×16 3.00 kT`);
  });

  test('exact starts are no rival of direct simulation', () => {
    expect(told([outcome('direct', 3), outcome('ceiling', 0.1)], 'direct')).toBeUndefined();
    expect(told([outcome('direct', 3), outcome('exchange-1', 0.2)], 'direct')?.title).toBe(
      words.direct.worse,
    );
    expect(told([outcome('direct', 0.1), outcome('exchange-1', 0.2)], 'direct')?.title).toBe(
      words.direct.similar,
    );
  });

  test.each<[number, number, Comparison]>([
    [0.2, 0.8, 'better'],
    [0.8, 0.2, 'worse'],
    [0.3, 0.25, 'similar'],
  ])('of several coordinates weigh the network %d against the best rival %d', (network, rival, title) => {
    const runs = [
      outcome('metropolis', network, { seconds: 60 }),
      outcome('exchange-1', rival),
      outcome('dragged-1', 9),
      outcome('ceiling', 0.01),
    ];
    const found = told(runs, 'network', 7);
    expect(found?.title).toBe(words.network[title]);
    expect(found?.text).toContain(
      `${network.toFixed(2)} kT in 60 s, and the best of the other methods, exchange ×1, ${rival.toFixed(2)} kT`,
    );
    expect(told(runs, 'network')).toBeUndefined();
  });

  test.each<[number, number, number, 'acceptance' | 'similar' | 'worse']>([
    [0.1, 0.5, 0.6, 'acceptance'],
    [0.5, 0.2, 1.2, 'worse'],
    [0.5, 0.2, 0.2, 'similar'],
  ])('acceptance %d of a Gaussian against 0.6, errors %d and %d', (acceptance, network, broad, title) => {
    const found = told(
      [
        outcome('metropolis', network, { acceptance: 0.6 }),
        outcome('metropolis-broad', broad, { acceptance }),
      ],
      'broad',
    );
    expect(found?.title).toBe(words.broad[title]);
  });
});
