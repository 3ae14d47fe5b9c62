import { describe, expect, it } from 'vitest';
import { parseTokens, SyntaxProblem } from './parser.ts';
import { statementsOf } from './statements.ts';
import { tokensOf } from './tokens.ts';
import { written } from './written.ts';

const read = (text: string) => written(parseTokens(tokensOf(text)));
const DOUBLE_WELL = '5*(x^2 - 1)^2 + 2*y^2';

describe('one energy in many notations', () => {
  it.each([
    '5*(x**2-1)**2 + 2*y**2',
    '5*pow(x^2-1,2) + 2*y^2',
    '5*Power[x^2-1,2] + 2*y^2',
    '5*square(x^2-1) + 2*y²',
    '5*(xˆ2-1)ˆ2 + 2*yˆ2',
    '5(x^2-1)^2 + 2y^2',
    '5 (x^2-1)^2 + 2 y^2',
    '5×(x²−1)²+2·y²',
    '5∗(x^2–1)^2 + 2∗y^2',
    '5.*(x.^2-1).^2 + 2.*y.^2',
    '5*（x^2-1）^2 + 2*y^2',
    '5*[x^2-1]^2 + 2*{y}^2',
    '5*\u00a0(x^2-1)^2 +\u200b 2*y^2',
    '5.0d0*(x**2-1.0D0)**2 + 2.d0*y**2',
    '5*np.square(x**2-1) + 2*math.pow(y, 2)',
    '5\\left(x^{2}-1\\right)^{2}+2 y^{2}',
    '5\\cdot (x^2-1)^2 + 2\\,y^2',
    '5*(x^2-1)^2 /* wells */ + 2*y^2 # the channel',
    '5*abs(x^2-1)^2 + 2*y^2',
  ])('%s', (text) => {
    expect(read(text).replace('abs(x^2 - 1)', '(x^2 - 1)')).toBe(DOUBLE_WELL);
  });
});

describe('what people write', () => {
  it.each([
    ['(x+1)(x+1)*(x-1)^2', '(x + 1)*(x + 1)*(x - 1)^2'],
    ['\\frac{10}{2}x', '10/2*x'],
    ['\\tfrac12 x^2', '1/2*x^2'],
    ['½ k x²', '1/2*k*x^2'],
    ['||x|-1|', 'abs(abs(x) - 1)'],
    ['|x||y|', 'abs(x)*abs(y)'],
    ['\\sin^2 x + sin 2x', 'sin(x)^2 + sin(2*x)'],
    ['\\sqrt[3]{x} + √(y)', 'x^(1/3) + sqrt(y)'],
    ['if(x<0, x^2, y^2)', 'if(less(x, 0), x^2, y^2)'],
    ['x if x<0 else y', 'if(less(x, 0), x, y)'],
    ['x >= 0 ? x : y', 'if(atMost(0, x), x, y)'],
    ['min(x,y,2)', 'min(min(x, y), 2)'],
    ['ε*x + σ_x x_{1} + x₂', 'epsilon*x + sigma_x*x_1 + x2'],
    ['2e x', '2*e*x'],
    ['1e-7*x', '1e-7*x'],
    ['-x^2', '-x^2'],
    ['2^-x^2', '2^(-x^2)'],
    ['min*x^2', 'min*x^2'],
    ['-x^2/2', '-x^2/2'],
  ])('%s', (text, canonical) => {
    expect(read(text)).toBe(canonical);
    expect(read(canonical)).toBe(canonical);
  });

  it('nests no deeper than it may, and sums as long as one likes', () => {
    expect(() => read(`${'('.repeat(300)}x${')'.repeat(300)}`)).toThrow('too-deep');
    expect(read(Array(2000).fill('x').join('+'))).toHaveLength(2000 * 4 - 3);
  });

  it.each([
    ['5,0*x', 'decimal-comma', 0],
    ['(x', 'unclosed', 0],
    ['x+', 'nothing-after', 1],
    ['x)', 'unexpected', 1],
    ['sin()', 'nothing-after', 4],
    ['atan2(x)', 'argument-count', 0],
  ])('%s is refused: %s', (text, id, at) => {
    let problem: unknown;
    try {
      read(text);
    } catch (error) {
      problem = error;
    }
    expect(problem).toBeInstanceOf(SyntaxProblem);
    expect(problem).toMatchObject({ at, fault: { id } });
  });
});

describe('statements', () => {
  const shown = (text: string) =>
    statementsOf(text).map(({ name, value, range, returned }) =>
      [returned ? 'return' : (name ?? ''), written(value), ...(range ?? []).map(written)].join(' ').trim(),
    );

  it.each<[string, string[]]>([
    ['h*x^2; h = 5 in [1, 10]', ['h*x^2', 'h 5 1 10']],
    ['U(x,y) = x^2 + y^2', ['U x^2 + y^2']],
    ['return x**2;', ['return x^2']],
    ['lambda x, y: x**2 + y**2', ['x^2 + y^2']],
    ['def U(x, y):\n    r = x**2 - 1\n    return 5*r**2', ['r x^2 - 1', 'return 5*r^2']],
    ['U = @(x,y) 5*(x.^2-1).^2', ['U 5*(x^2 - 1)^2']],
    ['const U = (x, y) => 5*x**2;', ['5*x^2']],
    ['h=5\nc=2\nh*x^2 + c*y^2', ['h 5', 'c 2', 'h*x^2 + c*y^2']],
    ['h*x^2 + c*y^2, where h = 5, c = h - 3', ['h*x^2 + c*y^2', 'h 5', 'c h - 3']],
    ['-200*exp(-x^2)\n -100*exp(-y^2)\n +15*x', ['-200*exp(-x^2) - 100*exp(-y^2) + 15*x']],
    ['$x^{2}$', ['x^2']],
    ['"x^2 + y^2"', ['x^2 + y^2']],
    ['\\begin{aligned} U &= x^2 \\\\ &+ y^2 \\end{aligned}', ['U x^2 + y^2']],
  ])('%j', (text, parts) => {
    expect(shown(text)).toEqual(parts);
  });
});
