import { describe, expect, test } from 'vitest';
import type { MethodRecord } from '../../shell/runs/coupling.ts';
import { text as page } from '../../text/index.ts';
import { frameOf } from './frames.fixture.ts';
import { storyOf } from './story.ts';

const options = { cv: 'x', start: 'the left well', moves: true, rmse: null, ceiling: 8, ended: 0, open: 0 };

function record(change: Partial<MethodRecord>): MethodRecord {
  return {
    method: 'metropolis',
    phase: 'running',
    message: null,
    frame: null,
    history: [],
    ...change,
  };
}

describe('the story', () => {
  test('begins with the promise and says what to press', () => {
    expect(storyOf(null, options).text).toMatch(/trapped in the left well.*Run all methods/);
  });

  test('follows the phases', () => {
    const titles = (['start', 'train', 'generate', 'run', 'estimate'] as const).map(
      (phase) => storyOf(record({ frame: frameOf('metropolis', { phase }) }), options).title,
    );
    expect(new Set(titles).size).toBe(5);
    expect(storyOf(record({ frame: frameOf('metropolis', { round: 2 }) }), options).title).toBe(
      page.couple.story.roundTitle(2, 8),
    );
  });

  test('does not promise a rejection where nothing is rejected', () => {
    for (const round of [0, 1]) {
      const { text } = storyOf(record({ method: 'plain', frame: frameOf('plain', { round }) }), {
        ...options,
        moves: false,
      });
      expect(text).not.toMatch(/accepts|accepted/);
    }
  });

  test('ends with the cost and the error that were measured', () => {
    const frame = frameOf(
      'metropolis',
      {},
      { done: true, forceEvaluations: 297_000, networkEvaluations: 3.49e6 },
    );
    const { title, text } = storyOf(record({ phase: 'finished', frame }), {
      ...options,
      rmse: 0.163,
      ended: 1,
    });
    expect(title).toBe(page.couple.story.finished);
    expect(text).toContain(
      '297\u00a0k force evaluations and 3.49\u00a0M network evaluations; the root mean square error (RMSE) of F where F < 8 kT is 0.16 kT; 80 %',
    );
    expect(text).toMatch(/Run all methods/);
  });

  test('a failure is not called a result', () => {
    expect(storyOf(record({ phase: 'failed', frame: frameOf('metropolis', {}) }), options).title).toBe(
      page.couple.story.failedTitle,
    );
  });
});
