/** Frames for tests. */
import type { CoupledView, CoupleFrame } from '../../core/coupling/frame.ts';

export function frameOf(
  method: string,
  view: Partial<CoupledView>,
  rest: Partial<CoupleFrame> = {},
): CoupleFrame {
  return {
    method,
    forceEvaluations: 500,
    networkEvaluations: 2000,
    budget: 1000,
    done: false,
    divergence: null,
    freeEnergy: null,
    history: [],
    conditional: [],
    dt: 0.002,
    backend: null,
    seconds: 2,
    trainingSeconds: 1,
    ...rest,
    view: {
      phase: 'run',
      round: 1,
      rounds: 8,
      walkers: { dimension: 2, values: new Float32Array(8) },
      of: new Uint16Array(4),
      marks: new Uint8Array(4),
      windows: [
        { center: 0, springConstant: 1, covered: true },
        { center: 1, springConstant: 1, covered: false },
      ],
      acceptance: { x: Float64Array.of(0, 1), y: Float64Array.of(0.9, 0.7), overall: 0.8 },
      trained: [-0.5, 0.5],
      ...view,
    },
  };
}
