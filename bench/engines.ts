/** The engines of Saddle and the loop by hand as contestants. */
import { InterpreterEngine } from '../src/core/dynamics/engines/interpreter-engine.ts';
import { WasmEngine } from '../src/core/dynamics/engines/wasm-engine.ts';
import { WgslEngine } from '../src/gpu/wgsl-engine.ts';
import { gridProblem, harmonicProblem } from './biases.ts';
import type { Contestant } from './contest.ts';
import { PlainLoop } from './loop.ts';
import { isByHand, type Problem, typedProblem } from './problems.ts';

export const LOOP = 'TypeScript loop';
export const WASM = 'WebAssembly';
export const TYPED = 'WebAssembly, typed energy';
export const HARMONIC = 'WebAssembly, harmonic bias';
export const GRID = 'WebAssembly, bias on a grid';
export const GRID_2D = 'WebAssembly, bias on a grid in x, y';

export function localContestants(problem: Problem): Contestant[] {
  const typed = typedProblem(problem);
  return [
    engineContestant('interpreter', 'double precision, Philox', InterpreterEngine, problem),
    ...(isByHand(problem.id) ? [loopContestant(problem)] : []),
    engineContestant(WASM, 'one thread, SIMD, single precision, Philox', WasmEngine, problem),
    ...(typed ? [engineContestant(TYPED, 'system=custom, the same expression', WasmEngine, typed)] : []),
    ...biasedContestants(problem),
  ];
}

/** The same engine under biases; they have exact means of their own. */
function biasedContestants(problem: Problem): Contestant[] {
  const biased = (name: string, about: string, of: Problem) => ({
    ...engineContestant(name, about, WasmEngine, of),
    exact: of.exact,
  });
  const last = problem.model.system.coordinates.at(-1);
  const spline = 'cubic B-spline, its coefficients in a table';
  return [
    biased(HARMONIC, `springs along ${last}, center and constant of each walker`, harmonicProblem(problem)),
    biased(GRID, `${spline}, along ${last}`, gridProblem(problem, 1)),
    ...(problem.model.dimension === 2 ? [biased(GRID_2D, spline, gridProblem(problem, 2))] : []),
  ];
}

function loopContestant(problem: Problem): Contestant {
  const loop = new PlainLoop(problem);
  return {
    name: LOOP,
    about: 'by hand, double precision, xoshiro128**, Box–Muller',
    advance: (steps) => timed(() => loop.advance(steps)),
    averages: () => loop.averages(),
  };
}

function engineContestant(
  name: string,
  about: string,
  Engine: typeof WasmEngine | typeof InterpreterEngine,
  { step, ensemble, parameters, start, tables }: Problem,
): Contestant {
  const engine = new Engine(step, ensemble, parameters);
  step.state.forEach((input, d) => {
    engine.write(input, start[d]);
  });
  for (const [table, entries] of Object.entries(tables)) engine.setTable(table, entries);
  return {
    name,
    about,
    advance: (steps) => timed(() => engine.advance(steps)),
    averages: () => engine.averages(),
  };
}

export async function wgslContestant(
  { step, ensemble, parameters, start }: Problem,
  device: GPUDevice,
): Promise<Contestant> {
  const engine = await WgslEngine.create(device, step, ensemble, parameters);
  step.state.forEach((input, d) => {
    engine.write(input, start[d]);
  });
  const { vendor, architecture, description } = device.adapterInfo;
  return {
    name: 'WGSL',
    about: `${[vendor, architecture, description].filter(Boolean).join(' ') || 'device unknown'}, in Chromium`,
    advance: async (steps) => {
      const start = performance.now();
      await engine.advance(steps);
      return (performance.now() - start) / 1000;
    },
    averages: () => engine.averages(),
  };
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}
