/** Tables of numbers: what is read, and what is said of those that cannot be. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../message.ts';
import { message } from '../messages.ts';
import { LONGEST_LINE } from './lines.ts';
import { StatesReader } from './states-reader.ts';
import type { Instruction } from './table.ts';

/** Both columns go up and down, as coordinates do. */
const ROWS = Array.from({ length: 60 }, (_, n) => [((7 * n) % 60) / 8, -(((11 * n) % 60) + 1) / 4]);
const GOOD = ROWS.map((row) => row.join(',')).join('\n');

interface Options {
  readonly names?: readonly string[];
  readonly cut?: number;
  readonly most?: number;
  readonly instruction?: Instruction;
}

function answer(
  text: string,
  { names = ['x', 'y'], cut = text.length, most = 1000, instruction = null }: Options,
) {
  const reader = new StatesReader(names, instruction, most);
  for (let i = 0; i < text.length; i += cut) reader.push(text.slice(i, i + cut));
  return reader.end();
}

/** States that are read without a question. */
function read(text: string, options: Options = {}) {
  const { table, question } = answer(text, options);
  if (!table || question) throw new Error(`The file is in doubt: ${JSON.stringify(question?.why)}`);
  return table;
}

/** What is wrong with a file that cannot be read. */
function problem(text: string, options: Options = {}): Problem['told'] {
  try {
    answer(text, options);
  } catch (error) {
    if (error instanceof Problem) return error.told;
    throw error;
  }
  throw new Error('The file was read');
}

/** What is wrong with the first row that is left out. */
function firstBad(text: string, options: Options = {}): Problem['told'] {
  const { table, question } = answer(text, options);
  expect(table?.states).toEqual(EXPECTED);
  return (question!.why!.values as { first: Problem['told'] }).first;
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
});

describe('bad files', () => {
  it.each<[string, string, number | null, number | null, string, object?]>([
    ['nothing', '', null, null, 'file-empty'],
    ['comments only', '# x,y\n\n', null, null, 'file-empty'],
    ['a header only', 'x,y\n', null, null, 'file-empty'],
    ['few states', '1,2\n3,4', null, null, 'file-few-states', { states: 2 }],
    ['one column', 'x\n1\n2', 2, 1, 'file-few-columns', { columns: 1, names: ['x', 'y'] }],
    ['one number', '1.5\n2.5', 1, 1, 'file-few-columns'],
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', 2, null, 'file-binary'],
    ['sixteen bits a letter', 'x\u0000,\u0000y\u0000', 1, null, 'file-binary'],
    ['a binary end', `${GOOD}\n1,2\u0000`, 61, null, 'file-binary'],
    ['a line without end', `${GOOD}\n${'1'.repeat(LONGEST_LINE + 2)}`, 61, null, 'file-long-line'],
    ['a long line within', `${'1'.repeat(LONGEST_LINE + 2)}\n${GOOD}`, 1, null, 'file-long-line'],
  ])('with %s say where', (_, text, line, column, id, values = {}) => {
    for (const cut of [Math.max(1, text.length), 5]) {
      const place = { ...(line && { line }), ...(column && { column }) };
      expect(problem(text, { cut })).toMatchObject({ id, values: { ...values, ...place } });
    }
  });

  it.each<[string, string, number, number, string, object?]>([
    [
      'text in a number field',
      `x,y\n${GOOD}\n1,abc\n`,
      62,
      2,
      'file-bad-number',
      { fault: 'not-a-number', field: 'abc', coordinate: 'y' },
    ],
    ['NaN', `${GOOD}\nNaN,1\n`, 61, 1, 'file-bad-number', { fault: 'not-finite', coordinate: 'x' }],
    ['infinity', `${GOOD}\n1,-Infinity\n`, 61, 2, 'file-bad-number', { fault: 'not-finite' }],
    ['NaN at once', `nan,nan\n${GOOD}`, 1, 1, 'file-bad-number', { fault: 'not-finite' }],
    ['a number that overflows', `${GOOD}\n1,1e300\n`, 61, 2, 'file-bad-number', { fault: 'too-large' }],
    ['an empty field', `${GOOD}\n1,\n`, 61, 2, 'file-bad-number', { fault: 'missing', coordinate: 'y' }],
    ['hexadecimal', `${GOOD}\n0x10,1\n`, 61, 1, 'file-bad-number', { fault: 'not-a-number' }],
    ['a short line', `${GOOD}\n5\n`, 61, 1, 'file-columns-differ', { here: 1, before: 2 }],
    ['a long line', `${GOOD}\n1,5,2,5\n`, 61, 3, 'file-columns-differ', { here: 4 }],
    ['two decimal signs', `${GOOD}\n"1.234,5","1"\n`, 61, 1, 'file-bad-number', { fault: 'decimal-signs' }],
  ])('with %s are kept but for that row, if the person agrees', (_, text, line, column, id, values = {}) => {
    for (const cut of [text.length, 5])
      expect(firstBad(text, { cut })).toMatchObject({
        id,
        values: { unit: 'line', line, column, ...values },
      });
  });

  /** Every text is read, asked about or refused by a message of bounded length. */
  const settles = (text: string, cut: number) => {
    try {
      answer(text, { cut });
      return true;
    } catch (error) {
      return error instanceof Problem && error.message.length < 300;
    }
  };

  it('never do anything else, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), (text, cut) =>
        settles(`${text}\n${GOOD}`, cut),
      ),
      { numRuns: 1000, seed: 6 },
    );
  });

  it('nor do brackets', () => {
    const marks = fc.constantFrom(...'[](){},;:"\'#\\ \n.=-', '...', 'x', '1.5', 'null', 'array(', '"x":');
    fc.assert(
      fc.property(fc.array(marks, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (parts, cut) =>
        settles(`[${parts.join('')}${JSON.stringify(ROWS)}`, cut),
      ),
      { numRuns: 1000, seed: 7 },
    );
  });
});

describe('large files', () => {
  it('are kept in part: every row with the same probability, wherever it stands', () => {
    const rows = 100_000;
    const reader = new StatesReader(['x'], { columns: [0], weight: null, drop: false }, 20_000);
    for (let n = 0; n < rows; n += 1000)
      reader.push(Array.from({ length: 1000 }, (_, k) => `${n + k}\n`).join(''));
    const { states, rows: seen, remarks } = reader.end().table!;
    expect(seen).toBe(rows);
    expect(remarks).toContainEqual(message('file-sample', { kept: 20_000, rows: 100_000 }));
    expect(new Set(states).size).toBe(20_000);
    // Rows of each tenth: hypergeometric, mean 2000, standard deviation 38.
    const tenths = new Float64Array(10);
    for (const row of states) tenths[Math.floor(row / 10_000)]++;
    for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(160);
  });
});
