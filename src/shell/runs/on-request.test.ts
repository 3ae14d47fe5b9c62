import { expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { keyOf } from '../parts/derived.ts';
import { OnRequest } from './on-request.ts';

const keyAt = (query: string) => keyOf(parseQuery(query, families).experiment, 'generated');

/** An answer that comes when it is let go. */
function pending<T>() {
  let answer: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    answer = resolve;
  });
  return { promise, answer };
}

it('shows no answer to other settings, whether it came before they changed or after', async () => {
  const [cold, warm] = [keyAt('kT=1'), keyAt('kT=2')];
  const asked = new OnRequest<number>();
  const { promise, answer } = pending<number>();
  const done = asked.ask(cold, () => promise);
  expect(asked.of(cold)).toEqual({ phase: 'waiting' });
  expect(asked.of(warm)).toEqual({ phase: 'idle' });
  answer(1);
  await done;
  expect(asked.of(cold)).toEqual({ phase: 'answered', answer: 1 });
  expect(asked.of(warm)).toEqual({ phase: 'idle' });
});

it.each(['seed=7', 'generator.steps=9', 'schedule=vp', 'system.barrier=2&system=double-well'])(
  'shows no likelihood of other settings: %s',
  async (query) => {
    const asked = new OnRequest<number>();
    await asked.ask(keyAt(''), async () => 1);
    expect(asked.of(keyAt(query))).toEqual({ phase: 'idle' });
  },
);

it('keeps the answer that was asked for last', async () => {
  const asked = new OnRequest<number>();
  const [first, second] = [pending<number>(), pending<number>()];
  const both = [asked.ask('a', () => first.promise), asked.ask('b', () => second.promise)];
  second.answer(2);
  first.answer(1);
  await Promise.all(both);
  expect(asked.of('b')).toEqual({ phase: 'answered', answer: 2 });
  expect(asked.of('a')).toEqual({ phase: 'idle' });
});

it('says why there is no answer', async () => {
  const asked = new OnRequest<number>();
  await asked.ask('a', () => Promise.reject(new Error('The device is lost.')));
  expect(asked.of('a')).toEqual({ phase: 'failed', problem: 'The device is lost.' });
});
