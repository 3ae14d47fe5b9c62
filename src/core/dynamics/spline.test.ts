/** The spline that carries grid biases: direct evaluation, derivative, seam, ends, and Gaussians put onto it. */
import { describe, expect, it } from 'vitest';
import { differentiate } from '../expression/differentiate.ts';
import { Graph, type NodeId } from '../expression/graph.ts';
import { Interpreter } from '../expression/interpret.ts';
import { SPLINE_TABLE, type SplineAxis, SplineBias } from '../expression/spline.ts';
import { RandomStream } from '../numerics/random.ts';
import { Hills } from '../sampling/metadynamics/hills.ts';
import { InterpreterEngine } from './engines/interpreter-engine.ts';
import { WasmEngine } from './engines/wasm-engine.ts';
import type { StepGraph } from './step-graph.ts';

const line: SplineAxis = { range: [-2, 3], cells: 20, periodic: false };
const ring: SplineAxis = { range: [-Math.PI, Math.PI], cells: 16, periodic: true };

/** The cubic B-spline with unit spacing around 0, by its textbook pieces. */
function basis(x: number): number {
  const a = Math.abs(x);
  return a < 1 ? 2 / 3 - a * a + a ** 3 / 2 : a < 2 ? (2 - a) ** 3 / 6 : 0;
}

/** Sum over all splines: along a ring over all their images, elsewhere at the nearest place of the grid. */
function direct(axis: SplineAxis, c: (entry: number) => number, cv: number): number {
  const [low, high] = axis.range;
  const at = ((axis.periodic ? cv : Math.min(high, Math.max(low, cv))) - low) / (high - low);
  const place = (axis.periodic ? at - Math.floor(at) : at) * axis.cells;
  let sum = 0;
  for (let node = -1; node <= axis.cells + 1; node++) sum += c(node + 1) * basis(place - node);
  return sum;
}

/** Random coefficients, with their images around rings. */
function filled(axes: readonly SplineAxis[]): SplineBias {
  const bias = new SplineBias(axes);
  const stream = new RandomStream(3, 'coefficients');
  const block = new Float64Array(4);
  const drawn = new Map<string, number>();
  const lengths = [...axes.map(({ cells }) => cells + 3), 1];
  bias.coefficients.forEach((_, k) => {
    const entries = [k % lengths[0], Math.floor(k / lengths[0])];
    const free = axes.map(({ periodic, cells }, d) => (periodic ? entries[d] % cells : entries[d]));
    stream.normals(0, k, block);
    if (!drawn.has(String(free))) drawn.set(String(free), block[0]);
    bias.coefficients[k] = drawn.get(String(free)) as number;
  });
  return bias;
}

const NAMES = ['x', 'y'];

function programOf(bias: SplineBias): Interpreter {
  const graph = new Graph(NAMES);
  const energy = bias.energy(
    graph,
    bias.axes.map((_, d) => graph.input(NAMES[d])),
  );
  const slopes = differentiate(graph, energy, NAMES.slice(0, bias.axes.length));
  const tables = { [SPLINE_TABLE]: bias.coefficients };
  return new Interpreter(graph, [energy, ...slopes], NAMES.slice(0, bias.axes.length), {}, tables);
}

const inside = (axis: SplineAxis, share: number) => axis.range[0] + share * (axis.range[1] - axis.range[0]);

describe.each([
  ['an interval', line],
  ['a ring', ring],
])('a spline along %s', (_, axis) => {
  const bias = filled([axis]);
  const program = programOf(bias);
  const value = (cv: number) => direct(axis, (entry) => bias.coefficients[entry], cv);

  it('is the sum of its B-splines, in the graph and on the host', () => {
    for (let k = 0; k <= 400; k++) {
      const cv = inside(axis, -0.25 + k / 267);
      expect(program.at([cv])[0], `graph at ${cv}`).toBeCloseTo(value(cv), 10);
      expect(bias.at(cv), `host at ${cv}`).toBeCloseTo(value(cv), 10);
    }
  });

  it('has the derivative of that sum', () => {
    const step = 1e-5;
    for (let k = 1; k < 400; k++) {
      const cv = inside(axis, k / 400 + 1e-4);
      const slope = (value(cv + step) - value(cv - step)) / (2 * step);
      expect(Math.abs(program.at([cv])[1] - slope), `at ${cv}`).toBeLessThan(1e-7);
    }
  });
});

describe('the ends', () => {
  it('of an interval are left with the last value and no force', () => {
    const bias = filled([line]);
    const program = programOf(bias);
    for (const [cv, end] of [
      [-2.01, -2],
      [-50, -2],
      [3.01, 3],
      [1e6, 3],
    ]) {
      const [energy, slope] = program.at([cv]);
      expect(energy).toBeCloseTo(
        direct(line, (entry) => bias.coefficients[entry], end),
        10,
      );
      expect(slope).toBe(0);
    }
  });

  it('of a ring are one place: value and both derivatives agree across the seam', () => {
    const program = programOf(filled([ring]));
    const [left, right] = [program.at([-Math.PI + 1e-9]), program.at([Math.PI - 1e-9])];
    expect(left[0]).toBeCloseTo(right[0], 7);
    expect(left[1]).toBeCloseTo(right[1], 6);
    const bend = (at: number) => (program.at([at + 1e-4])[1] - program.at([at - 1e-4])[1]) / 2e-4;
    expect(bend(-Math.PI + 2e-4)).toBeCloseTo(bend(Math.PI - 2e-4), 1);
    expect(program.at([Math.PI + 1])).toEqual(program.at([1 - Math.PI]).map((v) => expect.closeTo(v, 9)));
  });
});

describe('a product of two splines', () => {
  const bias = filled([line, ring]);
  const stride = line.cells + 3;
  const value = (x: number, y: number) =>
    direct(ring, (j) => direct(line, (i) => bias.coefficients[j * stride + i], x), y);

  it('is the double sum, with its gradient', () => {
    const program = programOf(bias);
    const step = 1e-5;
    for (let k = 0; k < 200; k++) {
      const [x, y] = [inside(line, ((k * 0.618) % 1) * 0.998 + 1e-3), inside(ring, ((k * 0.414) % 1) + 0.3)];
      const [energy, dx, dy] = program.at([x, y]);
      expect(energy).toBeCloseTo(value(x, y), 10);
      expect(bias.at(x, y)).toBeCloseTo(value(x, y), 10);
      expect(Math.abs(dx - (value(x + step, y) - value(x - step, y)) / (2 * step))).toBeLessThan(1e-7);
      expect(Math.abs(dy - (value(x, y + step) - value(x, y - step)) / (2 * step))).toBeLessThan(1e-7);
    }
    expect(program.at([7, 0])[0]).toBeCloseTo(value(3, 0), 10);
    expect(program.at([7, 0])[1]).toBe(0);
  });
});

describe('engines', () => {
  /** States x, y stay; e, fx, fy become the bias and its slopes there. */
  function step(bias: SplineBias): StepGraph {
    const graph = new Graph(['x', 'y', 'e', 'fx', 'fy']);
    const inputs: NodeId[] = NAMES.map((name) => graph.input(name));
    const energy = bias.energy(graph, inputs.slice(0, bias.axes.length));
    const next = [...inputs, energy, ...differentiate(graph, energy, NAMES)];
    const record = { place: graph.constant(-1), bins: 1, sums: [] };
    const state = [...NAMES, 'e', 'fx', 'fy'];
    return { graph, state, next, normals: [], uniforms: [], tables: bias.tables, record };
  }

  it.each([
    ['one variable', [line]],
    ['a ring', [ring]],
    ['two', [ring, line]],
  ] as const)('agree on %s to single precision', (_, axes) => {
    const bias = filled(axes);
    const walkers = 203;
    const ensemble = { walkers, firstWalker: 0, seed: 1, stride: 1, groupSize: 204 };
    const x = Float64Array.from({ length: walkers }, (_, w) => Math.fround(-4 + (8 * w) / walkers));
    const y = x.map((value) => Math.fround(value * 0.77 + 0.3));
    x.set([-Math.PI, Math.PI, -2, 3].map(Math.fround));
    const found = [WasmEngine, InterpreterEngine].map((Made) => {
      const engine = new Made(step(bias), ensemble, {});
      engine.setTable(SPLINE_TABLE, bias.coefficients);
      engine.write('x', x);
      engine.write('y', y);
      engine.advance(1);
      return ['e', 'fx', 'fy'].map((name) => engine.read(name));
    });
    const [wasm, reference] = found;
    const apart = (k: number) => Math.max(...wasm[k].map((value, w) => Math.abs(value - reference[k][w])));
    expect(apart(0)).toBeLessThan(2e-5);
    expect(Math.max(apart(1), apart(2))).toBeLessThan(2e-4);
    expect(Math.max(...reference[1].map(Math.abs)), 'there is a force').toBeGreaterThan(0.5);
  });
});

describe('a hill', () => {
  const gauss = (away: number, width: number) => Math.exp((-0.5 * away * away) / width ** 2);

  it.each([
    [0.123, 'in the middle'],
    [3, 'at the seam'],
    [-Math.PI, 'on the seam'],
  ])('at %f of a ring (%s) is the Gaussian within 0.3 %% of its height, images included', (center) => {
    const axis = { ...ring, cells: 64 };
    const bias = new SplineBias([axis]);
    const width = (2 * (2 * Math.PI)) / axis.cells;
    new Hills(bias, [width]).add(2, center);
    for (let k = 0; k < 500; k++) {
      const cv = -Math.PI + (2 * Math.PI * k) / 500;
      const exact = [-1, 0, 1].reduce((sum, n) => sum + gauss(cv - center + 2 * Math.PI * n, width), 0);
      expect(Math.abs(bias.at(cv) / 2 - exact), `at ${cv}`).toBeLessThan(3e-3);
    }
  });

  it('at an end of an interval has its mirror image beside it, and no slope there', () => {
    const axis = { ...line, cells: 100 };
    const bias = new SplineBias([axis]);
    const [width, center] = [0.12, -1.9];
    new Hills(bias, [width]).add(1, center);
    for (let k = 0; k <= 500; k++) {
      const cv = -2 + k / 100;
      const exact = gauss(cv - center, width) + gauss(cv + 4 + center, width);
      expect(Math.abs(bias.at(cv) - exact), `at ${cv}`).toBeLessThan(3e-3);
    }
    expect(programOf(bias).at([-2])[1]).toBeCloseTo(0, 9);
  });

  it('over two variables is the product', () => {
    const axes = [
      { ...line, cells: 100 },
      { ...ring, cells: 64 },
    ];
    const bias = new SplineBias(axes);
    const hills = new Hills(bias, [0.12, 0.25]);
    hills.add(0.7, 0.4, -1);
    hills.add(1.1, 0.8, -1.2);
    for (let k = 0; k < 500; k++) {
      const [x, y] = [inside(line, (k * 0.618) % 1), inside(ring, (k * 0.414) % 1)];
      const one = 0.7 * gauss(x - 0.4, 0.12) * gauss(y + 1, 0.25);
      const other = 1.1 * gauss(x - 0.8, 0.12) * gauss(y + 1.2, 0.25);
      expect(Math.abs(bias.at(x, y) - one - other)).toBeLessThan(8e-3);
    }
  });

  it('wider than its ring raises everything', () => {
    const bias = new SplineBias([ring]);
    new Hills(bias, [4]).add(1, 1);
    const images = (cv: number) =>
      Array.from({ length: 41 }, (_, n) => gauss(cv - 1 + 2 * Math.PI * (n - 20), 4)).reduce((a, b) => a + b);
    for (const cv of [-3, -1, 1, 3]) expect(bias.at(cv)).toBeCloseTo(images(cv), 3);
  });
});
