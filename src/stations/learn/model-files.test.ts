import { expect, test } from 'vitest';
import { nameOfModel, parseModel, stationOfModel } from './model-files.ts';

test('text that is no model says why', () => {
  expect(() => parseModel('  ')).toThrow('The file is empty.');
  expect(() => parseModel('x,y\n1,2')).toThrow(/not a model: it is not valid JSON/);
  expect(parseModel('{"step": 1}')).toEqual({ step: 1 });
});

test('a model goes to the station that trained it', () => {
  expect(stationOfModel({ experiment: '#/condition?kT=0.7' })).toBe('condition');
  expect(stationOfModel({ experiment: '#/learn?' })).toBe('learn');
  expect(stationOfModel(null)).toBe('learn');
  expect(stationOfModel([1])).toBe('learn');
});

test('the name of the file says what is in it', () => {
  expect(nameOfModel({ experiment: '#/learn?system=mueller-brown', step: 60 })).toBe(
    'saddle-model-mueller-brown-learn-60.json',
  );
});
