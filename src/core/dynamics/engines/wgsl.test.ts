/** The text of the WGSL kernel: what can be told without a graphics device. `e2e/gpu.spec.ts` runs it. */
import { describe, expect, it } from 'vitest';
import { Graph } from '../../expression/graph.ts';
import type { StepGraph } from '../step-graph.ts';
import { runWords, tableValues, wgslKernel } from './wgsl.ts';
import { floatLiteral } from './wgsl-functions.ts';

/** Words of the language that a kernel may use. */
const LANGUAGE = new Set(
  `abs arrayLength array atomic atomicAdd bitcast bool clamp compute binding builtin else exp f32 floor fn for
  global_invocation_id group i32 if let min read read_write return round select sqrt storage struct u32 uniform var vec2 vec3
  vec4 workgroup_size x y z w xz yzwx`.split(/\s+/),
);

/** Names that are used in a source but declared nowhere in it. */
function undeclared(source: string): string[] {
  const text = source.replace(/\/\/.*$/gm, '');
  const declared = new Set(
    [...text.matchAll(/\b(?:let|var(?:<[^>]*>)?|fn|struct)\s+([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*:/g)].map(
      ([, one, other]) => one ?? other,
    ),
  );
  const words = text.match(/(?<![\w.])[A-Za-z_]\w*/g) ?? [];
  return [...new Set(words)].filter((word) => !declared.has(word) && !LANGUAGE.has(word));
}

const balanced = (source: string) =>
  ['()', '{}', '[]'].every(([open, close]) => source.split(open).length === source.split(close).length);

/** A step that moves x and y by the given expressions in x, y, a, z (normal) and u (uniform). */
function stepOf(x: string, y: string, place = 'x'): StepGraph {
  const graph = new Graph(['x', 'y', 'a', 'z', 'u']);
  const next = [graph.expression(x), graph.expression(y)];
  const sums = [graph.expression('x*y'), graph.expression('a*a')];
  const record = { place: graph.expression(place), bins: 40, sums };
  return { graph, state: ['x', 'y'], next, normals: ['z'], uniforms: ['u'], record };
}

const texts = [
  ['x + z', 'y - u'],
  ['exp(x) + log(y) - sqrt(abs(x))', 'sin(x)*cos(y)/tanh(x + 2)'],
  ['-x', 'y - y/a*a'],
  ['atan2(y, x)', 'atan2(y, a) + z'],
  ['y', 'x'],
  ['3', 'a'],
  ['x^0.3 + cosh(y) + tan(z)', 'x^-7 + 1e-30*y + 1e30*z'],
] as const;

describe('wgslKernel', () => {
  it.each(texts)('declares all that it uses for x <- %s, y <- %s', (x, y) => {
    const { source } = wgslKernel(stepOf(x, y));
    expect(undeclared(source)).toEqual([]);
    expect(balanced(source)).toBe(true);
  });

  it('notices what is not declared', () => {
    expect(undeclared('fn f(a: f32) -> f32 { let b = a + c; return b; }')).toEqual(['c']);
  });

  it('holds no constant that is not a number: such a shader is refused', () => {
    for (const [x, y] of texts) expect(wgslKernel(stepOf(x, y)).source).not.toMatch(/bitcast<f32>\(\s*\d/);
  });

  it('writes comparisons, choices and whole parts', () => {
    const step = stepOf('x', 'y');
    const { graph } = step;
    const [x, y] = [graph.input('x'), graph.input('y')];
    const chosen = graph.select(graph.less(x, y), x, graph.constant(-2));
    const { source } = wgslKernel({ ...step, next: [chosen, graph.unary('floor', y)] });
    expect(source).toMatch(/let v\d+ = less\(s0, s1\);/);
    expect(source).toMatch(/let v\d+ = floor\(s1\);/);
    expect(source).toMatch(/let v\d+ = select\(\(-2f\), s0, v\d+ != 0f\);/);
    expect(undeclared(source)).toEqual([]);
  });

  it('looks entries up one table after the other, constant places too', () => {
    const step = stepOf('x', 'y');
    const { graph } = step;
    const seen = graph.lookup('second', graph.input('x'));
    const fixed = graph.lookup('first', graph.constant(2));
    const tables = [
      { name: 'first', length: 7 },
      { name: 'second', length: 5 },
    ];
    const { source } = wgslKernel({ ...step, next: [seen, fixed], tables });
    expect(source).toMatch(/let v\d+ = lookup\(7u, 4u, s0\);/);
    expect(source).toMatch(/let v\d+ = lookup\(0u, 6u, 2f\);/);
    expect(undeclared(source)).toEqual([]);
    expect(() => wgslKernel({ ...step, next: [seen, fixed] })).toThrow(RangeError);
  });

  it('leaves what no walker changes to the host, in double precision', () => {
    const step = stepOf('x + exp(a)*3', 'y + z*sqrt(2*a)');
    const kernel = wgslKernel(step);
    const values = tableValues(step, kernel, { a: 0.3 });
    expect([...values].sort()).toEqual([0.3 ** 2, Math.sqrt(0.6), 3 * Math.exp(0.3)].map(Math.fround).sort());
    expect(kernel.source.split('fn advance')[1]).not.toMatch(/exponential|sqrt\(/);
  });

  it('takes numbers that WGSL cannot write from the table', () => {
    const step = stepOf('x + 1e300', 'y*1e-42');
    const kernel = wgslKernel(step);
    expect([...tableValues(step, kernel, { a: 1 })]).toEqual(
      expect.arrayContaining([Number.POSITIVE_INFINITY, Math.fround(1e-42)]),
    );
    expect(kernel.source).not.toContain('Infinity');
  });

  it('draws as many numbers as the step uses, and none without noise', () => {
    const calls = (source: string) => source.split('fn advance')[1].match(/ = draw(Normals|Uniforms)\(/g);
    expect(calls(wgslKernel(stepOf('x', 'y')).source)).toHaveLength(4);
    expect(calls(wgslKernel({ ...stepOf('x', 'y'), normals: [], uniforms: [] }).source)).toBeNull();
  });
});

describe('what the host writes', () => {
  it('puts the numbers of a dispatch in the order of the declaration', () => {
    const { source } = wgslKernel(stepOf('x', 'y'));
    const fields = [...source.split('}')[0].matchAll(/(\w+): u32/g)].map(([, name]) => name);
    const named = Object.fromEntries(fields.map((name, k) => [name, k + 1])) as never;
    expect([...runWords(named)]).toEqual(fields.map((_, k) => k + 1));
  });

  it.each([0, 1, -1, 0.1, 1e21, -3.5e-20, Math.PI, 16777216])('writes %d without loss', (value) => {
    const literal = floatLiteral(value).replace(/[()]/g, '');
    expect(literal).toMatch(/^-?\d+(\.\d+)?(e[+-]?\d+)?f$/);
    expect(Math.fround(Number(literal.slice(0, -1)))).toBe(Math.fround(value));
  });
});
