import { expect, it } from 'vitest';
import { english } from './en/index.ts';

const rooms = import.meta.glob<Record<string, object>>('./en/messages/*.ts', { eager: true });

it('every message has an id of its own', () => {
  const ids = Object.entries(rooms)
    .filter(([path]) => !path.endsWith('/index.ts'))
    .flatMap(([, words]) => Object.values(words).flatMap((room) => Object.keys(room)));
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(Object.keys(english.messages).sort()).toEqual([...ids].sort());
});
