import { expect, test } from 'vitest';
import { comparisonCsv } from './comparison-csv.ts';

const curve = (F: number[]) => ({
  of: 'bin' as const,
  cv: Float64Array.from(F, (_, i) => i),
  F: Float64Array.from(F),
  stderr: Float64Array.from(F, () => 0.1),
});

test('every row has every column; names cannot break the table or become formulas', () => {
  const run = {
    method: 'umbrella',
    link: '#/bias?v=1',
    forceEvaluations: 200,
    freeEnergy: curve([0, Number.NaN]),
  };
  const csv = comparisonCsv(
    [
      {
        ...run,
        name: 'mine, the "best"',
        notes: [{ forceEvaluations: 100, rmse: 0.5, unvisitedShare: 0.25 }],
      },
      { ...run, name: '=1+1', notes: [] },
    ],
    curve([0, 2]),
  );
  expect(csv.split('\r\n')).toEqual([
    'method,name,forceEvaluations,rmse,cv,F,stderr,exact,link,unvisitedShare',
    'umbrella,"mine, the ""best""",100,0.5,,,,,#/bias?v=1,0.25',
    'umbrella,"mine, the ""best""",200,,0,0,0.1,0,#/bias?v=1,',
    'umbrella,"mine, the ""best""",200,,1,,0.1,2,#/bias?v=1,',
    "umbrella,'=1+1,200,,0,0,0.1,0,#/bias?v=1,",
    "umbrella,'=1+1,200,,1,,0.1,2,#/bias?v=1,",
    '',
  ]);
});
