/** Frames for tests of runs. */
import type { CloseFrame } from '../../core/coarse/frame.ts';
import { motionOf } from '../../core/estimators/motion.ts';
import type { BiasFrame, SimulationFrame } from '../../core/sampling/frames.ts';

const NO_PHASE = { id: 'phase', values: {} };
const NOWHERE = { dimension: 2, values: new Float32Array() };
const NOTHING = { x: new Float64Array(), y: new Float64Array() };
const UNKNOWN = {
  of: 'bin',
  cv: new Float64Array(),
  F: new Float64Array(),
  stderr: new Float64Array(),
} as const;

export function simulationFrame(change: Partial<SimulationFrame> = {}): SimulationFrame {
  return {
    engine: { id: 'wasm', parts: 1 },
    time: 0,
    step: 0,
    done: false,
    walkers: NOWHERE,
    trace: NOTHING,
    discarded: 0,
    settled: true,
    freeEnergy: UNKNOWN,
    moments: { cv: 0, cvSquared: 0, energy: 0 },
    motion: motionOf([], 1, true),
    passages: null,
    acceptance: null,
    escaped: 0,
    populations: null,
    forceEvaluations: 0,
    divergence: null,
    ...change,
  };
}

export function biasFrame(change: Partial<BiasFrame> = {}): BiasFrame {
  return {
    forceEvaluations: 0,
    budget: 1000,
    done: false,
    divergence: null,
    view: { phase: NO_PHASE, walkers: NOWHERE, of: new Uint16Array(), windows: [], bias: null, traces: [] },
    finding: null,
    history: [],
    reweighted: null,
    observable: null,
    ...change,
  };
}

export function closeFrame(change: Partial<CloseFrame> = {}): CloseFrame {
  return {
    phase: NO_PHASE,
    forceEvaluations: 0,
    networkEvaluations: 0,
    budget: 1000,
    done: false,
    problem: null,
    consistency: null,
    diffusionMap: null,
    ...change,
  };
}
