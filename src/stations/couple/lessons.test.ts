import { describe, expect, test } from 'vitest';
import type { ArmId } from '../../core/coupling/arms.ts';
import { lessonsOf, type Outcome } from './lessons.ts';

function outcome(arm: ArmId, rmse: number, rest: Partial<Outcome> = {}): Outcome {
  return { arm, rmse, notes: [], acceptance: null, seconds: 1, ...rest };
}

const told = (finished: readonly Outcome[], id: string, rests = 1) =>
  lessonsOf(finished, rests).find((lesson) => lesson.id === id);

describe('lessons', () => {
  test('need two arms, but for the bad model', () => {
    expect(lessonsOf([outcome('metropolis', 0.1)], 7)).toEqual([]);
    expect(lessonsOf([outcome('direct', 3)], 7)).toEqual([]);
  });

  test('plain coupling is called unreliable by its numbers, and lucky if they are good', () => {
    const bad = told([outcome('plain', 0.32), outcome('metropolis', 0.08)], 'plain');
    expect(bad?.title).toBe('Plain coupling is not reliable');
    expect(bad?.text).toContain('0.32 kT, with it 0.08 kT: 4.0 times less');
    const good = told([outcome('plain', 0.1), outcome('metropolis', 0.08)], 'plain');
    expect(good?.title).toBe('Plain coupling did well this time');
    expect(good?.text).toContain('another seed');
  });

  test('a bad model is said to converge only if its error fell once the windows were filled', () => {
    const notes = (...errors: number[]) =>
      errors.map((rmse, i) => ({ forceEvaluations: 1e6 * ((i + 1) / errors.length), rmse }));
    const falling = notes(4.5, 4.5, 0.9, 0.6, 0.5, 0.2);
    const fell = told([outcome('metropolis-bad', 0.2, { notes: falling, acceptance: 0.051 })], 'bad');
    expect(fell?.title).toBe('A bad model converges too, only slower');
    expect(fell?.text).toContain('0.90 kT, at 500\u00a0k');
    expect(fell?.text).toContain('5.1 % of its proposals were accepted');
    const flat = notes(4.5, 4.5, 0.9, 0.9, 0.9, 0.8);
    expect(told([outcome('metropolis-bad', 0.8, { notes: flat })], 'bad')?.title).toMatch(
      /not converged yet/,
    );
  });

  test.each([
    [0.09, 0.08, /do as well/],
    [0.3, 0.08, /the network beats/],
    [0.08, 0.3, /do better/],
  ])('neighbours %d against network %d', (near, network, title) => {
    const found = told(
      [outcome('metropolis-neighbours', near), outcome('metropolis', network, { seconds: 17 })],
      'neighbours',
    );
    expect(found?.title).toMatch(title);
    expect(found?.text).toContain('17 times the time');
  });

  test.each([
    [0.11, 0.19, 'Dragging is better here'],
    [0.18, 0.19, 'Dragging suffices here'],
    [0.36, 0.07, 'Dragging carries its past along'],
  ])('dragged %d against coupled %d; the better dragged arm counts', (dragged, coupled, title) => {
    const found = told(
      [outcome('dragged-1', dragged), outcome('dragged-16', 3), outcome('metropolis', coupled)],
      'dragging',
    );
    expect(found?.title).toBe(title);
    expect(found?.text).toContain(`Dragging ${dragged.toFixed(2)} kT`);
  });

  test('exact starts are no rival of direct simulation', () => {
    expect(told([outcome('direct', 3), outcome('ceiling', 0.1)], 'direct')).toBeUndefined();
    expect(told([outcome('direct', 3), outcome('exchange-1', 0.2)], 'direct')?.title).toMatch(
      /stay where they were/,
    );
    expect(told([outcome('direct', 0.1), outcome('exchange-1', 0.2)], 'direct')?.title).toMatch(
      /no obstacle/,
    );
  });

  test.each([
    [0.2, 0.8, /^Here the network pays/],
    [0.8, 0.2, /does not pay/],
    [0.3, 0.25, /no better than the best/],
  ])('of several coordinates weigh the network %d against the best rival %d', (network, rival, title) => {
    const runs = [
      outcome('metropolis', network, { seconds: 60 }),
      outcome('exchange-1', rival),
      outcome('dragged-1', 9),
      outcome('ceiling', 0.01),
    ];
    const found = told(runs, 'network', 7);
    expect(found?.title).toMatch(title);
    expect(found?.text).toContain(
      `${network.toFixed(2)} kT in 60 s; the best of the others, exchange, 1, to ${rival.toFixed(2)} kT`,
    );
    expect(told(runs, 'network')).toBeUndefined();
  });

  test.each([
    [0.1, 0.5, 0.6, /buys is acceptance/],
    [0.5, 0.2, 1.2, /Not every accepted/],
    [0.5, 0.2, 0.2, /model enough/],
  ])('acceptance %d of a Gaussian against 0.6, errors %d and %d', (acceptance, network, broad, title) => {
    const found = told(
      [
        outcome('metropolis', network, { acceptance: 0.6 }),
        outcome('metropolis-broad', broad, { acceptance }),
      ],
      'broad',
    );
    expect(found?.title).toMatch(title);
  });
});
