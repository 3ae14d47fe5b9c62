import { expect, test } from 'vitest';
import { families } from '../../catalog.ts';
import { parseQuery } from '../../core/settings/query.ts';
import { settingsOf } from '../../core/settings/settings.ts';
import { text } from '../../text/index.ts';
import { WAYS, wayOf, weightText } from './ways.ts';

const of = (query: string) => parseQuery(query, families).experiment;

test('every way of the setting has a line, and its settings exist', () => {
  const settings = settingsOf(families, of(''));
  const spec = settings['condition.by'];
  expect(spec.kind === 'choice' && spec.options.map(({ id }) => id).sort()).toEqual(
    WAYS.map(({ id }) => id).sort(),
  );
  for (const { settings: own } of WAYS) for (const key of own) expect(settings[key]).toBeDefined();
  expect(wayOf(of('condition.by=kernel')).title).toBe('Kernel');
});

test('the weight: 1 is the distribution for a network, which must have been trained for others; guidance is never exact', () => {
  const { weightGuidance, weightNetwork, weightUntrained, weightZero } = text.condition.methods;
  expect(weightText(of(''), false)).toBe(weightNetwork);
  expect(weightText(of('condition.weight=2'), false)).toBe(weightUntrained);
  expect(weightText(of('condition.weight=2'), true)).toBe(weightNetwork);
  expect(weightText(of('condition.by=guidance'), false)).toBe(weightGuidance);
  expect(weightText(of('condition.weight=0&condition.by=guidance'), false)).toBe(weightZero);
  expect(weightText(of('condition.by=kernel'), false)).toBeNull();
});
