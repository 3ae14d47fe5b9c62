import { describe, expect, it } from 'vitest';
import { families } from '../../../catalog.ts';
import { standardError } from '../../numerics/resampling.ts';
import { parseQuery } from '../../settings/query.ts';
import { FullSystem } from '../lifting/full-system.ts';
import { ALL_GROUPS, BurstRecord, burst, type Estimator } from './bursts.ts';

const EACH = 2000;
const [EPSILON, STIFFNESS, AMPLITUDE] = [0.01, 20, 1];

/** Bursts of the fast-slow double well from x = 0.1 to 0.3 with y from its distribution given x: six fast times long. */
function recorded() {
  const query = `station=close&system=fast-slow-double-well&system.epsilon=${EPSILON}&system.amplitude=${AMPLITUDE}&integrator.dt=1e-5`;
  const micro = new FullSystem(families, parseQuery(query, families).experiment);
  const values = Float64Array.of(0.1, 0.2, 0.3);
  const walkers = micro.walkers(values.length * EACH);
  const q = new Float64Array(2 * walkers.count);
  const normals = new Float64Array(4);
  for (let w = 0; w < walkers.count; w++) {
    const x = values[Math.floor(w / EACH)];
    micro.lab.random('lift').normals(w, 0, normals);
    q[w] = x;
    q[walkers.count + w] = AMPLITUDE * Math.sin(Math.PI * x) + normals[0] / Math.sqrt(STIFFNESS);
  }
  walkers.place(q);
  const record = new BurstRecord(values, EACH, micro.dt, micro.martingales);
  const steps = Math.round((6 * EPSILON) / STIFFNESS / micro.dt);
  for (const _ of burst(walkers, micro, record, { frames: steps, every: 1 }));
  return { record, steps, time: steps * micro.dt };
}

describe('bursts with the noise taken away', () => {
  const { record, steps, time } = recorded();
  const at = (estimator: Estimator, groups = ALL_GROUPS) => record.between(0, steps, groups, estimator).to;
  /** Standard error from the groups, root mean square over the values. */
  const spread = (estimator: Estimator, of: 'mean' | 'variance') => {
    const squares = [0, 1, 2].map((v) => {
      const seen = ALL_GROUPS.map((group) => at(estimator, [group])[v][of]);
      return standardError(seen) ** 2;
    });
    return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
  };

  it("have the mean of the drift: -F' of x, from its distribution given y", () => {
    [0.1, 0.2, 0.3].forEach((x, v) => {
      // The drift of x changes by less than 6 % of itself within the burst.
      const drift = -20 * x * (x * x - 1);
      expect(Math.abs(at('controlled')[v].mean - x - drift * time)).toBeLessThan(
        6 * spread('controlled', 'mean') + 0.06 * drift * time,
      );
    });
  });

  it('agree with displacements in mean and variance, and scatter less', () => {
    for (const of of ['mean', 'variance'] as const) {
      const gap = Math.abs(at('controlled')[1][of] - at('displacement')[1][of]);
      expect(gap).toBeLessThan(5 * spread('displacement', of));
      expect(spread('controlled', of)).toBeLessThan(0.6 * spread('displacement', of));
    }
    expect(spread('controlled', 'mean')).toBeLessThan(0.75 * spread('force', 'mean'));
  });
});
