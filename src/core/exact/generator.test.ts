import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { binCenters, linspace } from '../numerics/results.ts';
import { complete } from '../numerics/task.ts';
import { parseQuery } from '../settings/query.ts';
import type { System } from '../systems/contract.ts';
import { energiesOn, hessian, stationaryPoint } from '../systems/energy-surface.ts';
import { SystemModel, settingOf } from '../systems/model.ts';
import { above, ball, below, committor, meanFirstPassageTime, type TargetSet } from './first-passage.ts';
import { type GridGenerator, gridGenerator, valueAt } from './generator.ts';
import { eyringKramersTime, kramersTime } from './kramers.ts';
import { generatorBox, generatorOf } from './model-generator.ts';
import { conductance, neighbours } from './network.ts';
import { relaxationTimes, slowModes } from './relaxation.ts';

/** A system of the given energy, with nothing else in it that a generator reads. */
function modelOf(energy: string, coordinates: string[], mobility: string[], reach = 2): SystemModel {
  const { start: _, ...base } = families.systems['three-hole'];
  const system: System = {
    ...base,
    coordinates,
    domain: coordinates.map(() => [-reach, reach]),
    params: {},
    energy,
    mobility,
    cvs: coordinates.map((id) => ({ id, label: id, value: id, range: [-reach, reach] })),
    facts: { minima: [], saddles: [] },
    start: '',
  };
  return new SystemModel(system, {});
}

const quartic = (barrier: number) => modelOf(`${barrier}*(x^2 - 1)^2`, ['x'], ['1']);
const passage = (grid: GridGenerator, to: TargetSet, from: number[]) =>
  valueAt(grid, complete(meanFirstPassageTime(grid, to)), from);
const modelFor = (query: string) =>
  settingOf(parseQuery(`system=${query}`, families).experiment, families).model;
const fastSlow = (mobility = 20) => modelFor(`fast-slow-double-well&system.epsilon=${1 / mobility}`);

describe('mean first-passage times', () => {
  it.each([
    // barrier, -1 to 1, -1 to 0, Kramers: quadrature of the double integral at kT = 1
    [1, 3.56943, 1.43586, 3.01925],
    [2, 5.12929, 2.30327, 4.10359],
    [3, 8.88003, 4.23278, 7.43647],
    [4, 17.3159, 8.48644, 15.1608],
    [5, 36.4835, 18.0952, 32.9691],
    [8, 437.504, 218.649, 413.876],
  ])('over a barrier of %d kT in one dimension', (barrier, across, toTop, kramers) => {
    const model = quartic(barrier);
    const grid = generatorOf(model, 1);
    expect(Math.abs(passage(grid, above(0, 1), [-1]) / across - 1)).toBeLessThan(1e-3);
    expect(Math.abs(passage(grid, above(0, 0), [-1]) / toTop - 1)).toBeLessThan(1e-3);
    expect(kramersTime(8 * barrier, -4 * barrier, barrier, 1, 1)).toBeCloseTo(kramers, 2);
    expect(eyringKramersTime(model, 1, [-1], [0]) / kramers).toBeCloseTo(1, 5);
  });

  // Independent finite volumes on finer grids; see `gridError` there for what they leave open.
  it.each([
    ['mueller-brown', 15, [-0.5582, 1.4417], [0.6235, 0.028], 0.1, 6.8548],
    ['mueller-brown', 20, [-0.5582, 1.4417], [0.6235, 0.028], 0.1, 1.3629],
    ['three-hole', 0.6, [-1.048, -0.042], [1.048, -0.042], 0.2, 26.486],
    ['three-hole', 0.4, [-1.048, -0.042], [1.048, -0.042], 0.2, 188.65],
    ['fast-slow-double-well', 1, [-1, 0], [1, 0], 0.2, 39.231],
  ] as const)('of %s at kT = %d in two dimensions', (id, kT, from, center, radius, expected) => {
    const time = passage(generatorOf(modelFor(id), kT), ball(center, radius), [...from]);
    expect(Math.abs(time / expected - 1)).toBeLessThan(1e-3);
  });

  it('are wrong without the mobility, and show it', () => {
    const time = passage(generatorOf(fastSlow(1), 1), ball([1, 0], 0.2), [-1, 0]);
    expect(Math.abs(time / 39.231 - 1)).toBeGreaterThan(0.05);
  });

  it('are of second order in the spacing', () => {
    const error = (cells: number) => {
      const grid = generatorOf(quartic(5), 1, { cells, box: [[-2.1, 2.1]] });
      return Math.abs(passage(grid, above(0, 1), [-1]) - passage(fine, above(0, 1), [-1]));
    };
    const fine = generatorOf(quartic(5), 1, { cells: 3000, box: [[-2.1, 2.1]] });
    expect(error(100)).toBeLessThan(0.3 * error(50));
  });

  it('keep their accuracy over a barrier of 60 kT', () => {
    const grid = generatorOf(quartic(60), 1, { cells: 400 });
    const { weights, horizontal } = grid;
    // Birth-death chain: each face is passed by what started to the left of it.
    const times = complete(meanFirstPassageTime(grid, above(0, 0.9)));
    const target = times.indexOf(0);
    let [expected, behind] = [0, 0];
    for (let i = 0; i < target; i++) {
      behind += weights[i];
      const share = i === target - 1 ? (0.9 - grid.axes[0][i]) / (grid.axes[0][1] - grid.axes[0][0]) : 1;
      const tilt = share < 1 ? (weights[i] / weights[i + 1]) ** ((1 - share) / 2) : 1;
      expected += (behind * share) / (horizontal[i] * tilt);
    }
    expect(expected).toBeGreaterThan(1e23);
    expect(Math.abs(times[0] / expected - 1)).toBeLessThan(1e-11);
  });

  it('are infinite behind walls and refuse a target without cells', () => {
    const axes = [binCenters(-1, 1, 40)];
    const walls = axes[0].map((x) => (Math.abs(x) < 0.1 ? Number.POSITIVE_INFINITY : 0));
    const grid = gridGenerator(axes, walls, [1], 1);
    const times = complete(meanFirstPassageTime(grid, above(0, 0.8)));
    expect(times[0]).toBe(Number.POSITIVE_INFINITY);
    expect(times[19]).toBeNaN();
    expect(times[39]).toBe(0);
    expect(() => complete(meanFirstPassageTime(grid, ball([0.5], 1e-3)))).toThrow('target-too-small');
  });
});

describe('periodic coordinates', () => {
  const circle = binCenters(0, 3, 120);

  it('are passed either way round', () => {
    const grid = gridGenerator([circle], new Float64Array(120), [2], 0.5, [true]);
    const time = passage(grid, ball([0.2], 0.1, [3]), [1]);
    // Free diffusion, D = 1, over an arc of 2.8 from 0.7 off its end.
    expect(Math.abs(time / ((0.7 * 2.1) / 2) - 1)).toBeLessThan(1e-3);
    expect(passage(grid, ball([0.2], 0.1, [3]), [2.99])).toBeCloseTo((0.11 * 2.69) / 2, 3);
  });

  it('relax like waves, on a torus four times', () => {
    const side = binCenters(0, 3, 60);
    const grid = gridGenerator([side, side], new Float64Array(3600), [1, 1], 1, [true, true]);
    for (const time of complete(relaxationTimes(grid, 4)))
      expect(Math.abs(time / (3 / (2 * Math.PI)) ** 2 - 1)).toBeLessThan(2e-3);
  });
});

describe('the generator', () => {
  const grid = generatorOf(modelFor('three-hole'), 0.4, { cells: 60 });

  it('has exact detailed balance with exp(-U/kT)', () => {
    const energies = energiesOn(modelFor('three-hole'), grid.axes);
    for (let k = 0; k < grid.weights.length; k++)
      for (const m of neighbours(grid, k)) {
        const [there, back] = [
          conductance(grid, k, m) / grid.weights[k],
          conductance(grid, m, k) / grid.weights[m],
        ];
        const expected = (energies[k] - energies[m]) / 0.4;
        expect(Math.abs(Math.log(there / back) - expected)).toBeLessThan(1e-11);
      }
  });

  it('solves its equations', () => {
    const times = complete(meanFirstPassageTime(grid, ball([1.048, -0.042], 0.2)));
    const away = ball([1.048, -0.042], 0.4);
    for (let k = 0; k < times.length; k++) {
      if (away([grid.axes[0][k % grid.nx], grid.axes[1][Math.floor(k / grid.nx)]]) < 0) continue;
      const [flow, size] = neighbours(grid, k).reduce(
        ([sum, total], m) => {
          const rate = conductance(grid, k, m) / grid.weights[k];
          return [sum + rate * (times[k] - times[m]), total + rate * times[k]];
        },
        [0, 0],
      );
      expect(Math.abs(flow - 1)).toBeLessThan(1e-12 * size);
    }
  });

  it('gets the box that matters', () => {
    const [[low, high]] = generatorBox(quartic(5), 1);
    // 5 (x^2 - 1)^2 = log 1e12 at 1.830
    expect(high).toBeGreaterThan(1.83);
    expect(high).toBeLessThan(1.95);
    expect(low).toBeCloseTo(-high, 10);
    const cold = generatorBox(modelFor('mueller-brown'), 2);
    expect(cold[0][0]).toBeLessThan(-0.9);
    expect(cold[0][1]).toBeGreaterThan(0.7);
    expect(() => generatorBox(modelOf('x^2 - y^2', ['x', 'y'], ['1', '1']), 1)).toThrow('energy-unbounded');
    expect(() => generatorBox(modelOf('x^2 + y^2 + z^2', ['x', 'y', 'z'], ['1', '1', '1']), 1)).toThrow(
      'exact-needs-few-coordinates',
    );
  });

  it('refuses energies that are not numbers', () => {
    expect(() => gridGenerator([linspace(0, 1, 3)], Float64Array.of(0, Number.NaN, 1), [1], 1)).toThrow(
      /finite/,
    );
  });
});

describe('committors', () => {
  it('are the integral of exp(U/kT) in one dimension', () => {
    const grid = generatorOf(modelOf('3*(x^2 - 1)^2 + 0.5*x', ['x'], ['1']), 1);
    const q = complete(committor(grid, below(0, -0.9), above(0, 0.95)));
    const nodes = linspace(-0.9, 0.95, 20_001);
    const sums = new Float64Array(nodes.length);
    const height = nodes.map((x) => Math.exp(3 * (x * x - 1) ** 2 + 0.5 * x));
    for (let i = 1; i < nodes.length; i++) sums[i] = sums[i - 1] + (height[i - 1] + height[i]) / 2;
    for (let i = 500; i < nodes.length; i += 1000)
      expect(Math.abs(valueAt(grid, q, [nodes[i]]) - sums[i] / sums[20_000])).toBeLessThan(5e-4);
    // Sure to have come from the one set, and to have reached the other.
    grid.axes[0].forEach((x, cell) => {
      if (x < -0.9) expect(q[cell]).toBe(0);
      if (x > 0.95) expect(q[cell]).toBe(1);
    });
  });

  it('are one half on the symmetry line and add to one when the sets are exchanged', () => {
    const grid = generatorOf(modelFor('three-hole'), 0.4, { cells: 100 });
    const [left, right] = [ball([-1.048, -0.042], 0.2), ball([1.048, -0.042], 0.2)];
    const there = complete(committor(grid, left, right));
    const back = complete(committor(grid, right, left));
    expect(valueAt(grid, there, [0, -0.3158])).toBeCloseTo(0.5, 10);
    for (let k = 0; k < there.length; k += 7) expect(there[k] + back[k]).toBeCloseTo(1, 12);
    expect(() => complete(committor(grid, left, ball([-1, 0], 0.3)))).toThrow(/overlap/);
  });
});

describe('relaxation times', () => {
  it.each([0.3, 2])('of harmonic wells are 1 / (M k) and their harmonics at kT = %d', (kT) => {
    const model = modelOf('3/2*x^2 + 5/2*y^2', ['x', 'y'], ['1', '2'], 4 * Math.sqrt(kT));
    const times = complete(relaxationTimes(generatorOf(model, kT, { cells: 120 }), 4));
    [1 / 3, 1 / 6, 1 / 9, 1 / 10].forEach((expected, k) => {
      expect(Math.abs(times[k] / expected - 1)).toBeLessThan(5e-3);
    });
  });

  it('come as often as they are degenerate', () => {
    const model = modelOf('x^2/2 + y^2/2', ['x', 'y'], ['1', '1'], 4);
    const times = complete(relaxationTimes(generatorOf(model, 1, { cells: 80 }), 3));
    [1, 1, 1 / 2].forEach((expected, k) => {
      expect(Math.abs(times[k] / expected - 1)).toBeLessThan(5e-3);
    });
  });

  it('of a symmetric double well: half the passage time, and the next mode however high the barrier', () => {
    const ofWell = (barrier: number) => {
      const grid = generatorOf(quartic(barrier), 1);
      return { times: complete(relaxationTimes(grid, 2)), across: passage(grid, above(0, 1), [-1]) };
    };
    const [low, high] = [ofWell(8), ofWell(40)];
    expect((2 * low.times[0]) / low.across).toBeCloseTo(1, 2);
    expect((2 * high.times[0]) / high.across).toBeCloseTo(1, 2);
    // The next mode relaxes on the top of the barrier, at the rate of its curvature 4 barrier up to anharmonicity.
    expect(high.times[1] * 160).toBeGreaterThan(1);
    expect(high.times[1] * 160).toBeLessThan(1.1);
  });

  it('belong to normalised, orthogonal functions, and progress grows to 1', () => {
    const grid = generatorOf(modelFor('three-hole'), 0.4, { cells: 80 });
    const fractions: number[] = [];
    const task = slowModes(grid, 2);
    let state = task.next();
    for (; !state.done; state = task.next()) fractions.push(state.value);
    const { functions } = state.value;
    const total = grid.weights.reduce((a, b) => a + b, 0);
    const inner = (a: Float64Array, b: Float64Array) =>
      a.reduce((sum, value, k) => sum + (grid.weights[k] / total) * value * b[k], 0);
    expect(inner(functions[0], functions[0])).toBeCloseTo(1, 9);
    expect(inner(functions[1], functions[1])).toBeCloseTo(1, 9);
    expect(inner(functions[0], functions[1])).toBeCloseTo(0, 9);
    expect(fractions.length).toBeGreaterThan(20);
    expect(fractions.every((value, k) => value > (fractions[k - 1] ?? 0) && value < 1)).toBe(true);
  });
});

describe('Eyring-Kramers', () => {
  it('tends to the exact time as kT falls, mobility included', () => {
    const model = fastSlow();
    const [minimum, saddle] = [stationaryPoint(model, [-0.95, 0.1]), stationaryPoint(model, [0.05, 0.02])];
    const ratio = (kT: number) =>
      eyringKramersTime(model, kT, minimum, saddle) /
      passage(generatorOf(model, kT), ball([1, 0], 0.2), [-1, 0]);
    const [warm, cold] = [ratio(0.5), ratio(0.25)];
    expect(Math.abs(warm - 1)).toBeLessThan(0.025);
    expect(Math.abs(cold - 1)).toBeLessThan(0.6 * Math.abs(warm - 1));
    expect(eyringKramersTime(fastSlow(1), 0.5, minimum, saddle)).toBeGreaterThan(
      1.05 * eyringKramersTime(model, 0.5, minimum, saddle),
    );
  });

  it('finds the stated points of Müller-Brown with their curvatures', () => {
    const model = modelFor('mueller-brown');
    const saddle = stationaryPoint(model, [-0.8, 0.6]);
    expect(saddle[0]).toBeCloseTo(-0.822001559, 7);
    expect(saddle[1]).toBeCloseTo(0.624312803, 7);
    const [[a, b], [, d]] = hessian(model, saddle);
    expect(a + d).toBeCloseTo(-750.863 + 490.241, 2);
    expect((a * d - b * b) / (-750.863 * 490.241)).toBeCloseTo(1, 5);
    expect(() => eyringKramersTime(model, 15, saddle, saddle)).toThrow(/not a minimum/);
    const [upper, middle] = [stationaryPoint(model, [-0.56, 1.44]), stationaryPoint(model, [-0.05, 0.47])];
    expect(() => eyringKramersTime(model, 15, upper, middle)).toThrow(/not a saddle/);
  });
});
