import { describe, expect, it } from 'vitest';
import { families } from '../../catalog.ts';
import type { Measured } from '../estimators/motion.ts';
import { correlationAt, correlationTime } from '../exact/correlation.ts';
import { Reference } from '../exact/reference.ts';
import { parseQuery } from '../settings/query.ts';
import { SimulationRun } from './simulation.ts';

/** Errors may be this many times what is stated. */
const ERRORS = 4;

async function moved(query: string) {
  const { experiment } = parseQuery(query, families);
  const run = await SimulationRun.create(families, experiment);
  await run.advance(Number.POSITIVE_INFINITY);
  const { motion } = await run.frame();
  return { motion, exact: await new Reference(families).motion(experiment) };
}

/** Within its stated error, which is small enough to tell. @param small largest relative error */
function agrees(found: Measured | null, expected: number, small: number): void {
  expect(found).not.toBeNull();
  const { value, stderr } = found as Measured;
  expect(stderr).toBeLessThan(small * Math.abs(expected));
  expect(Math.abs(value - expected)).toBeLessThan(ERRORS * stderr);
}

const WASHBOARD = 'system=washboard&system.barrier=3&walkers=200&time=100&integrator.dt=0.002&seed=3';

describe('walkers of the washboard', () => {
  it.each([0, 1])('have the velocity of Stratonovich and the diffusion of Reimann, tilt %d', async (tilt) => {
    const { motion, exact } = await moved(`${WASHBOARD}&system.tilt=${tilt}`);
    const { velocity, diffusion, lifsonJackson } = exact.transport ?? {
      velocity: 0,
      diffusion: 0,
      lifsonJackson: 0,
    };
    if (tilt === 0) {
      expect(Math.abs(motion.velocity?.value ?? 1)).toBeLessThan(ERRORS * (motion.velocity?.stderr ?? 0));
      agrees(motion.diffusion, lifsonJackson, 0.1);
    } else agrees(motion.velocity, velocity, 0.05);
    agrees(motion.diffusion, diffusion, 0.1);
  });

  it('obey the Einstein relation where the potential is flat', async () => {
    const { motion, exact } = await moved(`${WASHBOARD}&system.barrier=0.1&kT=2`);
    agrees(motion.diffusion, exact.transport?.freeDiffusion ?? 0, 0.1);
    const { lags, values, stderr } = motion.displacement ?? { lags: [], values: [], stderr: [] };
    lags.forEach((lag, i) => {
      // The barrier of kT / 20 takes off 0.03 %.
      expect(Math.abs(values[i] - 4 * lag)).toBeLessThanOrEqual(ERRORS * stderr[i] + 2e-3 * lag);
    });
  });
});

describe('a double well', () => {
  const WELL = 'system=double-well&system.barrier=2&walkers=200&time=200&integrator.dt=0.002&seed=5';

  it('has the correlation function of its generator, and no diffusion constant', async () => {
    const { motion, exact } = await moved(WELL);
    const { correlation } = exact;
    if (!correlation || !motion.correlation) throw new Error('nothing measured');
    const { lags, values, stderr } = motion.correlation;
    lags.forEach((lag, i) => {
      expect(Math.abs(values[i] - correlationAt(correlation, lag))).toBeLessThan(ERRORS * stderr[i] + 5e-3);
    });
    agrees(motion.integratedTime, correlationTime(correlation), 0.1);
    expect(motion.diffusion).toBeNull();
    expect(motion.kineticTemperature).toBeNull();
  });

  it('with inertia has the kinetic temperature kT', async () => {
    const { motion, exact } = await moved(`${WELL}&integrator=baoab&kT=0.7`);
    agrees(motion.kineticTemperature, 0.7, 0.02);
    expect(exact).toEqual({ correlation: null, transport: null });
  });
});

it('a frame that is moved away takes nothing from the next one', async () => {
  const { experiment } = parseQuery('system=double-well&walkers=300&time=20', families);
  const run = await SimulationRun.create(families, experiment);
  await run.advance(8000);
  const { motion } = await run.frame();
  const { values } = motion.displacement ?? {};
  structuredClone(values, { transfer: [values?.buffer as ArrayBuffer] });
  expect(values).toHaveLength(0);
  expect((await run.frame()).motion.displacement?.values.length).toBeGreaterThan(10);
});
