import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differentiate } from './differentiate.ts';
import { FUNCTION_NAMES } from './functions.ts';
import { Graph, substitute } from './graph.ts';
import { Interpreter } from './interpret.ts';
import { ExpressionError, MAX_LENGTH } from './parse.ts';
import { MAX_DEPTH } from './parser.ts';
import { tex } from './tex.ts';

function value(text: string, at: Record<string, number> = {}): number {
  const names = Object.keys(at);
  const graph = new Graph(names);
  return new Interpreter(graph, [graph.expression(text)], names, {}).at(Object.values(at))[0];
}

function derivative(text: string, x: number): number {
  const graph = new Graph(['x']);
  const [slope] = differentiate(graph, graph.expression(text), ['x']);
  return new Interpreter(graph, [slope], ['x'], {}).at([x])[0];
}

function failure(text: string): ExpressionError {
  try {
    new Graph(['x', 'y']).expression(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`"${text.slice(0, 40)}" was accepted`);
}

describe('values', () => {
  it.each<[string, number]>([
    ['2 + 3*4', 14],
    ['-2^2', -4],
    ['(-2)^2', 4],
    ['2^3^2', 512],
    ['2^-1', 0.5],
    ['2^-x^2', 1 / 16],
    ['- -3', 3],
    ['1 - 2 - 3', -4],
    ['8/4/2', 1],
    ['2*-x', -4],
    ['x^0.5', Math.SQRT2],
    ['x^1.5', 2 ** 1.5],
    ['x^-3', 1 / 8],
    ['tan(x)', Math.tan(2)],
    ['sinh(x) - cosh(x)', -Math.exp(-2)],
    ['abs(-x)', 2],
    ['atan2(x, -1)', Math.atan2(2, -1)],
    ['atan2(-x, 1 - 1)', -Math.PI / 2],
    ['sin(pi*x/4)', 1],
    ['1e-3 + .5', 0.501],
  ])('%s', (text, expected) => {
    expect(value(text, { x: 2 })).toBeCloseTo(expected, 12);
  });

  it('is the same for one walker and for many', () => {
    const graph = new Graph(['x', 'a']);
    const program = new Interpreter(graph, [graph.expression('a*exp(-x^2)')], ['x'], { a: 3 });
    const q = Float64Array.from({ length: 1000 }, (_, i) => i / 500 - 1);
    const out = new Float64Array(1000);
    program.evaluate(q, 1000, out);
    expect([...out]).toEqual([...q].map((x) => program.at([x])[0]));
  });
});

describe('functions of two arguments', () => {
  it.each([
    ['atan2(x)', { name: 'atan2', at: 1, wanted: '2' }],
    ['1 + sin(x, y)', { name: 'sin', at: 5, wanted: '1' }],
  ])('%s', (text, values) => {
    expect(failure(text).told).toEqual({ id: 'expression-arguments', values });
  });

  it('are set upright', () => {
    expect(tex('atan2(y1, x)')).toBe('\\operatorname{atan2}\\left(y_{1}, x\\right)');
  });
});

describe('derivatives', () => {
  it.each([
    'x^4 - 2*x^2 + x/3',
    'exp(-x^2)*sin(3*x)',
    'log(1 + x^2)',
    'sqrt(2 + cos(x))',
    'tanh(x)/(1 + x^2)',
    'x^1.7 + 1/x',
    'sinh(x)*cosh(x) - tan(x/3)',
    'abs(x - 3)*x',
    'atan2(x^2, x - 2)*atan2(1, x)',
    '(x + 1)^7/(x^2 + 1)^3',
  ])('of %s agree with central differences', (text) => {
    for (const x of [0.3, 0.9, 1.7]) {
      const h = 1e-5;
      const difference = (value(text, { x: x + h }) - value(text, { x: x - h })) / (2 * h);
      expect(derivative(text, x)).toBeCloseTo(difference, 7);
    }
  });

  it('share subexpressions with the value', () => {
    const graph = new Graph(['x']);
    const output = graph.expression('exp(-x^2)');
    differentiate(graph, output, ['x']);
    expect(graph.nodes.filter(({ op }) => op === 'exp')).toHaveLength(1);
  });
});

describe('errors', () => {
  it.each<[string, string, object, number]>([
    ['x + z', 'expression-unknown-name', { name: 'z', at: 5, known: ['x', 'y', 'pi', 'e'] }, 4],
    ['2*foo(x)', 'expression-unknown-function', { name: 'foo', at: 3 }, 2],
    ['alert(1)', 'expression-unknown-function', { name: 'alert', at: 1 }, 0],
    ['x +', 'expression-operand-missing', { found: '+', at: 3 }, 2],
    ['x*)', 'expression-operand-missing', { found: '*', at: 3 }, 2],
    ['2*-', 'expression-operand-missing', { found: '-', at: 3 }, 2],
    ['(x', 'expression-unclosed', { bracket: '(', at: 1 }, 0],
    ['x = 1', 'expression-unexpected', { found: '=', at: 3 }, 2],
    ['5,0*x', 'expression-decimal-comma', { mended: '5.0', at: 1 }, 0],
    ['1e999*x', 'expression-not-number', { text: '1e999', at: 1 }, 0],
    ['exp(x, y)', 'expression-arguments', { name: 'exp', wanted: '1' }, 0],
    ['', 'expression-empty', {}, 0],
  ])('%s', (text, id, values, start) => {
    const error = failure(text);
    expect(error.told).toMatchObject({ id, values });
    expect(error.start).toBe(start);
  });

  it.each([
    'x.constructor',
    'x["y"]',
    'this',
    'true',
    '"text"',
    '[1,2]',
    'x = 1',
    'x; y',
    'x ? 1',
    '!x',
    'x && y',
    'constructor(x)',
    'lookup(x)',
    'lookup(x, y)',
    '__proto__',
    'toString',
    'x.exp(1)',
    '1e999',
    '`x`',
    '%',
    ')',
    '^x',
    '-',
  ])('rejects %s', (text) => {
    expect(failure(text).message.length).toBeGreaterThan(10);
  });

  it('limits length and depth', () => {
    expect(failure('x+'.repeat(MAX_LENGTH)).told).toMatchObject({
      id: 'expression-too-long',
      values: { most: MAX_LENGTH },
    });
    expect(failure(`x${'^x'.repeat(MAX_DEPTH + 1)}`).told.id).toBe('expression-too-deep');
    for (const text of ['('.repeat(4000) + ')'.repeat(4000), '-'.repeat(9000)])
      expect(failure(text).told.id).toMatch(/^expression-(too-deep|operand-missing)$/);
  });

  it('never throws anything else, whatever the text', () => {
    const token = fc.constantFrom(
      'x',
      'y',
      '1',
      '.5',
      '+',
      '-',
      '*',
      '/',
      '^',
      '(',
      ')',
      ' ',
      ',',
      ...FUNCTION_NAMES,
    );
    const soup = fc.array(token, { maxLength: 30 }).map((tokens) => tokens.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ maxLength: 60 })), (text) => {
        try {
          new Graph(['x', 'y']).expression(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});

describe('functions and powers', () => {
  it.each<[string, number, number]>([
    ['min(x, 1)', 0.3, 0.3],
    ['max(x, 1, 2)', 0.3, 2],
    ['step(x) + sign(-x)', 0.3, 0],
    ['asin(x) + acos(x)', 0.3, Math.PI / 2],
    ['atan(x)', 0.3, Math.atan(0.3)],
    ['log10(x)', 0.3, Math.log10(0.3)],
    ['mod(-x, 1)', 0.3, 0.7],
    ['round(x) + ceil(x) - floor(x)', 0.6, 2],
    ['if(x < 1, x^2, x)', 0.3, 0.09],
    ['cbrt(-x)', 0.027, -0.3],
    ['e^x - exp(x)', 0.3, 0],
    ['x^65', -1, -1],
    ['x^1000', 1.001, 1.001 ** 1000],
  ])('%s at %f', (text, x, expected) => {
    expect(value(text, { x })).toBeCloseTo(expected, 12);
  });

  it('erf is that of Abramowitz and Stegun, table 7.1', () => {
    for (const [x, expected] of [
      [0.5, 0.5204998778],
      [1, 0.8427007929],
      [-2, -0.995322265],
      [0, 0],
    ])
      expect(value('erf(x)', { x })).toBeCloseTo(expected, 10);
    expect(derivative('erf(x)', 0.7)).toBeCloseTo((2 / Math.sqrt(Math.PI)) * Math.exp(-0.49), 12);
  });

  it('a parameter that is a whole number is a whole power, with its slope, also at zero', () => {
    const graph = new Graph(['x', 'n']);
    const output = graph.expression('(x^2 - 1)^n');
    const [slope] = differentiate(graph, output, ['x']);
    const program = new Interpreter(graph, [output, slope], ['x'], { n: 2 });
    expect(program.at([0.5])).toEqual([0.75 ** 2, 2 * -0.75 * 1]);
    expect(program.at([1])).toEqual([0, 0]);
    expect(derivative('abs(x)^1.5', 0)).toBe(0);
  });
});

describe('kinks', () => {
  it('have no slope', () => {
    expect([-2, 0, 3].map((x) => derivative('abs(x)', x))).toEqual([-1, 0, 1]);
  });
});

describe('lookups', () => {
  const table = Float64Array.of(1, 4, 9);
  const graph = new Graph(['x', 'a']);
  const node = graph.lookup('squares', graph.input('x'));
  const at = (output: number, x: number) =>
    new Interpreter(graph, [output], ['x'], { a: 2 }, { squares: table }).at([x])[0];

  it('are shared, but not between tables', () => {
    expect(graph.lookup('squares', graph.input('x'))).toBe(node);
    expect(graph.lookup('cubes', graph.input('x'))).not.toBe(node);
  });

  it('have no slope', () => {
    const product = graph.mul(node, graph.input('x'));
    const [slope] = differentiate(graph, product, ['x']);
    expect(at(slope, 1.5)).toBe(4);
  });

  it('follow their place', () => {
    const moved = graph.add(graph.input('x'), graph.constant(1));
    expect(at(substitute(graph, node, new Map([['x', moved]])), 1)).toBe(9);
  });

  it('follow their table, whatever their place depends on', () => {
    const entries = Float64Array.of(1, 2, 3);
    const outputs = [graph.constant(1), graph.input('a'), graph.input('x')].map((place) =>
      graph.unary('sqrt', graph.lookup('entries', place)),
    );
    const program = new Interpreter(graph, outputs, ['x'], { a: 2 }, { entries });
    expect(program.at([0])).toEqual([2, 3, 1].map(Math.sqrt));
    entries.set([16, 25, 36]);
    expect(program.at([0])).toEqual([5, 6, 4]);
  });

  it('need their table', () => {
    expect(() => new Interpreter(graph, [node], ['x'], {})).toThrow(RangeError);
  });
});

describe('TeX', () => {
  it.each<[string, string]>([
    ['a*(x^2 - 1)^2', 'h\\,\\left(x^{2} - 1\\right)^{2}'],
    ['stiffness/2*x', '\\tfrac{\\mathrm{stiffness}}{2}\\,x'],
    ['exp(-x^2)^2', '\\left(e^{-x^{2}}\\right)^{2}'],
    ['-(x + y)', '-\\left(x + y\\right)'],
    ['sin(pi*x)', '\\sin\\left(\\pi\\,x\\right)'],
    ['x - (y - 1)', 'x - \\left(y - 1\\right)'],
    ['2*3', '2 \\cdot 3'],
    ['abs(x) + sqrt(y)', '\\left|x\\right| + \\sqrt{y}'],
    ['x*-y', 'x\\,\\left(-y\\right)'],
  ])('%s', (text, expected) => {
    expect(tex(text, { a: 'h' }).replaceAll(' \\,', '\\,')).toBe(expected);
  });
});

describe('typesetting of what is easily misread', () => {
  it.each([
    ['1e-3*x', '0.001 \\,x'],
    ['1e-7*x', '10^{-7} \\,x'],
    ['1e-7^x', '\\left(10^{-7}\\right)^{x}'],
    ['2*(3/4)*x^2', '2 \\cdot \\tfrac{3}{4} \\,x^{2}'],
    ['x_max', 'x_{\\mathrm{max}}'],
    ['-(-x)', '-\\left(-x\\right)'],
    ['x - (-3)', 'x - \\left(-3\\right)'],
    ['x + -y*2', 'x + \\left(-y \\cdot 2\\right)'],
    ['-x^2 - 3', '-x^{2} - 3'],
  ])('%s', (text, set) => expect(tex(text)).toBe(set));
});
