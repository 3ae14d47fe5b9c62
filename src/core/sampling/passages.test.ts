/** First passages of the simulation against exact ones. */
import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import { discreteBarrierShift, restrictedMean, survivalCurve } from '../estimators/first-passage.ts';
import { Reference } from '../exact/reference.ts';
import { parseQuery } from '../settings/query.ts';
import { SimulationRun } from './simulation.ts';

const DT = 2e-4;

/** From -1 to +1 in h (x^2 - 1)^2 at kT = D = 1, by double integration (reference quadrature). */
const EXACT: readonly (readonly [number, number])[] = [
  [3, 8.88003],
  [4, 17.3159],
  [5, 36.4835],
];

async function passage(query: string) {
  const run = await SimulationRun.create(families, parseQuery(query, families).experiment);
  while (!run.done) {
    await run.advance(200_000);
    const { passages } = await run.frame();
    if (passages?.waiting.length === 0)
      return restrictedMean(survivalCurve({ ended: passages.arrivals, censored: passages.waiting }));
  }
  throw new Error('Not every walker has arrived');
}

describe.each(EXACT)('double well of barrier %f', (barrier, exact) => {
  const query = `system=double-well&system.barrier=${barrier}&kT=1&integrator.dt=${DT}&walkers=512&time=10000`;

  it('simulated passages take the exact time within four standard errors', async () => {
    const { mean, stderr } = await passage(query);
    // Arrivals between two steps are missed: the target acts as if it lay this much further.
    const shift = discreteBarrierShift(1, DT);
    expect(shift).toBeLessThan(0.015);
    expect(stderr / mean).toBeLessThan(0.06);
    expect(Math.abs(mean - exact) / stderr).toBeLessThan(4);
  });

  it('the generator gives the exact time within 0.5 %', async () => {
    const rates = await new Reference(families).rates(parseQuery(query, families).experiment);
    expect(Math.abs((rates?.meanFirstPassageTime ?? 0) / exact - 1)).toBeLessThan(0.005);
  });
});

describe('the disc about the lower right minimum of the Müller-Brown potential', () => {
  it('is reached from the upper left one in 6.855 within 1 %', async () => {
    const { experiment } = parseQuery('system=mueller-brown&kT=15', families);
    const rates = await new Reference(families).rates(experiment);
    expect(Math.abs((rates?.meanFirstPassageTime ?? 0) / 6.8548 - 1)).toBeLessThan(0.01);
  });

  it('is reached by walkers in that time', async () => {
    const { mean, stderr } = await passage(
      'system=mueller-brown&kT=15&walkers=256&time=1000&integrator=leimkuhler-matthews',
    );
    expect(Math.abs(mean - 6.8548) / stderr).toBeLessThan(4);
  });
});
