/** Files of other programs: each is read with the right columns, or asks with choices. */
import { describe, expect, it } from 'vitest';
import { encodingOf } from './encoding.ts';
import { StatesReader } from './states-reader.ts';
import type { Instruction } from './table.ts';

/** Both coordinates go up and down. */
const ROWS = Array.from({ length: 60 }, (_, n): [number, number] => [
  (((7 * n) % 60) - 30) / 8,
  (((11 * n) % 60) - 30) / 4,
]);
const EXPECTED = Float32Array.from(ROWS.flat());
const lines = (row: (x: number, y: number, k: number) => string) =>
  ROWS.map(([x, y], k) => row(x, y, k)).join('\n');
const XY = lines((x, y) => `${x},${y}`);

function answer(text: string, cut: number, instruction: Instruction = null, coordinates = ['x', 'y']) {
  const reader = new StatesReader(coordinates, instruction);
  for (let i = 0; i < text.length && !reader.isInDoubt; i += cut) reader.push(text.slice(i, i + cut));
  return reader.end();
}

const fortran = (value: number) => value.toExponential().replace('e', 'D');
const objects = ROWS.map(([x, y], frame) => ({ frame, y, x }));
const columns = { time: ROWS.map((_, k) => k), x: ROWS.map(([x]) => x), y: ROWS.map(([, y]) => y) };
const numpy = `[${lines((x, y) => `[ ${x}  ${y}]`)}]`;

describe('read with the right columns', () => {
  it.each<[string, string]>([
    [
      'PLUMED',
      `#! FIELDS time x y metad.bias\n#! SET min_x -pi\n${lines((x, y, k) => ` ${k} ${x} ${y} 0.1`)}\n`,
    ],
    [
      'HILLS',
      `#! FIELDS time x y sigma_x sigma_y height biasf\n${lines((x, y, k) => `${k} ${x} ${y} 0.1 0.1 1 10`)}`,
    ],
    ['time;x;y', `time;x;y\n${lines((x, y, k) => `${k};${x};${y}`)}`],
    ['a comment of names', `# step, x, y\n${lines((x, y, k) => `${k},${x},${y}`)}`],
    ['names with units', `Time (ps)\ty (nm)\tX (nm)\n${lines((x, y, k) => `${k}\t${y}\t${x}`)}`],
    ['units in a line of their own', `x,y\nnm,nm\n${XY}`],
    ['a title above', `Run of the well\nx,y\n${XY}`],
    ['MATLAB', `% x y\n${lines((x, y) => `  ${x}   ${y}`)}`],
    [
      'Grace',
      `@ title "torsions"\n@ s0 legend "x"\n@ s1 legend "y"\n${lines((x, y, k) => `${k} ${x} ${y}`)}\n&`,
    ],
    ['pandas with an index', `,x,y\n${lines((x, y, k) => `${k},${x},${y}`)}`],
    ['a printed data frame', `      x     y\n${lines((x, y, k) => `${k}   ${x}  ${y}`)}`],
    ['names of rows (R)', `"x" "y"\n${lines((x, y, k) => `"row ${k + 1}" ${x} ${y}`)}`],
    ['an index without a name', lines((x, y, k) => `${k},${x},${y}`)],
    ['time without a name', lines((x, y, k) => `${0.5 * k} ${x} ${y}`)],
    ['a stated separator', `sep=;\nx;y\n${lines((x, y) => `${x};${y}`)}`],
    ['a separator at every end', `x,y,\n${lines((x, y) => `${x},${y},`)}`],
    ['a separator at the ends of data', `x,y\n${lines((x, y) => `${x},${y},`)}`],
    ['comma and blank', lines((x, y) => `${x}, ${y}`)],
    ['Fortran', lines((x, y) => `${fortran(x)} ${fortran(y)}`)],
    ['a cut last line', `x,y\n${XY}\n1.2`],
    ['a last number that is cut off', `x,y\n${XY}\n1.2,1e-`],
    [
      'names again after a continued run',
      `x,y\n${lines((x, y, k) => (k === 30 ? `x,y\n${x},${y}` : `${x},${y}`))}`,
    ],
    ['JSON arrays', JSON.stringify(ROWS)],
    ['JSON objects', JSON.stringify(objects, null, 2)],
    ['JSON Lines of objects', objects.map((row) => JSON.stringify(row)).join('\n')],
    ['JSON Lines of arrays', ROWS.map((row) => JSON.stringify(row)).join('\n')],
    ['JSON columns', JSON.stringify(columns)],
    ['pandas to_json', JSON.stringify({ x: { ...columns.x }, y: { ...columns.y } })],
    ['pandas split', JSON.stringify({ columns: ['x', 'y'], index: columns.time, data: ROWS })],
    ['JSON that is cut off', JSON.stringify(ROWS).slice(0, -1).concat(',[1.5')],
    ['a Python list', `[${ROWS.map(([x, y]) => `(${x}, ${y})`).join(', ')}]`],
    ['numpy numbers', `[${ROWS.map(([x, y]) => `[np.float64(${x}), np.float64(${y})]`).join(', ')}]`],
    ['a numpy printout', numpy],
    [
      'a numpy array',
      `samples = array(${numpy.replaceAll('  ', ', ').replaceAll(']\n', '],\n')}, dtype=float32)`,
    ],
    ['Python columns', `x = ${JSON.stringify(columns.x)}\ny = ${JSON.stringify(columns.y)}\n`],
    ['two long rows', `[${JSON.stringify(columns.x)}, ${JSON.stringify(columns.y)}]`],
    ['Mathematica', `{${lines((x, y) => `{${x}, ${y}*^0},`)}}`],
    ['a MATLAB matrix', `A = [${lines((x, y) => `${x} ${y};`)}];`],
  ])('%s', (_, text) => {
    for (const cut of [text.length, 7, 64]) {
      const { table, question } = answer(text, cut);
      expect(question?.why ?? null).toBeNull();
      expect(table?.states).toEqual(EXPECTED);
    }
  });
});

describe('asks, and reads what is answered', () => {
  it.each<[string, string, string, number[]?]>([
    [
      'an OpenMM reporter',
      `#"Step","Potential Energy (kJ/mole)","q1","q2"\n${lines((x, y, k) => `${k},-7.5,${x},${y}`)}`,
      'file-other-names',
    ],
    ['energy and time', `energy,time\n${XY}`, 'file-other-names'],
    ['other names', `a,b\n${XY}`, 'file-other-names'],
    ['one name only', `x,v\n${XY}`, 'file-other-names'],
    ['a name twice', `y,x,x\n${lines((x, y) => `${y},7,${x}`)}`, 'file-column-twice'],
    ['a WHAM time series', lines((x, _y, k) => `${k} ${x}`), 'file-rising-column'],
    ['a third column', lines((x, y) => `${x} ${y} 0.5`), 'file-unnamed-columns'],
    [
      'time, two columns and a bias',
      lines((x, y, k) => `${k} ${x} ${y} ${Math.sin(k)}`),
      'file-unnamed-columns',
    ],
    ['weights', `x,y,weight\n${lines((x, y) => `${x},${y},1`)}`, 'file-weights'],
    [
      'a row that is not a number',
      `x,y\n${lines((x, y, k) => (k === 30 ? `nan,2\n${x},${y}` : `${x},${y}`))}`,
      'file-bad-rows',
    ],
    [
      'a data frame with dots',
      `x y\n${lines((x, y, k) => (k === 30 ? `... ...\n${k} ${x} ${y}` : `${k} ${x} ${y}`))}`,
      'file-bad-rows',
    ],
  ])('%s', (_, text, why) => {
    for (const cut of [text.length, 7]) {
      const { question } = answer(text, cut);
      expect(question?.why?.id).toBe(why);
      expect(question!.choice.columns).toHaveLength(2);
      // The columns of the answer: those that hold the states, wherever they stand.
      const place = (d: number) =>
        question!.columns.findIndex(
          ({ values }) => values.length > 0 && ROWS.every((row, k) => values[k] === row[d]),
        );
      const found = [place(0), place(1)];
      if (found.some((k) => k < 0)) continue;
      const { table } = answer(text, cut, { columns: found, weight: null, drop: true });
      expect(table?.states).toEqual(EXPECTED);
    }
  });

  it('offers what may be coordinates first', () => {
    const text = `step,energy,q1,q2\n${lines((x, y, k) => `${k},-7.5,${x},${y}`)}`;
    expect(answer(text, text.length).question?.choice.columns).toEqual([2, 3]);
    const series = lines((x, y, k) => `${k} ${x} ${y} ${Math.sin(k)}`);
    expect(answer(series, series.length).question?.choice.columns).toEqual([1, 2]);
  });

  it('draws states by their weights', () => {
    const text = `x,y,w\n${lines((x, y) => `${x},${y},${x > 0 ? 3 : 0}`)}`;
    const { table } = answer(text, text.length, { columns: [0, 1], weight: 2, drop: false });
    expect(table!.states).toHaveLength(120);
    expect(table!.states.filter((_, i) => i % 2 === 0).every((x) => x > 0)).toBe(true);
    expect(table!.remarks.map(({ id }) => id)).toContain('file-weighted');
  });

  it('says that hills and biases are taken as they are', () => {
    const bias = `#! FIELDS time x y metad.bias\n${lines((x, y, k) => `${k} ${x} ${y} 0.1`)}`;
    expect(answer(bias, 99).table?.remarks.map(({ id }) => id)).toEqual(['file-bias']);
    const hills = `#! FIELDS time x y sigma_x sigma_y height\n${lines((x, y, k) => `${k} ${x} ${y} 1 1 1`)}`;
    expect(answer(hills, 99).table?.remarks.map(({ id }) => id)).toEqual(['file-hills']);
  });

  it('a printout with dots for rows says that they are missing', () => {
    const text = `[${ROWS.slice(0, 3)
      .map((row) => `[${row.join(' ')}]`)
      .join('\n')}\n ...\n [1 2]]`;
    expect(() => answer(text, 5)).toThrow('file-elided');
  });
});

describe('one coordinate', () => {
  it.each<[string, string]>([
    ['a column', ROWS.map(([x]) => x).join('\n')],
    ['time and x', lines((x, _, k) => `${k} ${x}`)],
    ['a list', JSON.stringify(columns.x)],
    ['names', `x,y\n${XY}`],
  ])('needs one column: %s', (_, text) => {
    const { table, question } = answer(text, 7, null, ['x']);
    expect(question).toBeNull();
    expect([...table!.states]).toEqual(columns.x);
  });

  it('is too few for two', () => {
    expect(() => answer('x\n1\n2', 7)).toThrow('file-few-columns');
    expect(() => answer(JSON.stringify(columns.x), 7)).toThrow('file-few-columns');
  });
});

describe('sixteen bits a letter', () => {
  it.each<[string, 'utf-16le' | 'utf-16be', boolean]>([
    ['with a mark', 'utf-16le', true],
    ['without a mark', 'utf-16le', false],
    ['with a mark, the other way', 'utf-16be', true],
    ['without a mark, the other way', 'utf-16be', false],
  ])('%s are told', (_, encoding, mark) => {
    const text = `${mark ? '\ufeff' : ''}x,y\n${XY}`;
    const bytes = new Uint8Array(2 * text.length);
    const view = new DataView(bytes.buffer);
    Array.from(text, (letter, k) => view.setUint16(2 * k, letter.charCodeAt(0), encoding === 'utf-16le'));
    expect(encodingOf(bytes)).toBe(encoding);
  });

  it('and other files are not', () => {
    expect(encodingOf(Uint8Array.from('x,y\n1,2', (letter) => letter.charCodeAt(0)))).toBe('utf-8');
    expect(encodingOf(new Uint8Array(100))).toBe('utf-8');
  });
});
