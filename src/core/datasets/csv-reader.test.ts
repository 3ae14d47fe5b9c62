/** CSV files of all kinds: what is read, and what is said of those that cannot be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../message.ts';
import { CsvReader, LONGEST_LINE } from './csv-reader.ts';
import { message } from './messages.ts';

const ROWS = Array.from({ length: 60 }, (_, n) => [n / 8, -(n + 1) / 4]);
const GOOD = ROWS.map((row) => row.join(',')).join('\n');

function read(text: string, { names = ['x', 'y'], cut = text.length, most = 1000 } = {}) {
  const reader = new CsvReader(names, most);
  for (let i = 0; i < text.length; i += cut) reader.push(text.slice(i, i + cut));
  return reader.end();
}

function problem(text: string, options = {}): Problem['told'] {
  try {
    read(text, options);
  } catch (error) {
    if (error instanceof Problem) return error.told;
    throw error;
  }
  throw new Error('The file was read');
}

const EXPECTED = Float32Array.from(ROWS.flat());

describe('good files', () => {
  it.each<[string, string]>([
    ['commas', GOOD],
    ['semicolons', GOOD.replaceAll(',', ';')],
    ['tabs', GOOD.replaceAll(',', '\t')],
    ['blanks', GOOD.replaceAll(',', '   ')],
    ['decimal commas', ROWS.map((row) => row.join(';').replaceAll('.', ',')).join('\n')],
    [
      'decimal commas in quotes',
      ROWS.map((row) => row.map((v) => `"${v}"`.replace('.', ',')).join(',')).join('\n'),
    ],
    ['line ends of Windows', `x,y\r\n${GOOD.replaceAll('\n', '\r\n')}\r\n`],
    ['line ends of old', GOOD.replaceAll('\n', '\r')],
    ['a header', `x,y\n${GOOD}`],
    ['a header of other names', `a,b\n${GOOD}`],
    ['a header in quotes', `"X" , "Y"\n${GOOD}`],
    ['columns in another order', `time;Y;x\n${ROWS.map(([x, y]) => `0;${y};${x}`).join('\n')}`],
    ['comments and empty lines', `# x y\n\n${GOOD}\n\n# the end\n`],
    ['blanks around', GOOD.replaceAll(',', ' , ')],
    ['exponents and signs', ROWS.map(([x, y]) => `+${x.toExponential()},${y.toExponential(8)}`).join('\n')],
  ])('with %s are read, however they are cut', (_, text) => {
    for (const cut of [text.length, 1, 2, 7, 64]) {
      const { states, rows } = read(text, { cut });
      expect(states).toEqual(EXPECTED);
      expect(rows).toBe(60);
    }
  });

  it('of numbers of any kind are read back', () => {
    const number = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const rows = fc.array(fc.tuple(number, number, number), { minLength: 50, maxLength: 80 });
    const style = fc.record({
      separator: fc.constantFrom(',', ';', '\t', ' '),
      comma: fc.boolean(),
      header: fc.boolean(),
      end: fc.constantFrom('\n', '\r\n'),
      cut: fc.integer({ min: 1, max: 300 }),
    });
    fc.assert(
      fc.property(rows, style, (states, { separator, comma, header, end, cut }) => {
        const write = (value: number) =>
          comma && separator !== ',' ? String(value).replace('.', ',') : String(value);
        const lines = states.map((row) => row.map(write).join(separator));
        const text = (header ? [['u', 'v', 'w'].join(separator), ...lines] : lines).join(end);
        const { states: found } = read(text, { names: ['u', 'v', 'w'], cut });
        expect([...found]).toEqual(states.flat());
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it('with more columns than coordinates say which were taken', () => {
    const rows = ROWS.map(([x, y]) => [x * x, y]);
    const { states, remarks } = read(rows.map((row) => [...row, 7].join(',')).join('\n'));
    expect(states).toEqual(Float32Array.from(rows.flat()));
    expect(remarks).toEqual([message('csv-first-columns', { columns: 3, names: ['x', 'y'] })]);
  });
});

describe('files of other programs', () => {
  const lines = (row: (x: number, y: number, k: number) => string) =>
    ROWS.map(([x, y], k) => row(x, y, k)).join('\n');

  it.each<[string, string]>([
    [
      'PLUMED',
      `#! FIELDS time x y metad.bias\n#! SET min_x -pi\n${lines((x, y, k) => ` ${k}.0 ${x} ${y} 0.1`)}\n`,
    ],
    ['a comment of names', `# step, x, y\n${lines((x, y, k) => `${k},${x},${y}`)}`],
    ['MATLAB', `% x y\n${lines((x, y) => `  ${x}   ${y}`)}`],
    [
      'Grace',
      `# made by hand\n@ title "torsions"\n@ s0 legend "x"\n@ s1 legend "y"\n${lines((x, y, k) => `${k} ${x} ${y}`)}\n&`,
    ],
    ['pandas with an index', `,x,y\n${lines((x, y, k) => `${k},${x},${y}`)}`],
    ['time without a name', lines((x, y, k) => `${0.5 * k} ${x} ${y}`)],
    ['a separator that is stated', `sep=;\nx;y\n${lines((x, y) => `${x};${y}`)}`],
    ['a separator at every end', `x,y,\n${lines((x, y) => `${x},${y},`)}`],
    [
      'Fortran',
      lines((x, y) => `${x.toExponential().replace('e', 'D')} ${y.toExponential().replace('e', 'd')}`),
    ],
    ['a last line that is cut off', `x,y\n${GOOD}\n1.2`],
  ])('%s: the right columns', (_, text) => {
    for (const cut of [text.length, 7]) expect(read(text, { cut }).states).toEqual(EXPECTED);
  });

  it('with names of something else are refused, with the names', () => {
    const columns = ['energy', 'time'];
    expect(problem(`energy,time\n${GOOD}`)).toEqual(
      message('csv-unknown-columns', { line: 1, columns, names: ['x', 'y'] }),
    );
  });
});

describe('bad files', () => {
  it.each<[string, string, number | null, number | null, string, object?]>([
    ['nothing', '', null, null, 'csv-empty'],
    ['comments only', '# x,y\n\n', null, null, 'csv-empty'],
    ['a header only', 'x,y\n', null, null, 'csv-few-states', { states: 0, needed: 50 }],
    ['few states', '1,2\n3,4', null, null, 'csv-few-states', { states: 2 }],
    [
      'text in a number field',
      `x,y\n${GOOD}\n1,abc`,
      62,
      2,
      'csv-bad-number',
      { fault: 'not-a-number', field: 'abc', coordinate: 'y' },
    ],
    ['NaN', `${GOOD}\nNaN,1`, 61, 1, 'csv-bad-number', { fault: 'not-finite', coordinate: 'x' }],
    ['infinity', `${GOOD}\n1,-Infinity`, 61, 2, 'csv-bad-number', { fault: 'not-finite' }],
    ['NaN at once', `nan,nan\n${GOOD}`, 1, 1, 'csv-bad-number', { fault: 'not-finite' }],
    ['a number that overflows', `${GOOD}\n1,1e300`, 61, 2, 'csv-bad-number', { fault: 'too-large' }],
    ['an empty field', `${GOOD}\n1,`, 61, 2, 'csv-bad-number', { fault: 'missing', coordinate: 'y' }],
    ['hexadecimal', `${GOOD}\n0x10,1`, 61, 1, 'csv-bad-number', { fault: 'not-a-number' }],
    ['one column', 'x\n1\n2', 1, 1, 'csv-few-columns', { columns: 1, names: ['x', 'y'] }],
    ['one number', '1.5\n2.5', 1, 1, 'csv-few-columns'],
    ['a short line', `${GOOD}\n5\n`, 61, 1, 'csv-columns-differ', { here: 1, before: 2 }],
    ['a long line', `${GOOD}\n1,5,2,5`, 61, 3, 'csv-columns-differ', { here: 4 }],
    ['a name that lacks', `x,v\n${GOOD}`, 1, null, 'csv-no-column', { name: 'y' }],
    ['a name twice', `x,y,Y\n${GOOD}`, 1, 3, 'csv-column-twice', { name: 'y' }],
    ['two decimal signs', `${GOOD}\n"1.234,5","1"`, 61, 1, 'csv-bad-number', { fault: 'decimal-signs' }],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', 2, null, 'csv-binary'],
    ['sixteen bits a letter', 'x\u0000,\u0000y\u0000', 1, null, 'csv-binary'],
    ['a binary end', `${GOOD}\n1,2\u0000`, 61, null, 'csv-binary'],
    ['a line without end', `${GOOD}\n${'1'.repeat(LONGEST_LINE + 2)}`, 61, null, 'csv-long-line'],
    ['a long line within', `${'1'.repeat(LONGEST_LINE + 2)}\n${GOOD}`, 1, null, 'csv-long-line'],
    ['a page', `<!doctype html>\n${GOOD}`, 2, 1, 'csv-columns-differ', { here: 1 }],
  ])('with %s say where', (_, text, line, column, id, values = {}) => {
    for (const cut of [Math.max(1, text.length), 5]) {
      const told = problem(text, { cut });
      const place = { ...(line && { line }), ...(column && { column }) };
      expect(told).toMatchObject({ id, values: { ...values, ...place } });
    }
  });

  it('never do anything else, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), (text, cut) => {
        expect(() => read(`${text}\n${GOOD}`, { cut })).toSatisfy((run: () => unknown) => {
          try {
            run();
            return true;
          } catch (error) {
            return error instanceof Problem && error.message.length < 300;
          }
        });
      }),
      { numRuns: 1000, seed: 6 },
    );
  });
});

describe('large files', () => {
  it('are kept in part: every row with the same probability, wherever it stands', () => {
    const rows = 100_000;
    const reader = new CsvReader(['x'], 20_000);
    for (let n = 0; n < rows; n += 1000)
      reader.push(Array.from({ length: 1000 }, (_, k) => `${n + k}\n`).join(''));
    const { states, rows: seen, remarks } = reader.end();
    expect(seen).toBe(rows);
    expect(remarks).toEqual([message('csv-sample', { kept: 20_000, rows: 100_000 })]);
    expect(new Set(states).size).toBe(20_000);
    // Rows of each tenth: hypergeometric, mean 2000, standard deviation 38.
    const tenths = new Float64Array(10);
    for (const row of states) tenths[Math.floor(row / 10_000)]++;
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(160);
  });
});
