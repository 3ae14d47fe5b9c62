/**
 * Langevin dynamics with inertia, in equilibrium and on the way there, for a mass and a mobility other than 1. In the well
 * k x^2 / 2 with m = mass / mobility the mean obeys m x'' = -m friction x' - k x, and what spreads about it comes from noise alone.
 */
import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { parameterInput, stateInput } from '../../expression/inputs.ts';
import type { System } from '../../systems/contract.ts';
import { SystemModel } from '../../systems/model.ts';
import { WasmEngine } from '../engines/wasm-engine.ts';
import { stepGraphOf } from '../step-of-system.ts';

const WALKERS = 8192;
const KT = 0.7;
const SPRING = 3;
const MOBILITY = 0.3;
const MASS = 2.5;
const INERTIA = MASS / MOBILITY;

const well: System = {
  ...families.systems['three-hole'],
  coordinates: ['x'],
  domain: [[-5, 5]],
  energy: `${SPRING}/2*x^2`,
  mobility: [`${MOBILITY}`],
  cvs: [{ id: 'x', label: 'x', value: 'x', range: [-5, 5] }],
};

/** Walkers at rest at `x`; `advance` goes on by a time and answers moments of position and velocity. */
function released(friction: number, x: number, dt = 0.02) {
  const model = new SystemModel(well, {});
  const engine = new WasmEngine(
    stepGraphOf(model, families.integrators.baoab, model.system.cvs[0], 40),
    { walkers: WALKERS, firstWalker: 0, seed: 5, stride: 1000, groupSize: 64 },
    {
      [parameterInput('dt')]: dt,
      [parameterInput('kT')]: KT,
      [parameterInput('friction')]: friction,
      [parameterInput('mass')]: MASS,
    },
  );
  engine.write('x', new Float64Array(WALKERS).fill(x));
  engine.write(stateInput('velocity', 0), new Float64Array(WALKERS));
  // The first kick needs the gradient where the walkers are.
  engine.write(stateInput('gradient', 0), new Float64Array(WALKERS).fill(SPRING * x));
  return (time: number) => {
    engine.advance(Math.round(time / dt));
    return {
      position: momentsOf(engine.read('x')),
      velocity: momentsOf(engine.read(stateInput('velocity', 0))),
    };
  };
}

function momentsOf(values: ArrayLike<number>) {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return { mean, variance: all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (all.length - 1) };
}

/** Response g of the damped oscillator to a unit of velocity, and its slope, by small Runge-Kutta steps: no closed form is assumed. */
function response(friction: number, times: readonly number[], start: readonly [number, number]) {
  const force = ([x, v]: readonly [number, number]) => [v, -friction * v - (SPRING / INERTIA) * x] as const;
  const h = 1e-3;
  let [state, t] = [start as readonly [number, number], 0];
  let spread = 0;
  return times.map((time) => {
    for (; t < time - h / 2; t += h) {
      const along = (k: readonly [number, number], by: number) =>
        [state[0] + by * k[0], state[1] + by * k[1]] as const;
      const k1 = force(state);
      const k2 = force(along(k1, h / 2));
      const k3 = force(along(k2, h / 2));
      const k4 = force(along(k3, h));
      spread += h * (state[0] + (h / 2) * state[1]) ** 2;
      state = [
        state[0] + (h / 6) * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]),
        state[1] + (h / 6) * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]),
      ];
    }
    return { position: state[0], velocity: state[1], spread };
  });
}

describe.each([0.4, 2, 6])('BAOAB with friction %f, a mass of 2.5 and a mobility of 0.3', (friction) => {
  const times = [1, 2, 4, 8];

  it('relaxes from where it was released as the damped oscillator does', () => {
    const advance = released(friction, 4);
    const exact = response(friction, times, [4, 0]);
    times.forEach((time, i) => {
      const { position, velocity } = advance(time - (times[i - 1] ?? 0));
      const within = (found: { mean: number; variance: number }) => 5 * Math.sqrt(found.variance / WALKERS);
      expect(Math.abs(position.mean - exact[i].position)).toBeLessThan(within(position) + 2e-3);
      expect(Math.abs(velocity.mean - exact[i].velocity)).toBeLessThan(within(velocity) + 2e-3);
    });
  });

  it('spreads as the noise of its friction and mass makes it', () => {
    const advance = released(friction, 0);
    // Var x(t) = 2 friction kT / m times the integral of g^2, g the response to a unit of velocity.
    const exact = response(friction, times, [0, 1]);
    times.forEach((time, i) => {
      const { position } = advance(time - (times[i - 1] ?? 0));
      const variance = ((2 * friction * KT) / INERTIA) * exact[i].spread;
      expect(Math.abs(position.variance / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / WALKERS) + 0.01);
    });
  });

  it('comes to kT / k and kT / m in equilibrium', () => {
    const { position, velocity } = released(friction, 0)(60 + 20 * friction);
    const tolerance = 5 * Math.sqrt(2 / WALKERS);
    expect(Math.abs((position.variance * SPRING) / KT - 1)).toBeLessThan(tolerance);
    expect(Math.abs((velocity.variance * INERTIA) / KT - 1)).toBeLessThan(tolerance + 0.002);
  });
});
