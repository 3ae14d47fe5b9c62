import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../numerics/random.ts';
import { type MicroBurst, projectiveIntegration, type Shape, shapeOf, valuesOf } from './projective.ts';

describe('distributions as shapes', () => {
  it('of normal numbers have mean and deviation, and come back', () => {
    const shape = Float64Array.of(0.4, 1.5, 0, 0);
    const back = shapeOf(valuesOf(shape, 20_000));
    expect(back[0]).toBeCloseTo(0.4, 6);
    expect(back[1]).toBeCloseTo(1.5, 2);
    expect(back[2]).toBeCloseTo(0, 4);
  });
});

describe('projective integration', () => {
  it('of a linear system is the product of its amplifications', () => {
    // dc/dt = -c exactly between lifts.
    const micro: MicroBurst<{ shape: Shape }> = {
      lift: (shape) => ({ shape }),
      run(state, time) {
        state.shape = state.shape.map((c) => c * Math.exp(-time));
        return state.shape;
      },
    };
    const [settle, measure, leap] = [0.05, 0.1, 0.25];
    const steps = [
      ...projectiveIntegration(micro, Float64Array.of(2, 1, 0, 0), 1.6, { settle, measure, leap }),
    ];
    const once =
      Math.exp(-settle - measure) + (leap / measure) * (Math.exp(-settle - measure) - Math.exp(-settle));
    expect(steps).toHaveLength(5);
    expect(steps[4].time).toBeCloseTo(1.6, 12);
    expect(steps[4].shape[0]).toBeCloseTo(2 * once ** 4, 12);
    // First order in the leap: half of everything, about half of the error.
    const finer = [
      ...projectiveIntegration(micro, Float64Array.of(2, 1, 0, 0), 1.6, {
        settle: settle / 2,
        measure: measure / 2,
        leap: leap / 2,
      }),
    ];
    const error = (shape: Shape) => Math.abs(shape[0] - 2 * Math.exp(-1.6));
    expect(error(finer[8].shape) / error(steps[4].shape)).toBeGreaterThan(0.4);
    expect(error(finer[8].shape) / error(steps[4].shape)).toBeLessThan(0.6);
  });

  it('of fast and slow linear equations follows the slow mean and variance', () => {
    // dz = -z dt + sqrt(2) dW by exact steps: distribution N(z0 e^-t, s^2 e^-2t + 1 - e^-2t).
    const count = 4000;
    const stream = new RandomStream(7, 'projective');
    let block = 0;
    const micro: MicroBurst<Float64Array> = {
      lift: (shape) => valuesOf(shape, count),
      run(z, time) {
        const [decay, u] = [Math.exp(-time), new Float64Array(4)];
        const noise = Math.sqrt(1 - decay * decay);
        block++;
        z.forEach((value, n) => {
          stream.normals(n, block, u);
          z[n] = value * decay + noise * u[0];
        });
        return shapeOf(z);
      },
    };
    const options = { settle: 0.02, measure: 0.08, leap: 0.1 };
    const steps = [...projectiveIntegration(micro, Float64Array.of(2, 0.2, 0, 0), 1, options)];
    const { shape } = steps[steps.length - 1];
    // Bias of the leaps 0.02, noise of the slopes: about sqrt(2 / (0.08 count)) 0.1 for each of five leaps.
    expect(Math.abs(shape[0] - 2 * Math.exp(-1))).toBeLessThan(0.08);
    expect(Math.abs(shape[1] - Math.sqrt(1 - 0.96 * Math.exp(-2)))).toBeLessThan(0.05);
  });
});
