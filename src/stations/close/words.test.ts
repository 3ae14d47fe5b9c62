import { expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { CloseRun } from '../../core/coarse/close-run.ts';
import { message } from '../../core/coarse/messages.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { text } from '../../text/index.ts';
import { closeNumbers, closeStory, reasonsOf } from './words.ts';

const link =
  '#/close?system=fast-slow-double-well&budget=120000&close.values=9&close.bursts=64&close.map=none&time=2';

test('a run is told in its own numbers, and what is missing with its reason', async () => {
  const run = new CloseRun(families, parseQuery(link, families).experiment);
  await run.advance();
  const frame = run.frame();
  expect(frame.problem).toBeNull();
  const { title, text: verdict } = closeStory(frame, 'finished', 'x');
  const rmse = frame.consistency?.freeEnergyFromDynamics?.rmse;
  expect(title).toBe(text.close.story.finished);
  expect(verdict).toContain(text.close.story.rmse(rmse!));
  expect(verdict).not.toContain('correlation');
  const labels = closeNumbers(frame.consistency!).map(({ label }) => label);
  expect(labels.includes(text.close.numbers.fastTime)).toBe(frame.consistency!.fastTime !== null);
  expect(labels).toContain(text.close.numbers.restriction);
  const parts = Object.keys(frame.consistency!.reasons);
  expect(parts.length).toBeGreaterThan(0);
  expect(reasonsOf(frame.consistency)).toHaveLength(parts.length);
});

test('before a run the station says what it is for; during one, how far it is', () => {
  expect(closeStory(null, 'idle', 'x').text).toMatch(/prepared at given values of x/);
  const frame = {
    phase: message('phase-bursts', {}),
    forceEvaluations: 5e4,
    networkEvaluations: 0,
    budget: 1e6,
    done: false,
    problem: null,
    consistency: null,
    diffusionMap: null,
  };
  expect(closeStory(frame, 'running', 'x')).toEqual({
    title: 'Bursts',
    text: '50.0\u00a0k of 1.00\u00a0M force evaluations are spent.',
  });
  expect(closeStory(frame, 'failed', 'x').title).toBe(text.close.story.failed.title);
});
