/** A learned coordinate as a slow variable of everything: its table, its gradient, and F along it. */
import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { InterpreterEngine } from '../../dynamics/engines/interpreter-engine.ts';
import { WasmEngine } from '../../dynamics/engines/wasm-engine.ts';
import { stepGraphOf } from '../../dynamics/step-of-system.ts';
import { Reference } from '../../exact/reference.ts';
import type { BiasFrame } from '../../sampling/frames.ts';
import { BiasRun } from '../../sampling/run.ts';
import { parseQuery } from '../../settings/query.ts';
import { LEARNED_CV, learnedValue } from '../../systems/learned-cv.ts';
import { settingOf } from '../../systems/model.ts';
import { diffusionMap, distancesAmong, euclideanDistances } from './diffusion-map.ts';
import { learnedKey, tabulated } from './learned.ts';
import { diffusionMapRun } from './map-run.ts';
import { NystromExtension } from './nystrom.fixture.ts';

function experimentOf(query: string) {
  const { experiment, notices } = parseQuery(query, families);
  expect(notices).toEqual([]);
  return experiment;
}

const HOT = 'system=three-hole&cv=diffusion&kT=0.5&time=500&close.mapTemperature=1&close.points=1500';

describe('the table of a learned coordinate', () => {
  // A scale that is given makes a kernel of one width, which Nystrom's extension knows.
  const experiment = experimentOf(`${HOT}&close.map=euclidean&close.scale=0.1`);
  const made = diffusionMapRun(families, experiment, 1e7);
  const { result } = made;
  const { system, graph } = settingOf(experiment, families).model;
  const table = tabulated(made, system.domain);
  const rows = Float64Array.from(result.states.values);
  const options = { scale: 0.1, alpha: 1, count: 1 };
  const all = euclideanDistances(rows, 2);
  const map = diffusionMap(
    distancesAmong(
      all,
      Uint32Array.from({ length: all.n }, (_, i) => i),
    ),
    options,
  );
  const nystrom = new NystromExtension(rows, 2, map, options);
  const [low, high] = [Math.min(...map.coordinates[0]), Math.max(...map.coordinates[0])];
  const sign = nystrom.at([1, 0]).value > nystrom.at([-1, 0]).value ? 1 : -1;
  /** Between the states. */
  const places = Array.from({ length: 200 }, (_, n) => [
    (rows[2 * n] + rows[2 * n + 2]) / 2,
    (rows[2 * n + 1] + rows[2 * n + 3]) / 2,
  ]);

  it('repeats Nystrom’s extension and its gradient where there are data', () => {
    const h = 1e-4;
    let [misfit, slopeMisfit, slopes] = [0, 0, 0];
    for (const [x, y] of places) {
      const direct = nystrom.at([x, y]);
      const scaled = sign > 0 ? direct.value - low : high - direct.value;
      misfit += (learnedValue(table, x, y) - scaled / (high - low)) ** 2;
      const slope = [
        (learnedValue(table, x + h, y) - learnedValue(table, x - h, y)) / (2 * h),
        (learnedValue(table, x, y + h) - learnedValue(table, x, y - h)) / (2 * h),
      ];
      slope.forEach((value, d) => {
        const exact = (sign * direct.gradient[d]) / (high - low);
        slopeMisfit += (value - exact) ** 2;
        slopes += exact ** 2;
      });
    }
    expect(Math.sqrt(misfit / places.length)).toBeLessThan(0.005);
    expect(Math.sqrt(slopeMisfit / slopes)).toBeLessThan(0.1);
    expect(table.misfit).toBeLessThan(0.005);
  });

  it('is what expressions of the model mean, with the derivative of the table', () => {
    const { model } = settingOf(experiment, families);
    const program = model.withGradient(LEARNED_CV.value);
    const h = 1e-4;
    const outside = [
      [-6, 0],
      [2.5, -5],
      [0, 7],
    ];
    for (const [x, y] of [...places.slice(0, 50), ...outside]) {
      const [value, dx, dy] = program.at([x, y]);
      expect(value).toBeCloseTo(learnedValue(table, x, y), 10);
      expect(dx).toBeCloseTo((learnedValue(table, x + h, y) - learnedValue(table, x - h, y)) / (2 * h), 4);
      expect(dy).toBeCloseTo((learnedValue(table, x, y + h) - learnedValue(table, x, y - h)) / (2 * h), 4);
    }
    expect(Object.keys(graph.tables)).toEqual(['learned']);
  });

  it('goes on smoothly beyond the data, and straight beyond what is plotted', () => {
    const [first, second, third] = [6, 7, 8].map((x) => learnedValue(table, x, 0.2));
    expect(third - second).toBeCloseTo(second - first, 10);

    // Nobody has been at y = -1.4: neither jumps nor kinks, and never far out of [0, 1].
    const step = 0.05;
    const values = Array.from({ length: 80 }, (_, k) => learnedValue(table, -2 + step * k, -1.4));
    for (let k = 1; k < values.length - 1; k++) {
      expect(Math.abs(values[k] - 0.5)).toBeLessThan(1.5);
      expect(Math.abs(values[k - 1] - 2 * values[k] + values[k + 1]) / step ** 2).toBeLessThan(10);
    }
  });
});

describe('a learned coordinate as slow variable', () => {
  it('depends on the settings of its map alone', () => {
    const key = (query: string) => learnedKey(families, experimentOf(`${HOT}&${query}`));
    const plain = key('close.mapSeed=1');
    expect(key('close.mapSeed=1&seed=2&station=bias&budget=100000&integrator=mala')).toBe(plain);
    expect(key('close.mapSeed=2')).not.toBe(plain);
    expect(key('seed=2')).not.toBe(plain);
  });

  it('is recorded alike by the interpreter and by WebAssembly', () => {
    const experiment = experimentOf(HOT);
    const { model, cv } = settingOf(experiment, families);
    const graph = stepGraphOf(model, families.integrators['euler-maruyama'], cv, 20);
    const ensemble = { walkers: 64, firstWalker: 0, seed: 3, stride: 10, groupSize: 64 };
    const parameters = { ...model.parameters, ':dt': 1e-3, ':kT': 0.5 };
    const [reference, compiled] = [InterpreterEngine, WasmEngine].map((Engine) => {
      const engine = new Engine(graph, ensemble, parameters);
      engine.advance(500);
      return engine.averages();
    });
    const records = 64 * reference.records;
    expect(compiled.sums[0] / records).toBeCloseTo(reference.sums[0] / records, 3);
    expect(compiled.sums[1] / records).toBeCloseTo(reference.sums[1] / records, 3);
    const inside = reference.visits.reduce((a, b) => a + b, 0);
    expect(inside).toBeGreaterThan(0.95 * records);
    expect(Math.abs(compiled.visits.reduce((a, b) => a + b, 0) - inside)).toBeLessThan(0.01 * records);
  });

  it('gives F along it by umbrella windows as by quadrature', async () => {
    const experiment = experimentOf(`station=bias&seed=7&close.mapSeed=1&${HOT}`);
    const run = new BiasRun(families, experiment);
    let frame: BiasFrame;
    let F: Float64Array | undefined;
    do {
      run.advance(1e12, () => false);
      frame = run.frame();
      F = frame.finding?.freeEnergy?.F ?? F;
    } while (!frame.done && !frame.divergence);
    expect(frame.divergence).toBeNull();
    const { F: exact } = await new Reference(families).freeEnergy(experiment, 60);
    const bins = [...exact.keys()].filter((k) => exact[k] < 8 && Number.isFinite(F?.[k]));
    expect(bins.length).toBeGreaterThan(50);
    const differences = bins.map((k) => (F?.[k] ?? 0) - exact[k]);
    const mean = differences.reduce((a, b) => a + b, 0) / bins.length;
    const rmse = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / bins.length);
    expect(rmse).toBeLessThan(0.15);
  });
});
