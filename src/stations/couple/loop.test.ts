import { describe, expect, test } from 'vitest';
import type { CoupleFrame, CouplePhase } from '../../core/coupling/frame.ts';
import { frameOf } from './frames.fixture.ts';
import { loopOf, marksOf, roundText } from './loop.ts';

const litIn = (frame: CoupleFrame, moves: boolean) =>
  loopOf(frame, { busy: true, moves, coupled: true, rmse: null })
    .filter(({ lit }) => lit)
    .map(({ stage }) => stage);

describe('the loop', () => {
  test.each<[CouplePhase, boolean, string[]]>([
    ['start', true, ['trapped']],
    ['train', true, ['train']],
    ['generate', true, ['generate']],
    ['run', true, ['run', 'accept']],
    ['run', false, ['run']],
    ['estimate', true, ['estimate']],
  ])('is lit in phase %s, moves %s', (phase, moves, lit) => {
    expect(litIn(frameOf('metropolis', { phase }), moves)).toEqual(lit);
  });

  test('is dark when nothing works', () => {
    const nodes = loopOf(frameOf('metropolis', {}), { busy: false, moves: true, coupled: true, rmse: 0.1 });
    expect(nodes.some(({ lit }) => lit)).toBe(false);
    expect(nodes.find(({ stage }) => stage === 'estimate')?.count).toBe('RMSE 0.10 kT');
  });

  test('counts what was done, and leaves out what a method has not', () => {
    const nodes = loopOf(frameOf('dragged-1', { phase: 'run' }), {
      busy: true,
      moves: false,
      coupled: false,
      rmse: null,
    });
    expect(nodes.filter(({ passed }) => !passed).map(({ stage }) => stage)).toEqual([
      'train',
      'generate',
      'accept',
    ]);
    const counts = loopOf(frameOf('metropolis', {}), { busy: true, moves: true, coupled: true, rmse: null });
    expect(counts.map(({ count }) => count)).toEqual([
      '16 walkers',
      '2.00\u00a0k evaluations',
      '1 of 2 windows',
      '500 force evaluations',
      '80 % accepted',
      '',
    ]);
  });

  test('says how often it has gone round', () => {
    expect(roundText(null)).toBe('');
    expect(roundText(frameOf('metropolis', { round: 0, rounds: 8 }))).toBe('filling the windows');
    expect(roundText(frameOf('metropolis', { round: 3, rounds: 8 }))).toBe('round 3 of 8');
    expect(roundText(frameOf('direct', { round: 0, rounds: 0 }))).toBe('');
  });

  test('walkers are counted by what became of them', () => {
    expect(marksOf(Uint8Array.of(0, 1, 1, 3, 2, 3, 3))).toEqual({
      trapped: 1,
      generated: 2,
      healed: 1,
      accepted: 3,
    });
  });
});
