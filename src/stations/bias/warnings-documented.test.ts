import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { WARNINGS } from '../../core/estimators/finding.ts';

it('documents every warning of the file of results', () => {
  const document = readFileSync(`${import.meta.dirname}/../../../docs/results.md`, 'utf8');
  const row = document.split('\n').find((line) => line.startsWith('| `warnings` |'));
  const documented = [...row!.matchAll(/`([a-z-]+)`/g)].map(([, id]) => id);
  expect(documented.slice(3).sort()).toEqual([...WARNINGS].sort());
});
